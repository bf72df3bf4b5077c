import { expect, test } from "vitest";
import type { ExportOptions } from "../bridge";
import type { Typed } from "./contents";
import { optionsOf, titleOf, typedOf } from "./contents";
import { readReminders } from "./reminders";

const OPTIONS: ExportOptions = {
  sessions: true,
  weeks: false,
  phases: true,
  milestones: false,
  from: "2027-01-04",
  to: null,
  weeksAhead: 8,
  filePerPhase: true,
  reminders: [10, 60],
  title: "{item}",
  notes: false,
  link: "https://example.org/{item}",
  times: "zoned",
};

test("reminders are parsed with any separator", () => {
  expect(readReminders("10, 60")).toEqual([10, 60]);
  expect(readReminders(" 10;60 5 ")).toEqual([10, 60, 5]);
  expect(readReminders("")).toEqual([]);
  expect(readReminders("soon")).toBeNull();
  expect(readReminders("-5")).toBeNull();
});

test("options survive being shown in fields and parsed again", () => {
  const bare = {
    ...OPTIONS,
    weeksAhead: null,
    from: null,
    to: "2027-02-28",
    reminders: [],
    link: null,
  };
  for (const options of [OPTIONS, bare]) {
    expect(optionsOf(typedOf(options))).toEqual({ options, rejection: null });
  }
});

test("a half-typed value is rejected in its field and isn't sent", () => {
  const typed = (change: Partial<Typed>) => optionsOf({ ...typedOf(OPTIONS), ...change });
  expect(typed({ from: "2027-01-" }).rejection?.field).toBe("first date");
  expect(typed({ to: "2027-02-30" }).rejection?.message).toContain("“2027-02-30”");
  expect(typed({ weeksAhead: "eight" }).rejection?.field).toBe("weeks ahead");
  expect(typed({ weeksAhead: " " }).options).toMatchObject({ weeksAhead: null });
  expect(typed({ reminders: "ten" }).rejection?.field).toBe("reminders");
  expect(typed({ from: " ", link: " " }).options).toMatchObject({ from: null, link: null });
});

test("a title is filled in as in the core, and a brace without a field stays", () => {
  const session = {
    item: "Python {phase}",
    phase: "Foundations",
    plan: "MLOps",
    length: "1 h 30 min",
  };
  expect(titleOf("{phase}: {item} ({plan}), {length}", session)).toBe(
    "Foundations: Python {phase} (MLOps), 1 h 30 min",
  );
  expect(titleOf("{ {toString} {Item} {item", session)).toBe("{ {toString} {Item} {item");
});
