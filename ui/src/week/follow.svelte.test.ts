import { beforeEach, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Change } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { chartOf, DAY, HOUR, itemOf, phaseOf, viewOf } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import { Planner } from "../planner/planner.svelte";
import { minutesFrom } from "../words/moments";
import Week from "./Week.svelte";

const ORIGIN = "2027-01-04";

function viewWith(starts: readonly number[]) {
  const python = itemOf(
    "python",
    [...starts].sort((a, b) => a - b).flatMap((start) => [start, 90]),
  );
  return viewOf({ chart: chartOf([phaseOf(1, [python])]) });
}

function after(starts: readonly number[], change: Change): readonly number[] {
  if (change.kind === "all") return change.changes.reduce(after, starts);
  if (change.kind !== "pin") return starts;
  const from = minutesFrom(ORIGIN, change.instead ?? change.pin.start);
  const to = minutesFrom(ORIGIN, change.pin.start);
  return [...starts.filter((start) => start !== from), to];
}

/** A week with sessions of one item on Monday, Tuesday and Friday. */
async function shown() {
  let starts: readonly number[] = [19 * HOUR, DAY + 19 * HOUR, 4 * DAY + 19 * HOUR];
  const core = new FakeCore()
    .on("busy_times", () => [])
    .on("preview", ({ change }) => viewWith(after(starts, change as Change)))
    .on("apply", ({ change }) => viewWith((starts = after(starts, change as Change))));
  const planner = new Planner(viewWith(starts));
  const place = new Place({ view: "week" });
  const target = document.createElement("div");
  target.id = "place";
  Object.assign(target.style, { display: "flex", width: "1000px", height: "600px" });
  document.body.append(target);
  await render(Week, { target, props: { planner, place } });
  return { core, place };
}

beforeEach(() => () => document.getElementById("place")?.remove());

const block = (day: string) =>
  document.querySelector<HTMLElement>(`[data-block][aria-label*=", ${day} "]`) ?? document.body;

function point(type: string, on: Element | Window, x: number, y: number) {
  const at = { bubbles: true, button: 0, pointerType: "mouse", clientX: x, clientY: y };
  on.dispatchEvent(new PointerEvent(type, at));
}

async function dragged(day: string, days: number) {
  const width = document.querySelector(".column")?.getBoundingClientRect().width ?? 0;
  const box = block(day).getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + 9];
  point("pointerdown", block(day), x, y);
  point("pointermove", window, x + days * width, y);
  await expect.poll(() => document.querySelector("#carry-hint")).not.toBe(null);
  point("pointerup", window, x + days * width, y);
  await expect.poll(() => document.querySelector("#carry-hint")).toBe(null);
}

const selected = () =>
  [...document.querySelectorAll("[aria-selected=true] [data-block]")].map(
    (each) => each.getAttribute("aria-label")?.split(", ")[1],
  );

test("past another session of its item, a dragged one stays selected and in the details", async () => {
  const { place } = await shown();
  block("Monday").click();
  expect(place.selected).toEqual({ line: "python", part: 0 });
  await dragged("Monday", 2);
  await expect.poll(() => place.selected).toEqual({ line: "python", part: 1 });
  await expect.poll(selected).toEqual(["Wednesday 6 January 2027"]);
  expect(place.block).toBe("python 1");
  expect(document.activeElement).toBe(block("Wednesday"));
});

test("the details of another session stay on that one", async () => {
  const { place } = await shown();
  block("Tuesday").click();
  expect(place.selected).toEqual({ line: "python", part: 1 });
  await dragged("Monday", 2);
  await expect.poll(() => place.selected).toEqual({ line: "python", part: 0 });
  await expect.poll(selected).toEqual(["Wednesday 6 January 2027"]);
});

test("several that are dragged together stay selected", async () => {
  await shown();
  block("Monday").click();
  block("Tuesday").dispatchEvent(new MouseEvent("click", { bubbles: true, ctrlKey: true }));
  await dragged("Monday", 4);
  await expect.poll(selected).toEqual(["Friday 8 January 2027", "Saturday 9 January 2027"]);
});

test("Alt and arrows keep focus, selection and details on the session", async () => {
  const { place } = await shown();
  block("Monday").click();
  block("Monday").focus();
  await userEvent.keyboard("{Alt>}{ArrowRight}{ArrowRight}{ArrowRight}{/Alt}");
  await expect.poll(() => place.selected).toEqual({ line: "python", part: 1 });
  await expect.poll(selected).toEqual(["Thursday 7 January 2027"]);
  await expect.poll(() => document.activeElement).toBe(block("Thursday"));
});

test("by a week on, too", async () => {
  const { place } = await shown();
  block("Monday").click();
  block("Monday").focus();
  await userEvent.keyboard("{Alt>}{PageDown}{/Alt}");
  await expect.poll(() => place.selected).toEqual({ line: "python", part: 2 });
  await expect.poll(selected).toEqual(["Monday 11 January 2027"]);
  await expect.poll(() => document.activeElement).toBe(block("Monday"));
});
