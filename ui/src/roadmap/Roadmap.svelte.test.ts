import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { FakeCore } from "../fixtures/core";
import { chartOf, itemOf, phaseOf, viewOf } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import { Facts } from "../planner/facts.svelte";
import { Planner } from "../planner/planner.svelte";
import Roadmap from "./Roadmap.svelte";

const view = viewOf({
  chart: chartOf([
    phaseOf(1, [
      itemOf("python", [0, 90], { summary: "Write a small package." }),
      itemOf("aws", [], { optional: true, included: false, effortMinutes: 600 }),
    ]),
  ]),
});

async function shown() {
  const core = new FakeCore()
    .onChange(() => view)
    .on("roadmap_facts", () => ({
      summary: "",
      texts: {
        python: {
          doneWhen: "A friend can install it.",
          links: [{ title: "Handbook", address: "https://a.example/h" }],
          notes: "Read **slowly**.",
          steps: [
            { title: "Install it", minutes: 30, ticked: false },
            { title: "Publish it", minutes: null, ticked: true },
          ],
        },
      },
      needs: { aws: [{ id: "python", title: "python" }] },
      reference: [
        {
          title: "2026 trends",
          entries: [{ id: "t", title: "Agents", summary: "Trace each step." }],
        },
      ],
    }));
  await render(Roadmap, { planner: new Planner(view), facts: new Facts(), place: new Place() });
  return core;
}

const row = (name: RegExp) => page.getByRole("button", { name });

test("selecting an item shows what to do in it", async () => {
  await shown();
  await expect.element(page.getByRole("heading", { name: "Phase 1" })).toBeVisible();
  await row(/^python/).click();
  await expect.element(page.getByRole("heading", { name: "python" })).toBeVisible();
  await expect.element(page.getByText("Write a small package.")).toBeVisible();
});

test("arrow keys go through phases and items, with one Tab stop", async () => {
  await shown();
  (row(/Phase 1/).element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  await expect.element(row(/^aws/)).toHaveFocus();
  await expect.element(page.getByRole("heading", { name: "aws" })).toBeVisible();
  const stops = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  expect(stops.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
});

test("an item shows when it is done, its steps, links and notes", async () => {
  const core = await shown();
  core.on("open_link", () => null);
  await row(/^python/).click();
  await expect.element(page.getByText("A friend can install it.")).toBeVisible();
  await expect.element(page.getByText("slowly")).toBeVisible();
  expect(page.getByText("slowly").element().tagName).toBe("STRONG");
  await expect.element(page.getByRole("checkbox", { name: "Publish it" })).toBeChecked();
  await page.getByRole("checkbox", { name: /Install it/ }).click();
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([
      { kind: "tick", item: "python", step: "Install it", ticked: true, counts: false },
    ]);

  // The address is shown before anything is opened.
  await row(/^Handbook/).click();
  expect(core.asked.some(({ command }) => command === "open_link")).toBe(false);
  await expect.element(page.getByText("https://a.example/h").first()).toBeVisible();
  await page.getByRole("button", { name: "Open in the browser" }).click();
  await expect
    .poll(() => core.asked.find(({ command }) => command === "open_link")?.args)
    .toEqual({ address: "https://a.example/h" });
});

test("notes are edited as typed, and a rejected link says its line", async () => {
  const core = await shown();
  await row(/^python/).click();
  await page.getByRole("button", { name: "Edit notes" }).click();
  const notes = page.getByRole("textbox", { name: "Notes" });
  await expect.element(notes).toHaveFocus();
  await userEvent.keyboard("!{Control>}{Enter}{/Control}");
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([{ kind: "notes", item: "python", value: "Read **slowly**.!" }]);

  core.on("apply", () => {
    throw { code: "plan-field", field: "", value: "", message: "Address in line 1: no." };
  });
  await page.getByRole("button", { name: "Edit links" }).click();
  await userEvent.keyboard("x{Control>}{Enter}{/Control}");
  await expect.element(page.getByText("Address in line 1: no.")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByText("Address in line 1: no.")).not.toBeInTheDocument();
});

test("an optional item is added to the plan", async () => {
  const core = await shown();
  await row(/^aws/).click();
  await page.getByRole("button", { name: "Add to the plan" }).click();
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([{ kind: "include", item: "aws", included: true }]);
});

test("trends can be read, and are reached by keys too", async () => {
  await shown();
  await row(/2026 trends/).click();
  await expect.element(page.getByText("Trace each step.")).toBeVisible();
  await userEvent.keyboard("{ArrowUp}");
  await expect.element(row(/^aws/)).toHaveFocus();
});

test("an item says what comes before it, and leads there", async () => {
  await shown();
  await row(/^aws/).click();
  await page.getByRole("paragraph").getByRole("button", { name: "python" }).click();
  await expect.element(page.getByRole("heading", { name: "python" })).toBeVisible();
});
