import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Meaning, OutlineView, UseOutline } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { SHELF } from "../fixtures/shelf";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import { Plans } from "../plans/plans.svelte";
import { Paste } from "./paste.svelte";
import PastePage from "./PastePage.svelte";

const TEXT = "# Baking\n- Flour\n- Yeast\nSubscribe";

/** The core's answer: one phase, whose items are the lines with that meaning. */
function read({ text, corrected }: UseOutline): OutlineView {
  const guess: Meaning[] = ["title", "item", "item", "left-out"];
  const lines = text.split("\n").map((line, at) => ({
    number: at + 1,
    text: line,
    meaning: corrected.find((each) => each.line === at)?.meaning ?? guess[at] ?? "note",
  }));
  const items = lines
    .filter(({ meaning }) => meaning === "item" || meaning === "optional")
    .map((line) => ({
      title: line.text.slice(2),
      minutes: 240,
      optional: line.meaning === "optional",
      ticked: false,
    }));
  return {
    title: "Baking",
    summary: `1 phase, ${items.length} items, no weeks given; 1 line left out, 1 question`,
    lines,
    phases: [{ title: "Baking", weeks: null, outcome: "", items }],
    reference: [],
    questions: [
      {
        id: "hours",
        line: null,
        question: "How long do they take?",
        guess: "4 h each",
        answers: [],
      },
      {
        id: "left-out",
        line: 4,
        question: "Is it part of the plan?",
        guess: "No",
        answers: [{ label: "Add it", lines: [{ line: 3, meaning: "item" }] }],
      },
    ],
    findings: ["Line 4: The link javascript: is left out."],
    ticked: 0,
    obstacle: items.length > 0 ? null : "No line is an item yet.",
  };
}

async function shown() {
  const view = viewOf();
  const core = new FakeCore()
    .onChange(() => view)
    .on("choose_outline", () => TEXT)
    .on("read_outline", ({ outline }) => read(outline as UseOutline));
  const onclose = vi.fn();
  const planner = new Planner(view);
  const onchanged = vi.fn();
  await render(PastePage, {
    planner,
    plans: new Plans(planner, onchanged),
    paste: new Paste(),
    onclose,
  });
  return { core, onclose, onchanged };
}

const line = (name: RegExp) => page.getByRole("button", { name });

test("lines are corrected by one key, all follows, and one press uses the roadmap", async () => {
  const { core, onclose } = await shown();
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await expect.element(line(/^# Baking: Title/)).toHaveFocus();
  await expect.element(page.getByText(/1 phase, 2 items/)).toBeVisible();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}o");
  await expect.element(line(/^- Yeast: Optional/)).toHaveFocus();
  await userEvent.keyboard("{ArrowUp}x");
  await expect.element(page.getByText(/1 phase, 1 items/)).toBeVisible();
  await expect.element(page.getByText("The link javascript:")).toBeVisible();
  // The same key takes it back.
  await userEvent.keyboard("x");
  await expect.element(page.getByText(/1 phase, 2 items/)).toBeVisible();
  await page.getByRole("textbox", { name: "How long do they take?" }).fill("90m");
  await expect
    .poll(() => core.asked.findLast(({ command }) => command === "read_outline")?.args)
    .toMatchObject({
      outline: { hours: "90m", corrected: [{ line: 2, meaning: "optional" }] },
    });
  expect(core.changes("apply")).toEqual([]);
  expect(core.changes("preview")).toEqual([]);

  await page.getByRole("button", { name: "Use this roadmap" }).click();
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([
      {
        kind: "useOutline",
        text: TEXT,
        corrected: [{ line: 2, meaning: "optional" }],
        hours: "90m",
        known: true,
      },
    ]);
  await expect.poll(() => onclose.mock.calls.length).toBe(1);
});

test("a question is answered by one press, as lines with another meaning", async () => {
  const { core } = await shown();
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await expect.element(page.getByText(/1 phase, 2 items/)).toBeVisible();
  await page.getByRole("button", { name: "Add it: Is it part of the plan?" }).click();
  await expect.element(page.getByText(/1 phase, 3 items/)).toBeVisible();
  expect(core.asked.findLast(({ command }) => command === "read_outline")?.args).toMatchObject({
    outline: { corrected: [{ line: 3, meaning: "item" }] },
  });
  expect(core.changes("apply")).toEqual([]);
});

test("a text that can't be used says why, and changes nothing", async () => {
  const { core } = await shown();
  core.on("read_outline", () => {
    throw { code: "outline-binary", field: "", value: "", message: "The outline isn’t text." };
  });
  await page.getByRole("textbox", { name: "Text of the outline" }).fill("\u0000");
  await expect.element(page.getByText("The outline isn’t text.")).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Use this roadmap" })).toBeDisabled();
  expect(core.changes("apply")).toEqual([]);
});

test("a dropped file is read, also in UTF-16", async () => {
  await shown();
  const bytes = new Uint8Array([0xff, 0xfe, ...[...TEXT].flatMap((c) => [c.charCodeAt(0), 0])]);
  const data = new DataTransfer();
  data.items.add(new File([bytes], "notes.txt"));
  const target = document.querySelector("#paste");
  target?.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
  await expect.element(line(/^- Flour: Item/)).toBeVisible();
});

test("an outline becomes a plan of its own, and the open one stays", async () => {
  const { core, onchanged } = await shown();
  core.on("new_plan", () => ({ shelf: SHELF, isSwitched: true, removed: null }));
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await page.getByRole("button", { name: "As a new plan" }).click();
  await expect.poll(() => onchanged.mock.calls).toEqual([[null, true]]);
  expect(core.changes("apply")).toEqual([]);
  const made = core.asked.find(({ command }) => command === "new_plan");
  expect(made?.args["source"]).toMatchObject({ kind: "outline", outline: { text: TEXT } });
});
