import { tick } from "svelte";
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Settings } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { SETTINGS } from "../fixtures/settings";
import { chartOf, DAY, itemOf, phaseOf, viewOf } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import { Facts } from "../planner/facts.svelte";
import { Planner } from "../planner/planner.svelte";
import { Preferences } from "../settings/preferences.svelte";
import Gantt from "./Gantt.svelte";

async function shown(settings: Partial<Settings> = {}, view = viewOf()) {
  const core = new FakeCore()
    .on("keep_settings", () => null)
    .facts({ needs: { docker: [{ id: "linux", title: "linux" }] } })
    .onChange(() => view);
  const planner = new Planner(view);
  const preferences = new Preferences({ ...SETTINGS, ...settings });
  // The page gives the chart its height.
  const target = document.createElement("div");
  Object.assign(target.style, { display: "flex", width: "1000px", height: "400px" });
  document.body.append(target);
  const place = new Place({ view: "plan" });
  const facts = new Facts();
  await render(Gantt, { target, props: { planner, preferences, facts, place } });
  const row = (id: string) => page.elementLocator(rowOf(id));
  return { core, place, preferences, row, scroller: scrollerOf() };
}

function rowOf(id: string): HTMLElement {
  const row = document.querySelector<HTMLElement>(`[data-line="${id}"]`);
  if (!row) throw new Error(`There is no row ${id}.`);
  return row;
}

function scrollerOf(): HTMLElement {
  const scroller = document.querySelector<HTMLElement>("#gantt .scroller");
  if (!scroller) throw new Error("There is no chart.");
  return scroller;
}

const focusedRow = () => document.activeElement?.closest("[data-line]");

test("Left folds a phase, Right unfolds it", async () => {
  const { preferences, row } = await shown();
  (row("phase-1").element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowLeft}");
  expect([...preferences.folded]).toEqual(["phase-1"]);
  await expect.poll(() => document.querySelector("[data-line=python]")).toBe(null);
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(row("python")).toBeVisible();
});

