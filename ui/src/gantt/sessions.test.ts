import { expect, test } from "vitest";
import type { BaselineView, Chart, SessionState } from "../bridge";
import { baselineOf, stretchesOf } from "./baseline";
import { progressWords } from "./progress";
import type { SessionPaths } from "./sessions";
import { drawSession } from "./sessions";

const STATES: SessionState[] = ["done", "part", "missed", "due", "planned", "freed"];

function drawn(state: SessionState, width: number): SessionPaths {
  const paths: SessionPaths = { marks: "", hollow: "", ticks: "", strokes: "" };
  drawSession(paths, state, 10, 10 + width, 20);
  return paths;
}

test("every state has its own shape, even as thin as a line", () => {
  for (const width of [1.2, 30]) {
    const shapes = STATES.map((state) => JSON.stringify(drawn(state, width)));
    expect(new Set(shapes).size, `${width} pixels wide`).toBe(STATES.length);
  }
});

test("a missed session is hollow, or broken if it is too thin", () => {
  expect(drawn("missed", 30)).toMatchObject({ marks: "", strokes: "M10 27L40 13" });
  const thin = drawn("missed", 1.2);
  expect(thin.hollow).toBe("");
  expect(thin.marks.split("z").filter(Boolean)).toHaveLength(2);
  expect(drawn("done", 30).ticks).toMatch(/^M21 20l3 3/);
});

const item = (done: number, left: number, finished = false) =>
  ({ doneMinutes: done, leftMinutes: left, finished }) as Chart["phases"][0]["items"][0];

test("a row shows how much of it is done", () => {
  expect(progressWords([item(0, 600)], 600)).toBe("10 h");
  expect(progressWords([item(90, 510)], 600)).toBe("1.5 of 10 h");
  expect(progressWords([item(90, 510), item(0, 600)], 1200)).toBe("1.5 of 20 h");
  expect(progressWords([item(300, 0, true)], 600)).toBe("✓ 5 h");
});

test("the baseline is the one with the chosen name, otherwise the newest", () => {
  const named = (name: string): BaselineView => ({
    name,
    set: "2027-01-04",
    finish: null,
    daysLate: null,
    phases: [[0, 10], null],
    items: [[0, 5], null, [7, 9]],
  });
  const all = [named("January"), named("First plan")];
  expect(baselineOf(all, "First plan")?.name).toBe("First plan");
  expect(baselineOf(all, "gone")?.name).toBe("January");
  expect(baselineOf([], null)).toBeNull();

  const row = (id: string) => ({ id }) as Chart["phases"][0]["items"][0];
  const chart = {
    phases: [
      { id: "one", items: [row("a"), row("b")] },
      { id: "two", items: [row("c")] },
    ],
  } as Chart;
  expect([...stretchesOf(named("x"), chart)]).toEqual([
    ["one", [0, 10]],
    ["a", [0, 5]],
    ["c", [7, 9]],
  ]);
});
