import { expect, test } from "vitest";
import type { Change } from "../bridge";
import { fieldOf, standsIn } from "./fields";

const hours = (value: string): Change => ({ kind: "hours", value });
const known = (item: string): Change => ({ kind: "known", item, known: "whole" });
const off = (first: string): Change => ({
  kind: "exception",
  exception: { kind: "time-off", first, last: "2027-08-22" },
  added: true,
});

test("a field is named after its change", () => {
  expect(fieldOf(hours("10"))).toBe("hours");
  expect(fieldOf(known("python"))).toBe("known python");
  expect(fieldOf({ kind: "phaseTarget", phase: "first", value: "" })).toBe("phaseTarget first");
});

test("a later value replaces an earlier one of its field, but each exception counts", () => {
  expect(standsIn(hours("11"), hours("10"))).toBe(true);
  expect(standsIn(known("python"), known("docker"))).toBe(false);
  expect(standsIn(off("2027-08-09"), off("2027-08-10"))).toBe(false);
});