test("Up and Down move between rows, Home and End to the ends", async () => {
  const { row } = await shown();
  (row("phase-1").element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(focusedRow()).toBe(rowOf("linux"));
  await userEvent.keyboard("{End}");
  expect(focusedRow()).toBe(rowOf("docker"));
  await userEvent.keyboard("{Home}");
  expect(focusedRow()).toBe(rowOf("phase-1"));
});

test("the row with the focus stays in sight when the chart gets smaller", async () => {
  const items = Array.from({ length: 30 }, (_, at) => itemOf(`item-${at}`, [at * DAY, 60]));
  const view = viewOf({ chart: chartOf([phaseOf(1, items)]) });
  const { row, scroller } = await shown({}, view);
  (row("phase-1").element() as HTMLElement).focus();
  await userEvent.keyboard("{End}");
  const last = rowOf("item-29");
  expect(focusedRow()).toBe(last);
  const isInside = () =>
    last.getBoundingClientRect().bottom <= scroller.getBoundingClientRect().bottom;
  await expect.poll(isInside).toBe(true);
  // A line above the chart grows.
  const place = scroller.closest<HTMLElement>("div[style]:has(#gantt)");
  if (place) place.style.height = "380px";
  await expect.poll(() => scroller.clientHeight).toBeLessThan(382);
  await expect.poll(isInside).toBe(true);
});

test("only the rows in sight are drawn, and the keys reach all of them", async () => {
  const items = Array.from({ length: 3000 }, (_, at) => itemOf(`item-${at}`, [at * DAY, 60]));
  const view = viewOf({ chart: chartOf([phaseOf(1, items)]) });
  const { row, scroller } = await shown({}, view);
  const drawn = () => document.querySelectorAll("[data-line]").length;
  const inSight = Math.ceil(scroller.clientHeight / 28);
  expect(drawn()).toBeLessThan(inSight + 14);
  expect(document.querySelector("[role=treegrid]")?.ariaRowCount).toBe("3001");
  (row("phase-1").element() as HTMLElement).focus();
  await userEvent.keyboard("{End}{ArrowUp}");
  const focused = rowOf("item-2998");
  expect(focusedRow()).toBe(focused);
  expect(focused.ariaRowIndex).toBe("3000");
  await expect.element(row("item-2998")).toBeInViewport();
  // The row with the focus is kept while it is out of sight, and the keys go on from it.
  scroller.scrollTop = 0;
  await expect.poll(() => document.querySelector("[data-line=item-3]")).not.toBe(null);
  expect(focusedRow()).toBe(focused);
  expect(drawn()).toBeLessThan(inSight + 14);
  await userEvent.keyboard("{ArrowUp}");
  expect(focusedRow()).toBe(rowOf("item-2997"));
  await expect.element(row("item-2997")).toBeInViewport();
});

test("Right steps to a session and speaks it, Enter shows its details", async () => {
  const { place, row } = await shown();
  (row("python").element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  const spoken = () => document.querySelector("[aria-live]")?.textContent;
  await expect.poll(spoken).toMatch(/Session 2 of 2.*Tuesday 5 January 2027/);
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => place.selected).toEqual({ line: "python", part: 1 });
});

test("a press on a session shows its details", async () => {
  const { place, row } = await shown({ zoom: 100 });
  const names = rowOf("python").querySelector(".name")?.getBoundingClientRect();
  // The first session, at 19:00 of the first day, 100 pixels a day.
  const x = (names?.width ?? 0) + (19 / 24) * 100 + 3;
  await row("python").click({ position: { x, y: 14 } });
  await expect.poll(() => place.selected).toEqual({ line: "python", part: 0 });
});

test("a drag moves the chart across and asks for nothing", async () => {
  const { place, scroller } = await shown({ zoom: 300 });
  const time = rowOf("python").querySelector(".time");
  const from = time?.getBoundingClientRect();
  const at = (dx: number) => ({
    bubbles: true,
    pointerId: 1,
    pointerType: "mouse",
    button: 0,
    clientX: (from?.left ?? 0) + 600 + dx,
    clientY: (from?.top ?? 0) + 10,
  });
  // A pointer that no device moves can't be captured.
  scroller.setPointerCapture = () => undefined;
  time?.dispatchEvent(new PointerEvent("pointerdown", at(0)));
  time?.dispatchEvent(new PointerEvent("pointermove", at(-120)));
  time?.dispatchEvent(new PointerEvent("pointerup", at(-120)));
  time?.dispatchEvent(new MouseEvent("click", at(-120)));
  expect(scroller.scrollLeft).toBe(120);
  expect(place.selected).toBe(null);
});

test("Ctrl and the wheel zoom about the pointer: the day under it stays there", async () => {
  const { preferences, scroller } = await shown({ zoom: 60 });
  const left = scroller.getBoundingClientRect().left;
  const names = rowOf("python").querySelector(".name")?.getBoundingClientRect().width ?? 0;
  const day = (x: number) => (scroller.scrollLeft + x) / preferences.zoom;
  const before = day(400);
  scroller.dispatchEvent(
    new WheelEvent("wheel", {
      ctrlKey: true,
      deltaY: -100,
      clientX: left + names + 400,
      cancelable: true,
    }),
  );
  await expect.poll(() => preferences.zoom).toBeGreaterThan(60);
  expect(day(400)).toBeCloseTo(before, 1);
});

test("0 fits the whole plan, + and - zoom", async () => {
  const { preferences, row } = await shown();
  (row("python").element() as HTMLElement).focus();
  await userEvent.keyboard("+");
  await expect.poll(() => preferences.zoom).toBeGreaterThan(0);
  await userEvent.keyboard("0");
  await expect.poll(() => preferences.zoom).toBe(0);
});

test("the pointer over a session shows its time and reason, Escape hides them", async () => {
  const { row } = await shown({ zoom: 100 });
  const names = rowOf("python").querySelector(".name")?.getBoundingClientRect();
  const x = (names?.width ?? 0) + (19 / 24) * 100 + 3;
  await row("python").hover({ position: { x, y: 14 } });
  const tip = page.getByRole("tooltip");
  await expect.element(tip).toHaveTextContent(/19:00–20:30/);
  await expect.element(tip).toHaveTextContent(/the first free time there is/);
  await userEvent.keyboard("{Escape}");
  await expect.element(tip).not.toBeInTheDocument();
});

/** A plan of 200 days, 20 days old. */
const LONG = viewOf({
  chart: chartOf([phaseOf(1, [itemOf("python", [19 * 60, 90, 199 * DAY, 60])])], {
    days: 200,
    today: 20 * DAY,
  }),
});

test("zooming from Fit by a button keeps the present where it is", async () => {
  const { scroller } = await shown({}, LONG);
  const line = () =>
    document.querySelector("#gantt svg .today")?.getBoundingClientRect().x ?? -1;
  const before = line();
  for (let press = 0; press < 4; press += 1) {
    // Not the driver's click, which scrolls a sticky button to its first place.
    document.getElementById("zoom-in")?.click();
    await tick();
  }
  expect(scroller.scrollLeft).toBeGreaterThan(0);
  expect(Math.abs(line() - before)).toBeLessThan(2);
});

test("keys zoom about the row with the cursor, or about the pointer", async () => {
  const items = [
    itemOf("python", [19 * 60, 90, 199 * DAY, 60]),
    itemOf("linux", [100 * DAY, 90, 150 * DAY, 90]),
  ];
  const view = viewOf({ chart: chartOf([phaseOf(1, items)], { days: 200, today: 20 * DAY }) });
  const { preferences, row, scroller } = await shown({}, view);
  const names = rowOf("linux").querySelector(".name")?.getBoundingClientRect().width ?? 0;
  const perDay = () => preferences.zoom || (1000 - names - 20) / 200;
  const place = (day: number) => day * perDay() - scroller.scrollLeft;
  (row("linux").element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowUp}{ArrowDown}");
  const before = place(100);
  await userEvent.keyboard("+++");
  await expect.poll(() => scroller.scrollLeft).toBeGreaterThan(0);
  expect(Math.abs(place(100) - before)).toBeLessThan(3);

  const x = scroller.getBoundingClientRect().left + names + 50;
  const at = { bubbles: true, clientX: x, clientY: 90 };
  rowOf("python").dispatchEvent(new PointerEvent("pointermove", at));
  const day = (scroller.scrollLeft + 50) / perDay();
  await userEvent.keyboard("+");
  await tick();
  expect(Math.abs(place(day) - 50)).toBeLessThan(3);
});

test("a target far beyond the plan is told at the edge", async () => {
  const view = viewOf({ chart: { ...LONG.chart, target: 900 * DAY } });
  await shown({}, view);
  const flags = () => document.querySelector("#gantt .head")?.textContent;
  await expect.poll(flags).toMatch(/Target, 2\d Jun 2029 ›|Target, Jun 2\d 2029 ›/);
});

test("T scrolls to the present", async () => {
  const { scroller } = await shown({ zoom: 100 }, LONG);
  scroller.scrollLeft = 15_000;
  scroller.dispatchEvent(new Event("scroll"));
  await userEvent.keyboard("t");
  await expect.poll(() => scroller.scrollLeft).toBeLessThan(2000);
  expect(scroller.scrollLeft).toBeGreaterThan(1000);
});

test("Shift and a press select the rows up to it, from the one that began", async () => {
  await shown();
  const press = (id: string, ...modifiers: ("Shift" | "Control")[]) =>
    page.elementLocator(rowOf(id).querySelector(".title") ?? rowOf(id)).click({ modifiers });
  const selected = () =>
    [...document.querySelectorAll<HTMLElement>("[data-line][aria-selected=true]")].map(
      ({ dataset }) => dataset["line"],
    );
  await press("python", "Control");
  await expect.poll(selected).toEqual(["python"]);
  // A phase between them is none of the items.
  await press("docker", "Shift");
  await expect.poll(selected).toEqual(["python", "linux", "docker"]);
  const bar = page.elementLocator(document.getElementById("selection") ?? document.body);
  await expect.element(bar).toHaveTextContent("3 items selected");
  // The range is another one, from the same row.
  await press("linux", "Shift");
  await expect.poll(selected).toEqual(["python", "linux"]);
  await press("linux", "Control");
  await expect.poll(selected).toEqual(["python"]);
  await press("docker");
  await expect.poll(selected).toEqual([]);
});

test("Shift and a press without a selection select from the row with the cursor", async () => {
  const { row } = await shown();
  (row("python").element() as HTMLElement).focus();
  await page
    .elementLocator(rowOf("docker").querySelector(".title") ?? rowOf("docker"))
    .click({ modifiers: ["Shift"] });
  await expect
    .poll(() => document.getElementById("selection")?.textContent)
    .toContain("3 items selected");
});

test("labels are drawn over the arrows of the selection, with their ground around the words", async () => {
  const { place } = await shown();
  place.select({ line: "docker", part: "line" }, false);
  const arrows = () => document.querySelector("#gantt .need");
  await expect.poll(() => arrows()?.getAttribute("d")).toMatch(/^M/);
  const texts = [...document.querySelectorAll("#gantt svg text")];
  expect(texts.map(({ textContent }) => textContent.trim())).toContain("Outcome 1");
  for (const text of texts) {
    const order = arrows()?.compareDocumentPosition(text) ?? 0;
    expect(order & Node.DOCUMENT_POSITION_FOLLOWING, text.textContent).toBeTruthy();
  }
  const { paintOrder, stroke, strokeWidth } = getComputedStyle(
    document.querySelector("#gantt .outcome") ?? document.body,
  );
  expect([paintOrder, strokeWidth]).toEqual(["stroke", "4px"]);
  expect(stroke).not.toBe("none");
});
