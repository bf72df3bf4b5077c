import { beforeEach, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Change, View } from "../bridge";
import { undo } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { chartOf, DAY, HOUR, itemOf, phaseOf, viewOf } from "../fixtures/view";
import { SETTINGS } from "../fixtures/settings";
import { Place } from "../frame/place.svelte";
import { Facts } from "../planner/facts.svelte";
import { Planner } from "../planner/planner.svelte";
import { Preferences } from "../settings/preferences.svelte";
import { dayOf } from "../words/dates";
import Gantt from "./Gantt.svelte";

/** Start of each item's one session, in minutes of the chart. */
type Starts = Readonly<Record<string, number>>;

const FIRST: Starts = { python: 2 * DAY + 19 * HOUR, linux: 4 * DAY + 18 * HOUR };
const PER_DAY = 40;

function viewWith(starts: Starts): View {
  const items = Object.entries(starts).map(([id, start]) => itemOf(id, [start, 90]));
  return viewOf({ chart: chartOf([phaseOf(1, items)], { days: 60 }) });
}

function after(starts: Starts, change: Change): Starts {
  if (change.kind === "all") return change.changes.reduce(after, starts);
  if (change.kind === "moveItem") {
    const others = Object.entries(starts).filter(([id]) => id !== change.item);
    const at = others.findIndex(([id]) => id === change.before);
    others.splice(at < 0 ? others.length : at, 0, [change.item, starts[change.item] ?? 0]);
    return Object.fromEntries(others);
  }
  if (change.kind === "notBefore") {
    const start = starts[change.item] ?? 0;
    if (change.value === "") return { ...starts, [change.item]: FIRST[change.item] ?? 0 };
    const day = dayOf(change.value) - dayOf("2027-01-04");
    return { ...starts, [change.item]: day * DAY + (start % DAY) };
  }
  if (change.kind !== "pin") return starts;
  const { item, start } = change.pin;
  const [hour = 0, minute = 0] = start.slice(11).split(":").map(Number);
  const day = dayOf(start.slice(0, 10)) - dayOf("2027-01-04");
  return { ...starts, [item]: day * DAY + hour * HOUR + minute };
}

/** A chart over a core that has only pins, dates, an order and their undo. */
async function shown(zoom = PER_DAY) {
  const steps: Starts[] = [FIRST];
  const latest = () => steps.at(-1) ?? FIRST;
  const core = new FakeCore()
    .on("keep_settings", () => null)
    .facts()
    .on("preview", ({ change }) => viewWith(after(latest(), change as Change)))
    .on("apply", ({ change }) => {
      steps.push(after(latest(), change as Change));
      return viewWith(latest());
    })
    .on("undo", () => {
      if (steps.length > 1) steps.pop();
      return viewWith(latest());
    });
  const planner = new Planner(viewWith(FIRST));
  const preferences = new Preferences({ ...SETTINGS, zoom });
  const target = document.createElement("div");
  target.id = "place";
  Object.assign(target.style, { display: "flex", width: "1000px", height: "400px" });
  document.body.append(target);
  const [facts, place] = [new Facts(), new Place({ view: "plan" })];
  await render(Gantt, { target, props: { planner, preferences, facts, place } });
  return { core, planner, place, preferences, steps };
}

beforeEach(() => () => document.getElementById("place")?.remove());

const rowOf = (item: string) =>
  document.querySelector<HTMLElement>(`[data-line="${item}"]`) ?? document.body;

function point(type: string, on: Element | Window, x: number, y: number, more = {}) {
  const at = {
    bubbles: true,
    button: 0,
    pointerType: "mouse",
    clientX: x,
    clientY: y,
    ...more,
  };
  on.dispatchEvent(new PointerEvent(type, at));
}

/** A place in the plot of a row, in minutes of the chart. */
function placeOf(item: string, minutes: number, zoom = PER_DAY) {
  const row = rowOf(item);
  const left = row.querySelector(".time")?.getBoundingClientRect().left ?? 0;
  const { top } = row.getBoundingClientRect();
  return { x: left + (minutes / DAY) * zoom, y: top + 14 };
}

const time = (item: string) => rowOf(item).querySelector(".time") ?? document.body;
const hint = () => document.getElementById("chart-drag");

async function dragged(item: string, minutes: number, dx: number, zoom = PER_DAY) {
  const { x, y } = placeOf(item, minutes, zoom);
  point("pointerdown", time(item), x, y);
  point("pointermove", window, x + dx, y);
  await expect.poll(hint).not.toBe(null);
  point("pointerup", window, x + dx, y);
  await expect.poll(hint).toBe(null);
}

