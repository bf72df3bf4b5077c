import { beforeEach, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { PinnedSession } from "../fixtures/pins";
import { FIRST, pinCore, viewWith } from "../fixtures/pins";
import { HOUR } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import Week from "./Week.svelte";

const MISSED: PinnedSession = { start: 9 * HOUR, minutes: 90, state: "missed" };

/** A week whose Monday morning was missed; it is noon of that day. */
async function shown(first: Readonly<Record<string, PinnedSession>> = { python: MISSED }) {
  const { core, planner } = pinCore(first);
  core.on("preview", () => viewWith(FIRST)).on("apply", () => viewWith(FIRST));
  const target = document.createElement("div");
  target.id = "place";
  Object.assign(target.style, { display: "flex", width: "1000px", height: "600px" });
  document.body.append(target);
  await render(Week, { target, props: { planner, place: new Place({ view: "week" }) } });
  return core;
}

beforeEach(() => () => document.getElementById("place")?.remove());

const block = (item: string) =>
  document.querySelector<HTMLElement>(`[data-block^="${item} "]`) ?? document.body;
const LOGGED = {
  kind: "log",
  item: "python",
  start: "2027-01-04T09:00",
  minutes: "90",
  note: "",
  entry: null,
};

test("D logs the session with the focus as done", async () => {
  const core = await shown();
  block("python").focus();
  await userEvent.keyboard("d");
  await expect.poll(() => core.changes("apply")).toEqual([LOGGED]);
});

test("a double click logs a session as done", async () => {
  const core = await shown();
  await userEvent.dblClick(block("python"));
  await expect.poll(() => core.changes("apply")).toEqual([LOGGED]);
});

test("a session to come can't be logged, and the page says so", async () => {
  const core = await shown(FIRST);
  block("linux").focus();
  await userEvent.keyboard("d");
  await expect
    .poll(() => document.querySelector("[role=status]")?.textContent)
    .toContain("Only sessions of today and earlier");
  expect(core.changes("apply")).toEqual([]);
});

test("a drag on empty in the past asks for the item, and logs it at that time", async () => {
  const core = await shown();
  const column = document.querySelector(".column") ?? document.body;
  const { left, top, height } = column.getBoundingClientRect();
  const hour = height / 14;
  const point = (type: string, on: Element | Window, y: number) =>
    on.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        button: 0,
        pointerType: "mouse",
        clientX: left + 40,
        clientY: y,
      }),
    );
  // The grid begins at 8: from 10 to 11.
  point("pointerdown", column, top + 2 * hour + 2);
  point("pointermove", window, top + 3 * hour - 8);
  point("pointermove", window, top + 3 * hour);
  point("pointerup", window, top + 3 * hour);
  const dialog = () => document.querySelector<HTMLDialogElement>("#log-here[open]");
  await expect.poll(dialog).not.toBe(null);
  expect(core.changes("apply")).toEqual([]);
  const minutes = dialog()?.querySelector<HTMLInputElement>(".minutes");
  expect(minutes?.value).toBe("60");
  minutes?.focus();
  await userEvent.keyboard("{Enter}");
  await expect
    .poll(() => core.changes("apply"))
    .toMatchObject([{ kind: "log", item: "python", start: "2027-01-04T10:00", minutes: "60" }]);
  await expect.poll(dialog).toBe(null);
});

test("Enter in the tray puts waiting work on the next free study time", async () => {
  const waiting = { python: { start: 19 * HOUR, minutes: 90, waiting: 120 } };
  const { core, planner } = pinCore(waiting);
  const view = viewWith(waiting);
  view.plan.windows = [{ day: "wed", from: "19:00", to: "21:00" }];
  planner.saved = view;
  planner.shown = view;
  const target = document.createElement("div");
  target.id = "place";
  Object.assign(target.style, { display: "flex", width: "1000px", height: "600px" });
  document.body.append(target);
  await render(Week, { target, props: { planner, place: new Place({ view: "week" }) } });
  document.querySelector<HTMLElement>("[data-tray=python]")?.focus();
  await userEvent.keyboard("{Enter}");
  await expect
    .poll(() => core.changes("apply"))
    .toMatchObject([{ kind: "place", session: { item: "python", start: "2027-01-06T19:00" } }]);
});
