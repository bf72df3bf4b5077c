import { expect, test } from "vitest";
import { itemOf, phaseOf } from "../fixtures/view";
import { itemMove, itemStep, phaseStep } from "./order";

const phases = [
  phaseOf(1, [itemOf("a", []), itemOf("b", []), itemOf("c", [])]),
  phaseOf(2, [itemOf("d", [])]),
];
const [first, second] = phases.map(({ id }) => id) as [string, string];

test("an item steps through its phase and over its edges", () => {
  expect(itemStep(phases, "b", -1)).toEqual({ phase: first, before: "a" });
  expect(itemStep(phases, "a", 1)).toEqual({ phase: first, before: "c" });
  expect(itemStep(phases, "b", 1)).toEqual({ phase: first, before: null });
  expect(itemStep(phases, "c", 1)).toEqual({ phase: second, before: "d" });
  expect(itemStep(phases, "d", -1)).toEqual({ phase: first, before: null });
  expect(itemStep(phases, "a", -1)).toBeNull();
  expect(itemStep(phases, "d", 1)).toBeNull();
});

test("a move to where the item is changes nothing", () => {
  expect(itemMove(phases, "b", { phase: first, before: "c" })).toBeNull();
  expect(itemMove(phases, "b", { phase: first, before: "b" })).toBeNull();
  expect(itemMove(phases, "c", { phase: first, before: null })).toBeNull();
  expect(itemMove(phases, "b", { phase: second, before: null })).toEqual({
    kind: "moveItem",
    item: "b",
    phase: second,
    before: null,
  });
});

test("a phase steps up and down", () => {
  expect(phaseStep(phases, first, 1)).toEqual({
    kind: "movePhase",
    phase: first,
    before: null,
  });
  expect(phaseStep(phases, second, -1)).toEqual({
    kind: "movePhase",
    phase: second,
    before: first,
  });
  expect(phaseStep(phases, second, 1)).toBeNull();
});
