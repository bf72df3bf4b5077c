import { expect, test } from "vitest";
import { chartOf, itemOf, phaseOf, DAY } from "../fixtures/view";
import { barsOf } from "./effect";

const chart = chartOf([
  phaseOf(1, [itemOf("python", [0, 90]), itemOf("linux", [DAY, 60])]),
  phaseOf(2, [itemOf("docker", [2 * DAY, 120])]),
]);

test("each phase has a bar, and the selected item one below its phase", () => {
  const bars = barsOf(chart, null, "linux");
  expect(bars.map(({ id, isItem }) => [id, isItem])).toEqual([
    ["phase-1", false],
    ["linux", true],
    ["phase-2", false],
  ]);
  expect(bars[1]?.now).toEqual({ from: DAY, to: DAY + 60 });
  expect(bars.every(({ before }) => before === null)).toBe(true);
});

test("only what a preview moves is compared with the time before", () => {
  const shown = chartOf([
    phaseOf(1, [itemOf("python", [0, 90]), itemOf("linux", [DAY, 60])]),
    phaseOf(2, [itemOf("docker", [3 * DAY, 120])]),
    phaseOf(3, []),
  ]);
  const bars = barsOf(shown, chart, "docker");
  expect(bars.map(({ id, before }) => [id, before])).toEqual([
    ["phase-1", null],
    ["phase-2", { from: 2 * DAY, to: 2 * DAY + 120 }],
    ["docker", { from: 2 * DAY, to: 2 * DAY + 120 }],
    ["phase-3", null],
  ]);
  expect(bars[3]?.now).toBeNull();
});
