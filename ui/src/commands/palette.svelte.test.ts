import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import App from "../App.svelte";
import type { View } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { SETTINGS } from "../fixtures/settings";
import { viewOf } from "../fixtures/view";

async function shown(view: View = viewOf({ history: { undo: ["hours"], redo: [] } })) {
  const core = new FakeCore()
    .onChange(() => view)
    .on("check_in", () => null)
    .on("keep_settings", () => null)
    .on("undo", () => view)
    .on("forecast", () => {
      throw new Error("No forecast is needed here.");
    });
  const target = document.createElement("div");
  target.id = "app";
  Object.assign(target.style, { display: "flex", flexDirection: "column", height: "800px" });
  document.body.append(target);
  const opened = { view, settings: SETTINGS, locale: "en-GB", notices: [], zones: [] };
  await render(App, { target, props: { opened, onswitch: () => undefined } });
  return core;
}

beforeEach(() => () => document.getElementById("app")?.remove());

const field = () => page.getByRole("combobox", { name: "Item, date or command" });
const focusId = () => document.activeElement?.id ?? "";

async function asked(query: string) {
  await userEvent.keyboard("{Control>}k{/Control}");
  await expect.element(field()).toHaveFocus();
  if (query !== "") await userEvent.keyboard(query);
}

test("Ctrl and K opens it, Escape closes it, and the focus returns", async () => {
  await shown();
  document.getElementById("view-week")?.focus();
  await asked("");
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => document.querySelector("#palette")).toBe(null);
  expect(focusId()).toBe("view-week");
});

test("a command runs by its name, and says what it undoes", async () => {
  const core = await shown();
  await asked("undo");
  await expect.element(page.getByRole("option", { name: /^Undo: hours/ })).toBeVisible();
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => core.asked.some(({ command }) => command === "undo")).toBe(true);
});

test("an item is found by name and shown in the roadmap", async () => {
  await shown();
  await asked("docker");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("heading", { name: "docker" })).toBeVisible();
  await expect.poll(() => document.activeElement?.getAttribute("data-row")).toBe("docker");
});

test("a session is shown in its week with the focus on it", async () => {
  await shown();
  await asked("docker");
  await page.getByRole("option", { name: /docker, Mon 11 Jan, 19:00/ }).click();
  await expect.poll(() => document.activeElement?.getAttribute("data-block")).toBe("docker 0");
});

test("a date can be taken off, and its week shows it", async () => {
  const core = await shown();
  await asked("off 9-10 jan");
  await userEvent.keyboard("{Enter}");
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([
      {
        kind: "exception",
        exception: { kind: "time-off", first: "2027-01-09", last: "2027-01-10" },
        added: true,
      },
    ]);
  await expect.poll(() => document.querySelector("#palette")).toBe(null);
  await expect.element(page.getByRole("heading", { name: "4–10 Jan 2027" })).toBeVisible();
});

test("a change that is rejected says why, in the palette", async () => {
  const core = await shown();
  core.on("apply", () => {
    throw {
      code: "not-a-range",
      field: "target",
      value: "",
      message: "That date is too late.",
    };
  });
  await asked("finish by 1 june");
  await userEvent.keyboard("{Enter}");
  const alert = page.getByRole("dialog").getByRole("alert");
  await expect.element(alert).toHaveTextContent("That date is too late.");
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => document.querySelectorAll("[role=alert]")).toHaveLength(0);
});

test("numbers show views, except while typing", async () => {
  await shown();
  await userEvent.keyboard("2");
  await expect.element(page.getByRole("region", { name: "Week", exact: true })).toBeVisible();
  await userEvent.keyboard("3");
  document.getElementById("hours-field")?.focus();
  await userEvent.keyboard("1");
  await expect.element(page.getByRole("region", { name: "Gantt chart" })).toBeVisible();
});

test("the question mark shows every key, and closing gives the focus back", async () => {
  await shown();
  document.getElementById("view-plan")?.focus();
  await userEvent.keyboard("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect.element(sheet).toBeVisible();
  await expect.element(sheet).toHaveTextContent("Alt + Arrows");
  await userEvent.keyboard("2{Escape}");
  await expect.poll(focusId).toBe("view-plan");
});

test("F6 goes round all parts of the window, and back with Shift", async () => {
  await shown();
  await userEvent.keyboard("{F6}");
  const parts: string[] = [];
  const part = () =>
    document.activeElement?.closest("[data-region]")?.getAttribute("data-region") ?? "";
  for (let step = 0; step < 4; step += 1) {
    parts.push(part());
    await userEvent.keyboard("{F6}");
  }
  expect(parts).toEqual(["bar", "setup", "view", "bar"]);
  await userEvent.keyboard("{Shift>}{F6}{/Shift}");
  expect(part()).toBe("bar");
});

test("the first Tab stop leads past the bar", async () => {
  await shown();
  await userEvent.keyboard("1");
  document.body.focus();
  document.getElementById("skip-to-view")?.focus();
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toBe("Today");
});
