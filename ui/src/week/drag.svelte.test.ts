import axe from "axe-core";
import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { undo } from "../bridge";
import type { PinnedSession } from "../fixtures/pins";
import { FIRST, pinCore, viewWith } from "../fixtures/pins";
import { HOUR } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import Week from "./Week.svelte";

/** A week over a core that has only pins and their undo. */
async function shown(first: Readonly<Record<string, PinnedSession>> = FIRST) {
  const { core, planner, steps } = pinCore(first);
  const target = document.createElement("div");
  target.id = "place";
  Object.assign(target.style, { display: "flex", width: "1000px", height: "600px" });
  document.body.append(target);
  await render(Week, { target, props: { planner, place: new Place({ view: "week" }) } });
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

test("while it is carried, the grid stays a grid, and place and effect are spoken", async () => {
  await shown();
  block("python").focus();
  await userEvent.keyboard("{Alt>}{ArrowRight}");
  await expect.poll(() => document.querySelector("#carry-hint")).not.toBe(null);
  await expect
    .element(page.getByRole("status").filter({ hasText: "Tue 5 Jan, 19:00–20:30. Finish" }))
    .toBeInTheDocument();
  const { violations } = await axe.run(document.getElementById("place") ?? document.body);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  // The test's page has no landmarks.
  expect(found.filter((each) => !/^(region|landmark|page-has)/.test(each))).toEqual([]);
  await userEvent.keyboard("{Escape}{/Alt}");
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

test("several are selected with Ctrl, and move together in one step", async () => {
  const { core } = await shown();
  await userEvent.keyboard("{Control>}");
  for (const item of ["python", "linux"]) {
    block(item).dispatchEvent(new MouseEvent("click", { bubbles: true, ctrlKey: true }));
  }
  await userEvent.keyboard("{/Control}");
  await expect.poll(() => document.querySelectorAll("[aria-selected=true]")).toHaveLength(2);
  await dragged("python", columnWidth(), -hourHeight());
  expect(core.changes("apply")).toMatchObject([
    {
      kind: "all",
      name: "2 sessions moved",
      changes: [
        { pin: { item: "linux", start: "2027-01-07T17:00" } },
        { pin: { item: "python", start: "2027-01-05T18:00" } },
      ],
    },
  ]);
});

test("a lasso with Shift selects the sessions it touches", async () => {
  await shown();
  const columns = [...document.querySelectorAll(".column")].map((each) =>
    each.getBoundingClientRect(),
  );
  const [monday, wednesday] = [columns[0], columns[2]];
  const start = [(monday?.left ?? 0) + 4, (monday?.top ?? 0) + 6 * hourHeight()] as const;
  const at = { bubbles: true, button: 0, pointerType: "mouse", shiftKey: true };
  document
    .querySelector(".column")
    ?.dispatchEvent(
      new PointerEvent("pointerdown", { ...at, clientX: start[0], clientY: start[1] }),
    );
  const end = [(wednesday?.right ?? 0) - 4, (wednesday?.bottom ?? 0) - 4] as const;
  point("pointermove", window, ...end);
  await expect.poll(() => document.querySelectorAll("[aria-selected=true]")).toHaveLength(2);
  point("pointerup", window, ...end);
  await expect.poll(() => document.querySelector(".lasso")).toBe(null);
});

test("Shift and arrows select more, and Alt with Page Down moves them on by a week", async () => {
  const { core } = await shown();
  block("python").focus();
  await userEvent.keyboard("{Shift>}{ArrowRight}{/Shift}");
  await expect.poll(() => document.querySelectorAll("[aria-selected=true]")).toHaveLength(2);
  await userEvent.keyboard("{Alt>}{PageDown}{/Alt}");
  await expect.poll(() => core.changes("apply")).toHaveLength(1);
  expect(core.changes("apply")).toMatchObject([
    {
      kind: "all",
      changes: [
        { pin: { item: "linux", start: "2027-01-13T18:00" }, instead: "2027-01-06T18:00" },
        { pin: { item: "python", start: "2027-01-11T19:00" }, instead: "2027-01-04T19:00" },
      ],
    },
  ]);
  await expect.element(page.getByRole("heading", { level: 2 })).toHaveTextContent("11–17 Jan");
});

test("Delete sets the session aside", async () => {
  const { core } = await shown();
  block("linux").focus();
  await userEvent.keyboard("{Delete}");
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([
      {
        kind: "setAside",
        session: { item: "linux", start: "2027-01-06T18:00", minutes: 60 },
      },
    ]);
  await expect.poll(() => document.activeElement).toBe(block("python"));
});

test("a session dropped on the tray is set aside, and previewed while it is over it", async () => {
  const { core } = await shown();
  const box = block("linux").getBoundingClientRect();
  const [x, y] = [box.left + 9, box.top + 9];
  const tray = document.querySelector("#tray")?.getBoundingClientRect();
  const there = [(tray?.left ?? 0) + 20, (tray?.top ?? 0) + 20] as const;
  point("pointerdown", block("linux"), x, y);
  point("pointermove", window, ...there);
  await expect.poll(() => core.changes("preview")).toMatchObject([{ kind: "setAside" }]);
  await expect.poll(() => drawn().some((name) => name?.includes("linux"))).toBe(false);
  // Away from it, the session is carried again; back on it, a drop sets it aside.
  point("pointermove", window, x, y + hourHeight());
  await expect.poll(() => document.querySelector("#carry-hint")).not.toBe(null);
  point("pointermove", window, ...there);
  await expect.poll(() => document.querySelector("#tray.target")).not.toBe(null);
  point("pointerup", window, ...there);
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([
      {
        kind: "setAside",
        session: { item: "linux", start: "2027-01-06T18:00", minutes: 60 },
      },
    ]);
  await expect.poll(() => document.querySelector("#tray.target")).toBe(null);
});

test("work that waits is dragged from the tray, or placed with Enter", async () => {
  const { core } = await shown({ python: { start: 19 * HOUR, minutes: 90, waiting: 120 } });
  const entry = document.querySelector<HTMLElement>("[data-tray=python]") ?? document.body;
  const { left, top } = entry.getBoundingClientRect();
  const column = document.querySelectorAll(".column")[3]?.getBoundingClientRect();
  const there = [(column?.left ?? 0) + 20, (column?.top ?? 0) + 2 * hourHeight() + 6] as const;
  point("pointerdown", entry, left + 20, top + 10);
  point("pointermove", window, left + 10, top + 10);
  point("pointermove", window, ...there);
  await expect.poll(() => document.querySelector("#carry-hint")).not.toBe(null);
  point("pointerup", window, ...there);
  await expect
    .poll(() => core.changes("apply"))
    .toMatchObject([
      {
        kind: "place",
        session: { item: "python", start: "2027-01-07T10:00", minutes: 90 },
      },
    ]);
});

test("in the past a drag logs what really happened", async () => {
  const { core } = await shown({ python: { start: 19 * HOUR, minutes: 90, state: "missed" } });
  core.on("preview", () => viewWith(FIRST)).on("apply", () => viewWith(FIRST));
  await dragged("python", 0, -2 * hourHeight());
  expect(core.changes("apply")).toMatchObject([
    { kind: "log", item: "python", start: "2027-01-04T17:00", minutes: "90" },
  ]);
});

test("any series of drags, deletions and undos ends where it began", async () => {
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
    const other = item === "python" ? "linux" : "python";
    // One that went to another week comes back with an undo.
    if (block(item) === document.body) {
      await planner.run("undo", undo);
      continue;
    }
    if (random(5) === 0) {
      block(item).focus();
      await userEvent.keyboard("{Delete}");
      await expect.poll(() => steps.length).toBe(depth + 1);
      continue;
    }
    // Alone, or with the other one.
    await userEvent.keyboard("{Escape}");
    block(item).dispatchEvent(new MouseEvent("click", { bubbles: true }));
    if (random(3) === 0 && block(other) !== document.body) {
      block(other).dispatchEvent(new MouseEvent("click", { bubbles: true, ctrlKey: true }));
    }
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