test("a session is dragged by days, with the finish at the pointer, as one change", async () => {
  const { core } = await shown();
  const start = FIRST["python"] ?? 0;
  const { x, y } = placeOf("python", start + 45);
  point("pointerdown", time("python"), x, y);
  point("pointermove", window, x + 3 * PER_DAY, y);
  await expect.poll(() => hint()?.textContent).toMatch(/Sat 9 Jan, 19:00–20:30.*Finish/);
  point("pointerup", window, x + 3 * PER_DAY, y);
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([
      {
        kind: "pin",
        pin: { item: "python", start: "2027-01-09T19:00", minutes: 90 },
        instead: "2027-01-06T19:00",
      },
    ]);
});

test("zoomed in, it moves by quarters of an hour", async () => {
  const zoom = 480;
  const { core } = await shown(zoom);
  const scroller = document.querySelector("#gantt .scroller");
  if (scroller) scroller.scrollLeft = 2 * zoom;
  await expect.poll(() => scroller?.scrollLeft).toBe(2 * zoom);
  await dragged("python", (FIRST["python"] ?? 0) + 45, -40, zoom);
  const [change] = core.changes("apply");
  expect(change?.kind === "pin" && change.pin.start).toBe("2027-01-06T17:00");
});

test("Escape puts a dragged session back, and nothing is saved", async () => {
  const { core, planner } = await shown();
  const { x, y } = placeOf("python", (FIRST["python"] ?? 0) + 45);
  point("pointerdown", time("python"), x, y);
  point("pointermove", window, x + 2 * PER_DAY, y);
  await expect.poll(() => planner.previewing).not.toBe(null);
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => planner.previewing).toBe(null);
  point("pointerup", window, x + 2 * PER_DAY, y);
  expect(core.changes("apply")).toEqual([]);
});

test("Alt and arrows carry a session, and releasing Alt saves it", async () => {
  const { core } = await shown();
  rowOf("python").focus();
  await userEvent.keyboard("{ArrowRight}{Alt>}{ArrowRight}{ArrowRight}");
  await expect.poll(() => hint()?.textContent).toContain("Release Alt");
  await userEvent.keyboard("{/Alt}");
  await expect.poll(() => core.changes("apply")).toHaveLength(1);
  const [change] = core.changes("apply");
  expect(change?.kind === "pin" && change.pin.start).toBe("2027-01-08T19:00");
});

test("sessions selected with Ctrl move together in one step", async () => {
  const { core, place } = await shown();
  for (const [item, start] of Object.entries(FIRST)) {
    const { x, y } = placeOf(item, start + 45);
    const held = { ctrlKey: true };
    point("pointerdown", time(item), x, y, held);
    point("pointerup", time(item), x, y, held);
    point("click", time(item), x, y, held);
  }
  await expect.poll(() => document.querySelectorAll("#gantt .chosen")).toHaveLength(2);
  expect(place.selected).toBe(null);
  await dragged("python", (FIRST["python"] ?? 0) + 45, PER_DAY);
  const [change] = core.changes("apply");
  expect(change).toMatchObject({ kind: "all", name: "2 sessions moved" });
});

test("the end of a bar changes the item's effort", async () => {
  const { core } = await shown();
  // The end is on the session that ends there: four pixels after it only the bar is meant.
  const end = (FIRST["python"] ?? 0) + 90;
  await dragged("python", end + (5 / PER_DAY) * DAY, 2 * PER_DAY);
  const [change] = core.changes("apply");
  expect(change).toMatchObject({ kind: "estimate", item: "python" });
  expect(change?.kind === "estimate" && Number(change.minutes)).toBeGreaterThan(90);
});

test("the filter shows the rows with all its words, whatever is folded", async () => {
  const { preferences } = await shown();
  preferences.foldOnly(["phase-1"]);
  await expect.poll(() => document.querySelector("[data-line=linux]")).toBe(null);
  await userEvent.fill(document.getElementById("filter-rows") ?? document.body, "LIN");
  await expect.poll(() => document.querySelector("[data-line=linux]")).not.toBe(null);
  expect(document.querySelector("[data-line=python]")).toBe(null);
});

test("the names are made wider by keys and by drag, and as before by a double click", async () => {
  const { preferences } = await shown();
  const edge = document.querySelector<HTMLElement>("#gantt [role=separator]") ?? document.body;
  const width = () => document.querySelector("#gantt .corner")?.getBoundingClientRect().width;
  const before = width() ?? 0;
  edge.focus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.poll(width).toBe(before + 16);
  expect(preferences.namesWidth).toBe(before + 16);
  await userEvent.dblClick(edge);
  await expect.poll(width).toBe(before);
  expect(preferences.namesWidth).toBe(null);
});

