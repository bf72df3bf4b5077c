import { tick } from "svelte";
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Change, RecoveryOption } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { viewOf } from "../fixtures/view";
import { keepFocus, noteFocus } from "../form/keep-focus";
import { Planner } from "../planner/planner.svelte";
import CatchUp from "./CatchUp.svelte";

const HOURS: Change = { kind: "hours", value: "12" };
const TAKEN: Change = {
  kind: "all",
  name: "12 h a week",
  changes: [HOURS, { kind: "baseline", name: "12 h a week" }],
};
const MORE_HOURS: RecoveryOption = {
  id: "more-hours",
  name: "12 h a week",
  changes: [HOURS],
  change: TAKEN,
  outcome: {
    finish: "2027-01-10",
    coreFinish: "2027-01-08",
    inTime: true,
    p80: null,
    p80InWords: null,
    chance: null,
    chanceInWords: null,
    extraWeekMinutes: 120,
    extraMinutes: 240,
    moved: 3,
    movedSoon: 2,
    added: 0,
    dropped: [],
  },
  sentence: "2 h a week more until the end.",
  recommended: "It costs the least.",
};
const HOPELESS: RecoveryOption = {
  id: "weekend",
  name: "Weekends",
  changes: [],
  change: null,
  outcome: null,
  sentence: "You study on weekends already.",
  recommended: null,
};

/** Two hours of work wait for a session. */
const LATE = viewOf({
  agenda: { ...viewOf().agenda, waitingMinutes: 120 },
  status: { ...viewOf().status, status: { behind: { minutes: 120 } }, lever: "planIn" },
});

async function shown(core: FakeCore, view = LATE) {
  core.onChange(() => ({ ...LATE, history: { undo: ["12 h a week"], redo: [] } }));
  const planner = new Planner(view);
  let seen = 0;
  const screen = await render(CatchUp, { planner, checkIn: null, onseen: () => (seen += 1) });
  return { planner, screen, seen: () => seen };
}

test("an option shows its cost, and what doesn't help gives its reason", async () => {
  const { screen } = await shown(new FakeCore().on("catch_up", () => [MORE_HOURS, HOPELESS]));
  await expect.element(screen.getByText("2 h a week, 4 h in total")).toBeVisible();
  await expect.element(screen.getByText("moves 2 sessions")).toBeVisible();
  await expect.element(screen.getByText("It costs the least.")).toBeVisible();
  await screen.getByText(/help, and why/).click();
  await expect.element(screen.getByText(HOPELESS.sentence)).toBeVisible();
});

const SPRINT: RecoveryOption = {
  ...MORE_HOURS,
  id: "sprint",
  name: "A sprint",
  change: { ...TAKEN, name: "A sprint" },
  recommended: null,
};
const option = (name: string) => page.getByRole("button", { name, exact: true });

test("an option is previewed under the pointer, until the pointer leaves", async () => {
  const core = new FakeCore().on("catch_up", () => [MORE_HOURS, SPRINT]);
  const { planner, screen } = await shown(core);
  await option("A sprint").hover();
  await expect.poll(() => core.changes("preview").at(-1)).toMatchObject({ name: "A sprint" });
  await screen.getByRole("button", { name: "Add free time" }).hover();
  await expect.poll(() => planner.previewing).toBe(null);
  expect(core.changes("apply")).toEqual([]);
});

test("an option is previewed with the focus, and the chosen one stays", async () => {
  const core = new FakeCore().on("catch_up", () => [MORE_HOURS, SPRINT]);
  const { planner } = await shown(core);
  await expect.element(option("12 h a week")).toBeVisible();
  while (document.activeElement?.textContent?.trim() !== "12 h a week") await userEvent.tab();
  await expect.poll(() => planner.previewing).toBe("all");
  await userEvent.keyboard("{Enter}");
  await userEvent.tab();
  await expect.poll(() => core.changes("preview").at(-1)).toMatchObject({ name: "A sprint" });
  await userEvent.tab();
  await expect
    .poll(() => core.changes("preview").at(-1))
    .toMatchObject({ name: "12 h a week" });
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => core.changes("apply")).toHaveLength(1);
});

test("applying an option makes all its changes in one", async () => {
  const core = new FakeCore().on("catch_up", () => [MORE_HOURS]);
  const { screen, seen } = await shown(core);
  await expect.element(screen.getByRole("button", { name: "Apply" })).toBeDisabled();
  await option("12 h a week").click();
  await screen.getByRole("button", { name: "Apply: 12 h a week" }).click();
  await expect.poll(() => seen()).toBe(1);
  expect(core.changes("apply")).toEqual([TAKEN]);
});

test("after Apply no field has the focus, so that Ctrl+Z takes the option back", async () => {
  const core = new FakeCore().on("catch_up", () => [MORE_HOURS]);
  const { planner } = await shown(core);
  await page.getByRole("button", { name: "Add free time" }).click();
  addEventListener("focusin", noteFocus);
  await option("12 h a week").click();
  await page.getByRole("button", { name: "Apply: 12 h a week" }).click();
  await expect.poll(() => core.changes("apply")).toHaveLength(1);
  await expect.poll(() => planner.saved.history.undo).toHaveLength(1);
  await tick();
  keepFocus();
  removeEventListener("focusin", noteFocus);
  expect(document.activeElement?.matches(".options")).toBe(true);
});

test("an error goes away once the options can be worked out again", async () => {
  let isBroken = true;
  const core = new FakeCore().on("catch_up", () => {
    if (isBroken) throw { code: "internal", field: "", value: "", message: "It broke." };
    return [MORE_HOURS];
  });
  const { planner, screen } = await shown(core);
  await expect.element(screen.getByText("It broke.")).toBeVisible();
  isBroken = false;
  await planner.apply(HOURS);
  await expect.element(option("12 h a week")).toBeVisible();
  await expect.element(screen.getByText("It broke.")).not.toBeInTheDocument();
});

test("the recommended option comes first and says why, with one Apply for all", async () => {
  const core = new FakeCore().on("catch_up", () => [SPRINT, MORE_HOURS]);
  const { screen } = await shown(core);
  await expect.element(option("A sprint")).toBeVisible();
  const heads = screen.getByRole("columnheader").elements();
  expect(heads.map((head) => head.textContent?.includes("Recommended"))).toEqual([true, false]);
  const reason = screen.getByText(/^Recommended: 12 h a week\. It costs the least/);
  await expect.element(reason).toBeVisible();
  expect(screen.getByRole("button", { name: /^Apply/ }).elements()).toHaveLength(1);
});

test("a plan that is on track says so, with nothing to apply", async () => {
  const { screen } = await shown(
    new FakeCore().on("catch_up", () => [MORE_HOURS]),
    viewOf(),
  );
  await expect.element(screen.getByText(/^On track. There’s nothing/)).toBeVisible();
  await expect.element(screen.getByRole("button", { name: /^Apply/ })).not.toBeInTheDocument();
});
