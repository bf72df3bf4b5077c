import axe from "axe-core";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { EarlierView, View } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { planOf, viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
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
  render(PlanFiles, { planner, onresult, onclose: () => undefined });
  return { core, planner, onresult };
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

test("reports an export, and an import that is opened at the next start", async () => {
  const { core, onresult } = shown();
  const imported = { message: "“B” was imported as a plan of its own.", isChange: false };
  core
    .on("export_plan", () => ({ path: "a.json", count: 1, message: "Whole plan exported." }))
    .on("import_plan", () => imported)
    .on("restart", () => null);
  await page.getByRole("button", { name: "Export the whole plan…" }).click();
  await expect.poll(() => onresult.mock.calls).toEqual([["Whole plan exported.", false]]);
  await page.getByRole("button", { name: "Import a plan…" }).click();
  await expect.element(page.getByText(imported.message)).toBeVisible();
  await page.getByRole("button", { name: "Restart Waymark" }).click();
  await expect.poll(() => core.asked.some(({ command }) => command === "restart")).toBe(true);
});