/** One item with a session on each of these days. The one that is pinned comes in its order. */
async function shownSessions(days: readonly number[]) {
  const viewOfDays = (all: readonly number[]) => {
    const sessions = [...all]
      .sort((a, b) => a - b)
      .flatMap((day) => [day * DAY + 19 * HOUR, 90]);
    return viewOf({ chart: chartOf([phaseOf(1, [itemOf("python", sessions)])], { days: 60 }) });
  };
  let latest = [...days];
  const moved = (change: Change) => {
    if (change.kind !== "pin") return latest;
    const [from, to] = [change.instead ?? "", change.pin.start].map(
      (start) => dayOf(start.slice(0, 10)) - dayOf("2027-01-04"),
    );
    return latest.map((day) => (day === from ? (to ?? day) : day));
  };
  const shownChart = await shown();
  shownChart.core
    .on("preview", ({ change }) => viewOfDays(moved(change as Change)))
    .on("apply", ({ change }) => viewOfDays((latest = moved(change as Change))));
  shownChart.planner.saved = viewOfDays(days);
  shownChart.planner.shown = shownChart.planner.saved;
  await expect.poll(() => document.querySelector("[data-line=linux]")).toBe(null);
  return shownChart;
}

const starts = (core: FakeCore) =>
  core.changes("apply").map((change) => change.kind === "pin" && change.pin.start.slice(0, 10));

test("the cursor stays on a session carried past another of its item", async () => {
  const { core, place } = await shownSessions([2, 4]);
  rowOf("python").focus();
  await userEvent.keyboard("{ArrowRight}{Enter}");
  await expect.poll(() => place.selected).toEqual({ line: "python", part: 0 });
  rowOf("python").focus();
  await userEvent.keyboard("{Alt>}{ArrowRight}{ArrowRight}{ArrowRight}{/Alt}");
  await expect.poll(() => starts(core)).toEqual(["2027-01-09"]);
  // The details stay on it too: it is the second one now.
  await expect.poll(() => place.selected).toEqual({ line: "python", part: 1 });
  await userEvent.keyboard("{Alt>}{ArrowRight}{/Alt}");
  await expect.poll(() => starts(core)).toEqual(["2027-01-09", "2027-01-10"]);
});

test("the cursor is on a session that was dragged past another of its item", async () => {
  const { core } = await shownSessions([2, 4]);
  await dragged("python", 2 * DAY + 19 * HOUR + 45, 3 * PER_DAY);
  await expect.poll(() => starts(core)).toEqual(["2027-01-09"]);
  rowOf("python").focus();
  await userEvent.keyboard("{Alt>}{ArrowRight}{/Alt}");
  await expect.poll(() => starts(core)).toEqual(["2027-01-09", "2027-01-10"]);
});

/** Zoomed out, a bar is one piece. */
const FAR = 8;

test("a bar is dragged to the date before which its item doesn't begin", async () => {
  const { core } = await shown(FAR);
  const { x, y } = placeOf("python", (FIRST["python"] ?? 0) + 45, FAR);
  point("pointerdown", time("python"), x, y);
  point("pointermove", window, x + 7 * FAR, y + 2);
  await expect
    .poll(() => hint()?.textContent)
    .toMatch(/python not before 13 Jan(uary)? 2027.*Finish/);
  point("pointerup", window, x + 7 * FAR, y + 2);
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([{ kind: "notBefore", item: "python", value: "2027-01-13" }]);
});

test("a bar is dragged down the order of its phase, and Escape puts it back", async () => {
  const { core, planner } = await shown(FAR);
  const { x, y } = placeOf("python", (FIRST["python"] ?? 0) + 45, FAR);
  point("pointerdown", time("python"), x, y);
  point("pointermove", window, x, y + 28);
  await expect.poll(() => hint()?.textContent).toMatch(/python after linux/);
  await expect
    .poll(() => planner.shown.chart.phases[0]?.items.map(({ id }) => id))
    .toEqual(["linux", "python"]);
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => planner.previewing).toBe(null);
  expect(core.changes("apply")).toEqual([]);
  await draggedBar("python", 0, 28);
  expect(core.changes("apply")).toEqual([
    { kind: "moveItem", item: "python", phase: "phase-1", before: null },
  ]);
});

