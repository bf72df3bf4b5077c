import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { AgendaSession, View } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { viewOf } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import { Facts } from "../planner/facts.svelte";
import { Planner } from "../planner/planner.svelte";
import TodayPage from "./TodayPage.svelte";

const session = (more: Partial<AgendaSession> = {}): AgendaSession => ({
  item: "python",
  title: "python",
  phase: 1,
  start: "2027-01-04T19:00",
  end: "20:30",
  minutes: 90,
  doneMinutes: 0,
  state: "planned",
  begun: "2027-01-04T19:00",
  ...more,
});

const base = viewOf();

function viewWith(agenda: Partial<View["agenda"]>, more: Partial<View> = {}): View {
  return { ...base, agenda: { ...base.agenda, ...agenda }, ...more };
}

/** A plan of which the first week has begun, though its first session is still to come. */
const FRESH: Partial<View> = {
  status: { ...base.status, status: "notBegun" },
  progress: {
    ...base.progress,
    weeks: [{ start: "2027-01-04", plannedMinutes: 90, doneMinutes: 0 }],
  },
};

/** A plan that is under way. */
const BEGUN: Partial<View> = {
  progress: {
    ...base.progress,
    weeks: [{ start: "2027-01-04", plannedMinutes: 90, doneMinutes: 0 }],
  },
};

async function shown(view: View) {
  const core = new FakeCore()
    .onChange(() => view)
    .on("timer", () => view)
    .facts({
      texts: {
        python: {
          doneWhen: "A friend can install it.",
          links: [{ title: "Handbook", address: "https://a.example/h" }],
          notes: "",
          steps: [{ title: "Install it", minutes: null, ticked: false }],
          source: "",
        },
      },
    })
    .on("worklog", () => [
      {
        id: 1,
        item: "python",
        title: "python",
        start: "2027-01-02T19:00",
        minutes: 45,
        note: "ch. 3",
      },
    ]);
  const ways = {
    goToPlan: () => undefined,
    goToRoadmap: () => undefined,
    setTarget: () => undefined,
    openCalendars: () => undefined,
    goToSession: () => undefined,
    seeOptions: () => undefined,
  };
  const place = new Place({ view: "today" });
  const planner = new Planner(view);
  await render(TodayPage, { planner, facts: new Facts(), place, checkIn: null, ways });
  return core;
}

const button = (name: string | RegExp) => page.getByRole("button", { name });

test("the first minute: one press on Today starts the timer, without a field", async () => {
  const next = [session({ start: "2027-01-11T19:00" })];
  const core = await shown(viewWith({ next }, FRESH));
  await expect.element(page.getByText("Good afternoon.")).toBeVisible();
  await button("Start now").click();
  await expect
    .poll(() => core.asked.find(({ command }) => command === "timer")?.args)
    .toEqual({ action: { kind: "start", item: "python" } });
});

test("the first session can be tonight", async () => {
  const next = [session({ start: "2027-01-11T19:00" })];
  const core = await shown(viewWith({ next }, FRESH));
  await button("Tonight 19:00").click();
  await expect
    .poll(() => core.changes("apply"))
    .toMatchObject([
      { pin: { start: "2027-01-04T19:00", minutes: 90 }, instead: "2027-01-11T19:00" },
    ]);
});

test("later it says where the learner left off, and what waits is done in one press", async () => {
  const missed = [
    session({ start: "2027-01-03T19:00", begun: "2027-01-03T19:00", state: "missed" }),
    session({ start: "2027-01-02T19:00", begun: "2027-01-02T19:00", state: "missed" }),
  ];
  const core = await shown(viewWith({ missed, missedCount: 2, today: [session()] }, BEGUN));
  await expect.element(page.getByText(/Last time: python, 45 min on Sat 2 Jan/)).toBeVisible();
  await expect.element(button(/^Did it: python, Sun 3 Jan/)).toBeVisible();
  await button("I did all of it").click();
  await expect
    .poll(() => core.changes("apply"))
    .toMatchObject([{ kind: "all", name: "2 sessions logged as planned" }]);
  await button("Later").click();
  await expect
    .poll(() => core.changes("apply").at(-1))
    .toEqual({ kind: "replan", keep: "fitting" });
});

test("a session says when its item is done, where, and in which steps", async () => {
  const core = await shown(viewWith({ today: [session({ state: "due" })] }, BEGUN));
  await expect.element(page.getByText("A friend can install it.").first()).toBeVisible();
  const rows = page.getByRole("list", { name: "Today’s sessions" });
  await rows.getByRole("button", { name: "python: 1 step left, 1 link" }).click();
  await rows.getByRole("checkbox", { name: "Install it" }).click();
  await expect
    .poll(() => core.changes("apply"))
    .toMatchObject([{ kind: "tick", item: "python", step: "Install it", ticked: true }]);
});

test("enough for today hides the rest, and it can be shown again", async () => {
  await shown(viewWith({ today: [session()] }, BEGUN));
  await button("That’s enough for today").click();
  await expect.element(page.getByText("That’s enough for today.")).toBeVisible();
  await expect.element(button(/^Done/)).not.toBeInTheDocument();
  await button("Show the rest").click();
  await expect.element(button(/^Done: python/)).toBeVisible();
});

test("after a long break the next session is first, and one press plans from today", async () => {
  const view = viewWith(
    { next: [session({ start: "2027-01-26T19:00" })], missedCount: 12 },
    {
      ...BEGUN,
      status: {
        status: { paused: { since: "2027-01-04" } },
        title: "Paused",
        reason: "Nothing was logged since 4 January.",
        lever: "startAgain",
        leverLabel: "Start again from today",
        change: { kind: "replan", keep: "frozen" },
        note: null,
      },
    },
  );
  const core = await shown(view);
  const first = document.querySelector("[aria-label=Today] p, [aria-label=Today] h2");
  expect(first?.textContent).toContain("Next session");
  expect(first?.textContent).not.toContain("12");
  await button("Start again from today").click();
  await expect.poll(() => core.changes("apply")).toEqual([{ kind: "replan", keep: "frozen" }]);
});
