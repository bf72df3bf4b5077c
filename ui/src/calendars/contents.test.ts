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
  filePerPhase: true,
  reminders: [10, 60],
  title: "{item}",
  notes: false,
  link: "https://example.org/{item}",
  times: "zoned",
};

test("minutes are read as a person types them", () => {
  expect(readReminders("10, 60")).toEqual([10, 60]);
  expect(readReminders(" 10;60 5 ")).toEqual([10, 60, 5]);
  expect(readReminders("")).toEqual([]);
  expect(readReminders("soon")).toBeNull();
  expect(readReminders("-5")).toBeNull();
});

test("what is shown in the fields is read again as it was", () => {
  const bare = { ...OPTIONS, from: null, to: "2027-02-28", reminders: [], link: null };
  for (const options of [OPTIONS, bare]) {
    expect(optionsOf(typedOf(options))).toEqual({ options, refusal: null });
  }
});

test("what is typed by half is refused in its field, and nothing is sent", () => {
  const typed = (change: Partial<Typed>) => optionsOf({ ...typedOf(OPTIONS), ...change });
  expect(typed({ from: "2027-01-" }).refusal?.field).toBe("first date");
  expect(typed({ to: "2027-02-30" }).refusal?.message).toContain("“2027-02-30”");
  expect(typed({ reminders: "ten" }).refusal?.field).toBe("reminders");
  expect(typed({ from: " ", link: " " }).options).toMatchObject({ from: null, link: null });
});

test("a title is filled in as the core does it, and a brace that begins no field is a brace", () => {
  const session = {
    item: "Python {phase}",
    phase: "Foundations",
    plan: "MLOps",
    session: "1",
    sessions: "14",
    length: "1 h 30 min",
  };
  expect(titleOf("{phase}: {item} ({session} of {sessions}), {length}", session)).toBe(
    "Foundations: Python {phase} (1 of 14), 1 h 30 min",
  );
  expect(titleOf("{ {toString} {Item} {item", session)).toBe("{ {toString} {Item} {item");
});