async function draggedBar(item: string, dx: number, dy: number, starts = FIRST) {
  const { x, y } = placeOf(item, (starts[item] ?? 0) + 45, FAR);
  point("pointerdown", time(item), x, y);
  point("pointermove", window, x + dx, y + dy);
  await expect.poll(hint).not.toBe(null);
  point("pointerup", window, x + dx, y + dy);
  await expect.poll(hint).toBe(null);
}

test("Alt and arrows on a row set its date by days and weeks, and its order", async () => {
  const { core } = await shown();
  rowOf("python").focus();
  await userEvent.keyboard("{Alt>}{ArrowRight}{Shift>}{ArrowRight}{/Shift}");
  await expect.poll(() => hint()?.textContent).toContain("Release Alt");
  await userEvent.keyboard("{/Alt}");
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([{ kind: "notBefore", item: "python", value: "2027-01-14" }]);
  await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
  await expect
    .poll(() => core.changes("apply")[1])
    .toEqual({ kind: "moveItem", item: "python", phase: "phase-1", before: null });
  await expect.poll(() => document.activeElement).toBe(rowOf("python"));
});

test("rows selected by keys change together, in one step", async () => {
  const { core } = await shown(FAR);
  rowOf("python").focus();
  await userEvent.keyboard("{Shift>}{ArrowDown}{/Shift}");
  const bar = () => document.getElementById("selection");
  await expect.poll(() => bar()?.textContent).toContain("2 items selected");
  const selected = () => document.querySelectorAll("#gantt [aria-selected=true]");
  expect(selected()).toHaveLength(2);
  await userEvent.fill(
    document.getElementById("selection-date") ?? document.body,
    "2027-02-01",
  );
  await userEvent.keyboard("{Enter}");
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([
      {
        kind: "all",
        name: "2 items not before a date",
        changes: ["python", "linux"].map((item) => ({
          kind: "notBefore",
          item,
          value: "2027-02-01",
        })),
      },
    ]);
  await userEvent.keyboard("{Escape}");
  rowOf("python").focus();
  await userEvent.keyboard("{Escape}");
  await expect.poll(bar).toBe(null);
});

test("rows selected with Ctrl and Shift are dragged together", async () => {
  const { core } = await shown(FAR);
  const name = (item: string) => rowOf(item).querySelector(".title") ?? document.body;
  const held = (more: object) => ({ bubbles: true, ...more });
  name("python").dispatchEvent(new MouseEvent("click", held({ ctrlKey: true })));
  name("linux").dispatchEvent(new MouseEvent("click", held({ ctrlKey: true })));
  await expect
    .poll(() => document.getElementById("selection")?.textContent)
    .toContain("2 items selected");
  await draggedBar("linux", 7 * FAR, 0);
  const [change] = core.changes("apply");
  const values = change?.kind === "all" ? change.changes : [];
  expect(values).toEqual([
    { kind: "notBefore", item: "linux", value: "2027-01-15" },
    { kind: "notBefore", item: "python", value: "2027-01-13" },
  ]);
});

test("any series of bars dragged and undone ends where it began", async () => {
  const { planner, steps } = await shown(FAR);
  let seed = 20270312;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (let turn = 0; turn < 14; turn += 1) {
    const starts = steps.at(-1) ?? FIRST;
    const ids = Object.keys(starts);
    const item = ids[random(ids.length)] ?? "";
    if (random(2) === 0) await draggedBar(item, (1 + random(9)) * FAR, 0, starts);
    else await draggedBar(item, 0, ids[0] === item ? 28 : -28, starts);
    await expect.poll(() => planner.previewing).toBe(null);
    if (random(3) === 0) await planner.run("undo", undo);
  }
  expect(steps.length).toBeGreaterThan(4);
  while (steps.length > 1) await planner.run("undo", undo);
  await expect.poll(() => planner.saved.chart).toEqual(viewWith(FIRST).chart);
  expect(planner.shown).toBe(planner.saved);
});

test("any series of drags and undos ends where it began", async () => {
  const { planner, steps } = await shown();
  let seed = 20270104;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (let turn = 0; turn < 12; turn += 1) {
    const item = random(2) === 0 ? "python" : "linux";
    const start = steps.at(-1)?.[item] ?? 0;
    const days = random(5) - (start > 3 * DAY ? 2 : 0) || 1;
    await dragged(item, start + 45, days * PER_DAY);
    await expect.poll(() => planner.previewing).toBe(null);
    if (random(3) === 0) await planner.run("undo", undo);
  }
  expect(steps.length).toBeGreaterThan(3);
  while (steps.length > 1) await planner.run("undo", undo);
  await expect.poll(() => planner.saved.chart).toEqual(viewWith(FIRST).chart);
  expect(planner.shown).toBe(planner.saved);
});
