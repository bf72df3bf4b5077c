import { describe, expect, test } from "vitest";
import type { Chart, ItemRow, PhaseRow } from "../bridge";
import { moveOf } from "./cursor";
import { picture } from "./layout";
import { linesOf, ROW_HEIGHT } from "./rows";
import { daysOf, fit, sheetWidth } from "./scale";
import { targetAt } from "./target";
import { tipOf } from "./tip";

const HOUR = 60;
const DAY = 24 * HOUR;

function item(id: string, sessions: number[]): ItemRow {
  const last = sessions.slice(-2);
  return {
    id,
    title: id,
    kind: "topic",
    group: "Learn",
    summary: "",
    effortMinutes: sessions.reduce((sum, value, at) => sum + (at % 2 ? value : 0), 0),
    optional: false,
    included: true,
    start: sessions[0] ?? null,
    end: last.length === 2 ? (last[0] ?? 0) + (last[1] ?? 0) : null,
    sessions,
    states: [],
    doneMinutes: 0,
    leftMinutes: 0,
    waitingMinutes: 0,
    unplacedMinutes: 0,
    finished: false,
    whys: sessions.filter((_, at) => at % 2 === 0).map(() => 0),
    knownMinutes: 0,
    priority: 0,
    notBefore: null,
    slackMinutes: null,
    critical: false,
  };
}

function phase(number: number, items: ItemRow[]): PhaseRow {
  const starts = items.flatMap(({ start }) => start ?? []);
  const ends = items.flatMap(({ end }) => end ?? []);
  const end = ends.length ? Math.max(...ends) : null;
  return {
    id: `phase-${number}`,
    number,
    title: `Phase ${number}`,
    track: "core",
    start: starts.length ? Math.min(...starts) : null,
    end,
    weeks: null,
    effortMinutes: 0,
    sessions: 0,
    target: null,
    slackMinutes: null,
    cushionEnd: null,
    doneMinutes: items.reduce((sum, { doneMinutes }) => sum + doneMinutes, 0),
    leftMinutes: items.reduce((sum, { leftMinutes }) => sum + leftMinutes, 0),
    outcome: { id: `done-${number}`, title: "Done", at: end, reached: false },
    items,
  };
}

const reasons = [
  { code: "next", text: "the first free time there is" },
  { code: "pinned", text: "you pinned it here" },
];

function chart(phases: PhaseRow[], days = 10, today: number | null = null): Chart {
  return { origin: "2027-01-04", days, today, target: null, reasons, weekStart: "mon", phases };
}

const small = chart([
  phase(1, [item("a", [DAY, 2 * HOUR, 2 * DAY, HOUR]), item("b", [])]),
  phase(2, [item("c", [5 * DAY, HOUR])]),
]);
const scale = { from: 0, pixelsPerDay: 24, width: 240 };
const pane = { x: 0, y: 0, width: 240, height: 400 };
const none = new Set<string>();
const unpinned = new Set<number>();

describe("rows", () => {
  test("a folded phase hides its items", () => {
    const ids = (folded: Set<string>) => linesOf(small, folded).map(({ id }) => id);
    expect(ids(none)).toEqual(["phase-1", "a", "b", "phase-2", "c"]);
    expect(ids(new Set(["phase-1"]))).toEqual(["phase-1", "phase-2", "c"]);
  });
});

describe("picture", () => {
  test("sessions have their true time and length, in the middle of their row", () => {
    // One pixel an hour: day 1 is x 24, two hours are 2 pixels; the middle of row 1 is 42.
    const [layer] = picture(linesOf(small, none), scale, pane, null, unpinned).layers;
    const boxes = layer?.marks.split("z").filter(Boolean);
    expect(boxes).toHaveLength(2);
    expect(boxes?.[0]).toMatch(/^M25 35h0a1 1 /);
    expect(boxes?.[1]).toBe("M48 35h1.2v14h-1.2");
  });

  test("nothing outside the pane is drawn", () => {
    const lines = linesOf(small, none);
    const right = { ...pane, x: 100 };
    const [first, second] = picture(lines, scale, right, null, unpinned).layers;
    expect(first?.marks).toBe("");
    expect(second?.marks).toMatch(/^M20 /);
    const below = { ...pane, y: 3 * ROW_HEIGHT };
    expect(picture(lines, scale, below, null, unpinned).layers.map(({ hue }) => hue)).toEqual([
      2,
    ]);
  });

  test("touching marks are merged, so the cost grows with pixels, not sessions", () => {
    const many = Array.from({ length: 20_000 }, (_, at) => (at % 2 ? 30 : at * 60));
    const lines = linesOf(chart([phase(1, [item("many", many)])], 420), none);
    const far = { from: 0, pixelsPerDay: 0.5, width: 240 };
    const marks = picture(lines, far, pane, null, unpinned).layers[0]?.marks ?? "";
    expect(marks.split("z").length - 1).toBe(1);
  });

  test("an outcome's label is beside its milestone, or before the bar at the chart's end", () => {
    const [first] = picture(linesOf(small, none), scale, pane, null, unpinned).outcomes;
    expect(first).toMatchObject({ text: "Done", anchor: "start" });
    const late = chart([phase(1, [item("z", [9 * DAY, HOUR])])]);
    const [last] = picture(
      linesOf(late, none),
      { ...scale, width: 230 },
      pane,
      null,
      unpinned,
    ).outcomes;
    expect(last).toMatchObject({ anchor: "end" });
  });

  test("a preview outlines the phases of the saved plan", () => {
    const moved = chart([phase(1, [item("a", [3 * DAY, HOUR])])]);
    expect(picture(linesOf(moved, none), scale, pane, null, unpinned).ghosts).toBe("");
    expect(picture(linesOf(moved, none), scale, pane, small, unpinned).ghosts).toMatch(/^M/);
  });
});

