import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { FakeCore } from "../fixtures/core";
import { chartOf, DAY, HOUR, itemOf, phaseOf, viewOf } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import { Planner } from "../planner/planner.svelte";
import Week from "./Week.svelte";

async function shown(view = viewOf()) {
  const target = document.createElement("div");
  Object.assign(target.style, { display: "flex", width: "1000px", height: "600px" });
  document.body.append(target);
  new FakeCore().on("busy_times", () => [
    { source: "choir.ics", isPlan: false, start: "2027-01-05T18:30", end: "2027-01-05T20:00" },
    { source: null, isPlan: false, start: "2027-01-07T19:00", end: "2027-01-07T20:00" },
  ]);
  const place = new Place({ view: "week" });
  await render(Week, {
    target,
    props: { planner: new Planner(view), place },
  });
  return place;
}

const session = (name: RegExp) => page.getByRole("button", { name });
const title = () => page.getByRole("heading", { level: 2 });

test("each session says its title, time, day and state", async () => {
  await shown();
  await expect
    .element(session(/^python 19:00 · 1 h 30 min, Tuesday 5 January 2027, planned$/))
    .toBeVisible();
  await expect
    .element(page.getByRole("row", { name: /^Thursday 7 January 2027, no sessions/ }))
    .toBeInTheDocument();
});

test("arrow keys go to the sessions of other days, and Enter shows the details", async () => {
  const place = await shown();
  (session(/python.*Monday/).element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(session(/python.*Tuesday/)).toHaveFocus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(session(/linux/)).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => place.selected).toEqual({ line: "linux", part: 0 });
  expect(place.isByKeys).toBe(true);
});

test("the Tab key stops at one session of the week", async () => {
  await shown();
  const stops = [...document.querySelectorAll<HTMLElement>("[data-block]")];
  expect(stops.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
});

test("buttons and keys show other weeks, and T comes back to this one", async () => {
  await shown();
  await expect.element(title()).toHaveTextContent("4–10 Jan 2027");
  await page.getByRole("button", { name: "Next week" }).click();
  await expect.element(title()).toHaveTextContent("11–17 Jan 2027");
  await expect.element(session(/docker/)).toBeVisible();
  await userEvent.keyboard("{PageDown}");
  await expect.element(title()).toHaveTextContent("18–24 Jan 2027");
  await expect.element(page.getByText("No sessions this week.")).toBeVisible();
  await userEvent.keyboard("t");
  await expect.element(title()).toHaveTextContent("4–10 Jan 2027");
});

test("busy times are drawn, said, and counted where they take study time", async () => {
  await shown();
  const row = page.getByRole("row", { name: /^Tuesday 5 January 2027/ });
  await expect.element(row).toHaveAccessibleName(/busy 18:30–20:00$/);
  await expect.element(page.getByText("choir.ics", { exact: true })).toBeVisible();
  await expect.element(page.getByText("Kept free")).toBeVisible();
});

test("the week is a grid, with days as rows and sessions as cells", async () => {
  await shown();
  await expect.element(page.getByRole("grid", { name: "Sessions of the week" })).toBeVisible();
  expect(page.getByRole("row").elements()).toHaveLength(7);
  expect(page.getByRole("gridcell").elements()).toHaveLength(3);
});

test("a title takes the lines that its block has room for, and none is cut", async () => {
  const title = "A topic with a title that takes a good many lines in a column of the week";
  const lengths = [45, 60, 90, 120, 180, 240];
  const sessions = lengths.flatMap((minutes, day) => [day * DAY + 9 * HOUR, minutes]);
  await shown(viewOf({ chart: chartOf([phaseOf(1, [itemOf("long", sessions, { title })])]) }));
  const read = () =>
    [...document.querySelectorAll<HTMLElement>("[data-block]")].map((block) => {
      const [words, time] = [".title", ".time"].map((part) => block.querySelector(part));
      const { bottom } = block.getBoundingClientRect();
      const line = parseFloat(getComputedStyle(words ?? block).lineHeight);
      const height = words?.getBoundingClientRect().height ?? 0;
      return {
        lines: height / line,
        rest: bottom - (time?.getBoundingClientRect().bottom ?? 0),
        line,
      };
    });
  await expect.poll(() => read().at(-1)?.lines).toBeGreaterThan(4);
  for (const [at, { lines, rest, line }] of read().entries()) {
    expect(Math.abs(lines - Math.round(lines)), `whole lines, ${lengths[at]} min`).toBeLessThan(
      0.05,
    );
    expect(rest, `room for the time, ${lengths[at]} min`).toBeGreaterThanOrEqual(0);
    // One more line would not fit, or the title is whole.
    if (lines > 1 && lines < 5) expect(rest).toBeLessThan(line + 3);
  }
});
