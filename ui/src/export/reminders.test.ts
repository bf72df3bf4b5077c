import { expect, test } from "vitest";
import { readReminders } from "./reminders";

test("minutes are read as a person types them", () => {
  expect(readReminders("10, 60")).toEqual([10, 60]);
  expect(readReminders(" 10;60 5 ")).toEqual([10, 60, 5]);
  expect(readReminders("")).toEqual([]);
  expect(readReminders("soon")).toBeNull();
  expect(readReminders("-5")).toBeNull();
});
