import { expect, test } from "vitest";
import { DAY, itemOf, phaseOf, chartOf } from "../fixtures/view";
import { loadsOf } from "./loads";
import { arrows } from "./needs";
import { linesOf } from "./rows";

const chart = chartOf([
  phaseOf(1, [itemOf("python", [0, 90]), itemOf("linux", [2 * DAY, 90])]),
  phaseOf(2, [itemOf("docker", [5 * DAY, 90])]),
]);
const needsOf = (id: string) => (id === "docker" ? [{ id: "linux" }] : []);
const scale = { from: 0, pixelsPerDay: 10, width: 500 };
const pane = { x: 0, y: 0, width: 500, height: 300 };
const drawn = (selected: string, folded: string[] = []) =>
  arrows(selected, linesOf(chart, new Set(folded)), needsOf, scale, pane);

test("an arrow leads from the prerequisite's end to the start of what needs it", () => {
  // Linux is the third row, Docker the fifth; both ends of the arrow are selected alike.
  expect(drawn("docker")).toMatch(/^M20\.63 70H.*V126H50M/);
  expect(drawn("linux")).toBe(drawn("docker"));
  expect(drawn("python")).toBe("");
});

test("a row that is folded away is shown by its phase, without an arrow within it", () => {
  expect(drawn("docker", ["phase-1"])).toMatch(/^M20\.63 14H/);
  expect(drawn("linux", ["phase-1", "phase-2"])).not.toBe("");
  expect(drawn("gone")).toBe("");
});

test("the busier a day, the stronger its band; narrow days are drawn together", () => {
  const span = (day: number, hours: number) => ({
    source: null,
    isPlan: false,
    start: `2027-01-0${4 + day}T09:00`,
    end: `2027-01-0${4 + day}T${String(9 + hours).padStart(2, "0")}:00`,
  });
  const origin = 20822;
  const spans = [span(0, 1), span(1, 3), span(2, 6)];
  expect(loadsOf(spans, origin, scale, pane)).toEqual([
    { level: 1, x: 0, width: 10 },
    { level: 2, x: 10, width: 10 },
    { level: 3, x: 20, width: 10 },
  ]);
  expect(loadsOf(spans, origin, { ...scale, pixelsPerDay: 1 }, pane)).toEqual([
    { level: 2, x: 0, width: 3 },
  ]);
});
