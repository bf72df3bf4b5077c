import { createRawSnippet } from "svelte";
import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Change, View } from "../bridge";
import { undo } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { chartOf, DAY, HOUR, itemOf, phaseOf, viewOf } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import { Planner } from "../planner/planner.svelte";
import { dayOf } from "../words/dates";
import Week from "./Week.svelte";

const menu = createRawSnippet(() => ({ render: () => `<p role="note">menu</p>` }));

interface Session {
  start: number;
  minutes: number;
}

const FIRST: Readonly<Record<string, Session>> = {
  python: { start: 19 * HOUR, minutes: 90 },
  linux: { start: 2 * DAY + 18 * HOUR, minutes: 60 },
};

function viewWith(sessions: Readonly<Record<string, Session>>): View {
  const items = Object.entries(sessions).map(([id, { start, minutes }]) =>
    itemOf(id, [start, minutes]),
  );
  return viewOf({ chart: chartOf([phaseOf(1, items)]) });
}

function after(sessions: Record<string, Session>, change: Change): Record<string, Session> {
  if (change.kind !== "pin") return sessions;
  const { item, start, minutes } = change.pin;
  const [hour = 0, minute = 0] = start.slice(11).split(":").map(Number);
  const day = dayOf(start.slice(0, 10)) - dayOf("2027-01-04");
  return { ...sessions, [item]: { start: day * DAY + hour * HOUR + minute, minutes } };
}

/** A week over a core that has only pins and their undo. */
async function shown() {
  const steps: Record<string, Session>[] = [{ ...FIRST }];
  const latest = () => steps.at(-1) ?? {};
  const core = new FakeCore()
    .on("preview", ({ change }) => viewWith(after(latest(), change as Change)))
    .on("apply", ({ change }) => {
      steps.push(after(latest(), change as Change));
      return viewWith(latest());
    })
    .on("undo", () => {
      if (steps.length > 1) steps.pop();
      return viewWith(latest());
    });
  const planner = new Planner(viewWith(latest()));
  const target = document.createElement("div");
  target.id = "place";
  Object.assign(target.style, { display: "flex", width: "1000px", height: "600px" });
  document.body.append(target);
  await render(Week, { target, props: { planner, place: new Place(), menu } });
  return { core, planner, steps };
}

beforeEach(() => () => document.getElementById("place")?.remove());

const block = (item: string) =>
  document.querySelector<HTMLElement>(`[data-block^="${item} "]`) ?? document.body;

function point(type: string, on: Element | Window, x: number, y: number) {
  const at = { bubbles: true, button: 0, pointerType: "mouse", clientX: x, clientY: y };
  on.dispatchEvent(new PointerEvent(type, at));
}

/** Drags by pixels, from the middle of a session or from its lower edge. */
async function dragged(item: string, dx: number, dy: number, isEdge = false) {
  const box = block(item).getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, isEdge ? box.bottom - 2 : box.top + 9];
  point("pointerdown", block(item), x, y);
  point("pointermove", window, x + dx, y + dy);
  await expect.poll(() => document.querySelector("#carry-hint")).not.toBe(null);
  point("pointerup", window, x + dx, y + dy);
  await expect.poll(() => document.querySelector("#carry-hint")).toBe(null);
}

const drawn = () =>
  [...document.querySelectorAll("[data-block]")].map((each) => each.getAttribute("aria-label"));

const columnWidth = () => document.querySelector(".column")?.getBoundingClientRect().width ?? 0;
const hourHeight = () =>
  (document.querySelector(".column")?.getBoundingClientRect().height ?? 0) / 14;

test("a session dragged to another day and time is pinned there", async () => {
  const { core } = await shown();
  await dragged("python", columnWidth(), -2 * hourHeight());
  expect(core.changes("apply")).toEqual([
    {
      kind: "pin",
      pin: { item: "python", start: "2027-01-05T17:00", minutes: 90 },
      instead: "2027-01-04T19:00",
    },
  ]);
});

test("its edge changes its length", async () => {
  const { core } = await shown();
  await dragged("python", 0, hourHeight(), true);
  expect(core.changes("apply")).toMatchObject([
    { pin: { start: "2027-01-04T19:00", minutes: 150 } },
  ]);
});

test("a drag on empty adds study time for that day", async () => {
  const { core } = await shown();
  const column = document.querySelectorAll(".column")[1] ?? document.body;
  const box = column.getBoundingClientRect();
  const y = box.top + 2 * hourHeight() + 1;
  point("pointerdown", column, box.left + 20, y);
  point("pointermove", window, box.left + 20, y + 2 * hourHeight());
  point("pointerup", window, box.left + 20, y + 2 * hourHeight());
  await expect
    .poll(() => core.changes("apply"))
    .toMatchObject([
      { exception: { kind: "extra-window", first: "2027-01-05", from: "10:00", to: "12:00" } },
    ]);
});

test("Escape puts a dragged session back, and nothing is saved", async () => {
  const { core, planner } = await shown();
  const before = drawn();
  const { left, top } = block("linux").getBoundingClientRect();
  point("pointerdown", block("linux"), left + 20, top + 9);
  point("pointermove", window, left + 20, top + 109);
  await expect.poll(() => planner.previewing).toBe("pin");
  await userEvent.keyboard("{Escape}");
  await expect.poll(drawn).toEqual(before);
  point("pointerup", window, left + 20, top + 109);
  expect(core.changes("apply")).toEqual([]);
});

test("Alt and arrows carry a session, and releasing Alt saves it with the focus on it", async () => {
  const { core } = await shown();
  block("python").focus();
  await userEvent.keyboard("{Alt>}{ArrowRight}{ArrowUp}");
  await expect
    .element(page.elementLocator(document.querySelector("#carry-hint") ?? document.body))
    .toHaveTextContent("Tue 5 Jan, 18:45–20:15");
  expect(core.changes("apply")).toEqual([]);
  await userEvent.keyboard("{/Alt}");
  await expect
    .poll(() => core.changes("apply"))
    .toMatchObject([{ pin: { start: "2027-01-05T18:45" }, instead: "2027-01-04T19:00" }]);
  await expect.poll(() => document.activeElement).toBe(block("python"));
});

test("any series of drags and undos ends where it began", async () => {
  const { planner, steps } = await shown();
  const before = drawn();
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let round = 0; round < 12; round += 1) {
    const item = random(2) === 0 ? "python" : "linux";
    const depth = steps.length;
    const { left } = block(item).getBoundingClientRect();
    const monday = document.querySelector(".column")?.getBoundingClientRect().left ?? 0;
    const days = random(7) - Math.floor((left - monday) / columnWidth());
    await dragged(item, days * columnWidth(), -(1 + random(4)) * 9, random(3) === 0);
    // Each drop is one step, or none if it ends where it began.
    expect(steps.length - depth).toBeLessThanOrEqual(1);
    if (random(3) === 0) await planner.run("undo", undo);
  }
  while (steps.length > 1) await planner.run("undo", undo);
  await expect.poll(drawn).toEqual(before);
});
