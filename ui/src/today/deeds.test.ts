import { expect, test } from "vitest";
import type { AgendaSession } from "../bridge";
import { viewOf } from "../fixtures/view";
import { allDoneChange, openToday, tonightChange } from "./deeds";

const session = (more: Partial<AgendaSession> = {}): AgendaSession => ({
  item: "python",
  title: "Python",
  phase: 1,
  start: "2027-01-04T19:00",
  end: "20:30",
  minutes: 90,
  doneMinutes: 0,
  state: "missed",
  begun: "2027-01-04T19:00",
  ...more,
});

test("all sessions are logged as planned in one step, less what was done", () => {
  const change = allDoneChange([session(), session({ item: "git", doneMinutes: 30 })]);
  expect(change).toMatchObject({
    kind: "all",
    name: "2 sessions logged as planned",
    changes: [
      { item: "python", start: "2027-01-04T19:00", minutes: "90" },
      { item: "git", minutes: "60" },
    ],
  });
});

test("only what has begun today can have been done", () => {
  const { agenda } = viewOf();
  const today = [
    session({ start: "2027-01-04T09:00" }),
    session({ start: "2027-01-04T10:00", state: "done" }),
    session(),
  ];
  expect(openToday({ ...agenda, today }).map(({ start }) => start)).toEqual([
    "2027-01-04T09:00",
  ]);
});

test("the first session can be tonight, unless it is today or tonight is over", () => {
  const { agenda } = viewOf();
  const first = session({ start: "2027-01-11T19:00" });
  expect(tonightChange(first, agenda)).toEqual({
    kind: "pin",
    pin: { item: "python", start: "2027-01-04T19:00", minutes: 90 },
    instead: "2027-01-11T19:00",
  });
  expect(tonightChange(session(), agenda)).toBe(null);
  expect(tonightChange(first, { ...agenda, now: "2027-01-04T19:30" })).toBe(null);
});
