import axe from "axe-core";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { EarlierView, View } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { SHELF } from "../fixtures/shelf";
import { planOf, viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import { Plans } from "../plans/plans.svelte";
import PlanFiles from "./PlanFiles.svelte";

const EARLIER: EarlierView = {
  number: 12,
  until: "Mon 4 Jan 2027, 19:00",
  change: "Hours 10 h → 8 h",
  roadmap: "A course",
  loggedMinutes: 90,
  finish: "2027-06-01",
  since: ["3 sessions moved", "finish 2 weeks later"],
};

const withHours = (hoursPerWeek: number): View => ({
  ...viewOf(),
  plan: planOf({ hoursPerWeek }),
});

function shown() {
  const core = new FakeCore()
    .on("earlier_plans", () => [EARLIER])
    .on("preview_earlier", () => withHours(10))
    .on("restore_plan", () => withHours(10));
  const planner = new Planner(withHours(8));
  const onresult = vi.fn();
  const onchanged = vi.fn();
  const plans = new Plans(planner, onchanged);
  render(PlanFiles, { planner, plans, onresult, onclose: () => undefined });
  return { core, planner, onresult, onchanged };
}

test("previews an earlier plan on the chart, and restores it", async () => {
  const { core, planner } = shown();
  await expect.element(page.getByText("finish 2 weeks later")).toBeVisible();
  const { violations } = await axe.run(document.body);
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole("button", { name: /^Preview/ }).click();
  await expect.poll(() => planner.shown.plan.hoursPerWeek).toBe(10);
  expect(planner.saved.plan.hoursPerWeek).toBe(8);
  await page.getByRole("button", { name: /^On the chart/ }).click();
  await expect.poll(() => planner.shown.plan.hoursPerWeek).toBe(8);
  await page.getByRole("button", { name: /^Restore the plan/ }).click();
  await expect.poll(() => planner.saved.plan.hoursPerWeek).toBe(10);
  const restored = core.asked.find(({ command }) => command === "restore_plan");
  expect(restored?.args).toEqual({ number: 12 });
});

test("reports an export, and opens an imported plan", async () => {
  const { core, onresult, onchanged } = shown();
  const imported = {
    message: "“B” was imported as a plan of its own.",
    isChange: false,
    id: "b",
  };
  core
    .on("export_plan", () => ({ path: "a.json", count: 1, message: "Whole plan exported." }))
    .on("import_plan", () => imported)
    .on("switch_plan", () => ({ shelf: SHELF, isSwitched: true, removed: null }));
  await page.getByRole("button", { name: "Export the whole plan…" }).click();
  await expect.poll(() => onresult.mock.calls).toEqual([["Whole plan exported.", false]]);
  await page.getByRole("button", { name: "Import a plan…" }).click();
  await expect.element(page.getByText(imported.message)).toBeVisible();
  await page.getByRole("button", { name: "Open it" }).click();
  await expect.poll(() => onchanged.mock.calls).toEqual([[null, true]]);
  expect(core.asked.at(-1)).toEqual({ command: "switch_plan", args: { id: "b" } });
});

test("shares a page with the private parts that are ticked, and no others", async () => {
  const { core, onresult } = shown();
  core.on("save_page", () => ({ path: "a.html", count: 1, message: "Page saved." }));
  const save = page.getByRole("button", { name: "Save as a web page…" });
  await save.click();
  await expect.poll(() => onresult.mock.calls).toEqual([["Page saved.", false]]);
  await page.getByRole("checkbox", { name: "Log" }).click();
  await save.click();
  const asked = () =>
    core.asked
      .filter(({ command }) => command === "save_page")
      .map(({ args }) => args["options"]);
  const none = { notes: false, log: false, calendars: false, busy: false };
  await expect.poll(asked).toEqual([none, { ...none, log: true }]);
});
