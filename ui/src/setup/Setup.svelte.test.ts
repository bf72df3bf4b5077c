import axe from "axe-core";
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { FakeCore } from "../fixtures/core";
import { SETTINGS } from "../fixtures/settings";
import { planOf, viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import { Preferences } from "../settings/preferences.svelte";
import { style } from "../words/style.svelte";
import { SECTIONS, type SectionId } from "./sections";
import Setup from "./Setup.svelte";

afterEach(() => {
  style.hours = 24;
});

async function shown(section: SectionId | null = null) {
  let closed = 0;
  const core = new FakeCore().onChange(() => viewOf());
  const view = viewOf({
    plan: planOf({ windows: [{ day: "mon", from: "19:00", to: "20:30" }] }),
  });
  view.plan.time.ownWindows = view.plan.windows;
  const planner = new Planner(view);
  const preferences = new Preferences(SETTINGS);
  await render(Setup, {
    planner,
    preferences,
    zones: ["Europe/Berlin"],
    section,
    onclose: () => (closed += 1),
  });
  return { core, planner, preferences, closed: () => closed };
}

test("each section's heading is reached from the list at the top, by keys", async () => {
  await shown();
  for (const { id, name } of SECTIONS) {
    const button = page.getByRole("button", { name, exact: true });
    (button.element() as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
    expect(document.activeElement?.id).toBe(`${id}-title`);
  }
});

test("Esc restores a value that is being typed, and closes Setup only after that", async () => {
  const { closed } = await shown();
  const start = page.getByRole("textbox", { name: "Starts on" });
  await start.fill("2027-02-01");
  await userEvent.keyboard("{Escape}");
  await expect.element(start).toHaveValue("2027-01-04");
  expect(closed()).toBe(0);
  await userEvent.keyboard("{Escape}");
  expect(closed()).toBe(1);
});

test("opens at the section that was asked for", async () => {
  await shown("limits");
  await expect.poll(() => document.activeElement?.id).toBe("limits-title");
  const box = document.activeElement?.getBoundingClientRect();
  expect(box?.top).toBeLessThan(innerHeight);
});

test("has no accessibility findings, and Esc closes it", async () => {
  const { closed } = await shown();
  const { violations } = await axe.run("#setup", { resultTypes: ["violations"] });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
  await userEvent.keyboard("{Escape}");
  expect(closed()).toBe(1);
});

test("theme, dates and clock are chosen here", async () => {
  const { preferences } = await shown("look");
  await page.getByRole("button", { name: "Dark" }).click();
  await page.getByLabelText("Dates", { exact: true }).selectOptions("Feb 5, 2028");
  await page.getByLabelText("Clock").selectOptions("12 hours");
  expect([preferences.theme, preferences.dates, preferences.clock]).toEqual([
    "dark",
    "monthFirst",
    "hours12",
  ]);
});

test("a rejected start date is told beside its field", async () => {
  const { core } = await shown();
  core.on("apply", () => {
    throw { code: "start", field: "start", value: "2027-02-31", message: "No such day." };
  });
  await page.getByRole("textbox", { name: "Starts on" }).fill("2027-02-31");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("alert")).toHaveTextContent("No such day.");
});

test("study times are shown and typed by the chosen clock", async () => {
  style.hours = 12;
  const { core } = await shown();
  const to = page.getByLabelText("Monday to");
  await expect.element(to).toHaveValue("8:30 pm");
  await to.fill("9 pm");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => core.changes("apply").length).toBe(1);
});
