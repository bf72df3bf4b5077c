import { createRawSnippet } from "svelte";
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { viewOf } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import { Planner } from "../planner/planner.svelte";
import Week from "./Week.svelte";

/** Says which session the week asks to change. */
const menu = createRawSnippet<[{ target: { line: { id: string }; part: unknown } }]>(
  (given) => ({
    render: () =>
      `<p role="note">${given().target.line.id}: ${String(given().target.part)}</p>`,
  }),
);

async function shown() {
  const target = document.createElement("div");
  Object.assign(target.style, { display: "flex", width: "1000px", height: "600px" });
  document.body.append(target);
  await render(Week, {
    target,
    props: { planner: new Planner(viewOf()), place: new Place(), menu },
  });
}

const session = (name: RegExp) => page.getByRole("button", { name });
const title = () => page.getByRole("heading", { level: 2 });

test("each session says its title, time, day and state", async () => {
  await shown();
  await expect
    .element(session(/^python 19:00 · 1 h 30 min, Tuesday 5 January 2027, planned$/))
    .toBeVisible();
  await expect
    .element(page.getByRole("region", { name: "Thursday 7 January 2027, no sessions" }))
    .toBeInTheDocument();
});

test("arrow keys go to the sessions of other days, and Enter opens the menu", async () => {
  await shown();
  (session(/python.*Monday/).element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(session(/python.*Tuesday/)).toHaveFocus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(session(/linux/)).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("note")).toHaveTextContent("linux: 0");
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