test("a preview outlines sessions that move, and the baseline is at the foot of its row", () => {
  const before = chart([phase(1, [item("a", [DAY, HOUR, 2 * DAY, HOUR])])]);
  const after = linesOf(chart([phase(1, [item("a", [DAY, HOUR, 5 * DAY, HOUR])])]), none);
  // The phase, and the one session that is elsewhere now.
  const ghosts = picture(after, scale, pane, before, unpinned).ghosts;
  expect(ghosts.split("z").filter(Boolean)).toHaveLength(2);
  expect(picture(after, scale, pane, null, unpinned).baseline).toBe("");
  const baseline = new Map([["a", [DAY, 3 * DAY] as const]]);
  expect(picture(after, scale, pane, null, unpinned, baseline).baseline).toMatch(/^M25 52\.5h/);
});

test("a pinned session has a dot over its mark, a critical item a line under its band", () => {
  const pinnedItem = { ...item("a", [DAY, 2 * HOUR, 2 * DAY, HOUR]), whys: [0, 1] };
  const drawn = (each: ItemRow, pinned: number[]) => {
    const lines = linesOf(chart([phase(1, [each])]), none);
    return picture(lines, scale, pane, null, new Set(pinned)).layers[0];
  };
  expect(drawn(pinnedItem, [])).toMatchObject({ pins: "", critical: "" });
  expect(drawn(pinnedItem, [1])?.pins).toMatch(/^M48 35a/);
  expect(drawn({ ...pinnedItem, critical: true }, [])?.critical).toMatch(/^M24 52H/);
});

describe("scale", () => {
  test("the whole plan fits the width, and includes today only if it is near", () => {
    const { days } = daysOf(small);
    expect(sheetWidth(days, fit(days, 800), 800)).toBe(800);
    expect(daysOf(chart([], 100, -10 * DAY))).toEqual({ from: -11, days: 111 });
    expect(daysOf(chart([], 100, -60 * DAY))).toEqual({ from: 0, days: 100 });
    expect(daysOf(chart([], 100, 105 * DAY))).toEqual({ from: 0, days: 107 });
  });
});

test("a target date beyond the finish is on the chart, unless it is far away", () => {
  const due = (days: number) => daysOf({ ...small, target: days * DAY }).days;
  expect([due(5), due(15), due(100)]).toEqual([10, 16, 10]);
});

describe("pointing and stepping", () => {
  const lines = linesOf(small, none);
  const [head, a, b] = lines;
  if (!head || !a || !b) throw new Error("the small chart has five rows");

  test("the pointer finds milestone, session, bar, or nothing", () => {
    expect(targetAt(head, 49, scale)?.part).toBe("outcome");
    expect(targetAt(head, 30, scale)?.part).toBe("line");
    expect(targetAt(a, 25, scale)?.part).toBe(0);
    expect(targetAt(a, 48, scale)?.part).toBe(1);
    expect(targetAt(a, 38, scale)?.part).toBe("line");
    expect(targetAt(a, 90, scale)).toBeNull();
    expect(targetAt(b, 25, scale)).toBeNull();
    const far = { ...scale, pixelsPerDay: 5 };
    expect(targetAt(a, 6, far)?.part).toBe("line");
  });

  test("a session's tip gives its day, time, length and reason", () => {
    const tip = tipOf({ line: a, part: 0 }, small);
    expect(tip.kicker).toBe("Session 1 of 2");
    expect(tip.facts.map(({ value }) => value)).toEqual([
      "Tuesday 5 January 2027",
      "00:00–02:00",
      "2 h",
      "the first free time there is",
    ]);
  });

  test("arrow keys move between rows and sessions, and fold", () => {
    const from = (id: string, part: "line" | "outcome" | number, key: string) =>
      moveOf(lines, { id, part }, key);
    expect(from("phase-1", "line", "ArrowDown")).toEqual({ to: { id: "a", part: "line" } });
    expect(from("a", "line", "ArrowRight")).toEqual({ to: { id: "a", part: 0 } });
    expect(from("a", 1, "ArrowRight")).toBeNull();
    expect(from("a", 0, "ArrowLeft")).toEqual({ to: { id: "a", part: "line" } });
    expect(from("a", "line", "ArrowLeft")).toEqual({ to: { id: "phase-1", part: "line" } });
    expect(from("phase-1", "line", "ArrowRight")).toEqual({
      to: { id: "phase-1", part: "outcome" },
    });
    expect(from("phase-1", "line", "ArrowLeft")).toEqual({ toggle: "phase-1" });
    expect(from("c", "line", "ArrowDown")).toEqual({ to: { id: "c", part: "line" } });
    expect(from("b", "line", "ArrowRight")).toBeNull();
    expect(from("a", 1, "Enter")).toEqual({ change: { id: "a", part: 1 } });
    expect(from("a", "line", "Enter")).toEqual({ seek: "a" });
    expect(from("a", "line", "ContextMenu")).toEqual({ change: { id: "a", part: "line" } });
  });
});
