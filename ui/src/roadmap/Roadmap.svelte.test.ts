import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { FakeCore } from "../fixtures/core";
import { chartOf, itemOf, phaseOf, viewOf } from "../fixtures/view";
import { Place } from "../frame/place.svelte";
import { Facts } from "../planner/facts.svelte";
import { Planner } from "../planner/planner.svelte";
import Roadmap from "./Roadmap.svelte";

const view = viewOf({
  chart: chartOf([
    phaseOf(1, [
      itemOf("python", [0, 90], { summary: "Write a small package." }),
      itemOf("aws", [], { optional: true, included: false, effortMinutes: 600 }),
    ]),
  ]),
});

async function shown() {
  const core = new FakeCore()
    .onChange(() => view)
    .facts({
      texts: {
        python: {
          doneWhen: "A friend can install it.",
          links: [{ title: "Handbook", address: "https://a.example/h" }],
          notes: "Read **slowly**.",
          steps: [
            { title: "Install it", minutes: 30, ticked: false },
            { title: "Publish it", minutes: null, ticked: true },
          ],
          source: "",
        },
      },
      needs: { aws: [{ id: "python", title: "python" }] },
      reference: [
        {
          title: "2026 trends",
          entries: [
            {
              id: "t",
              title: "Agents",
              summary: "Trace each step.",
              source: "Line 99 of the source: “Agents”",
            },
          ],
        },
      ],
    });
  await render(Roadmap, {
    planner: new Planner(view),
    facts: new Facts(),
    place: new Place({ view: "roadmap" }),
  });
  return core;
}

const row = (name: RegExp) => page.getByRole("button", { name });

test("selecting an item shows what to do in it", async () => {
  await shown();
  await expect.element(page.getByRole("heading", { name: "Phase 1" })).toBeVisible();
  await row(/^python/).click();
  await expect.element(page.getByRole("heading", { name: "python" })).toBeVisible();
  await expect.element(page.getByText("Write a small package.")).toBeVisible();
});

test("arrow keys go through phases and items, with one Tab stop", async () => {
  await shown();
  (row(/Phase 1/).element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  await expect.element(row(/^aws/)).toHaveFocus();
  await expect.element(page.getByRole("heading", { name: "aws" })).toBeVisible();
  const stops = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  expect(stops.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
});

test("an item shows when it is done, its steps, links and notes", async () => {
  const core = await shown();
  core.on("open_link", () => null);
  await row(/^python/).click();
  await expect.element(page.getByText("A friend can install it.")).toBeVisible();
  await expect.element(page.getByText("slowly")).toBeVisible();
  expect(page.getByText("slowly").element().tagName).toBe("STRONG");
  await expect.element(page.getByRole("checkbox", { name: "Publish it" })).toBeChecked();
  await page.getByRole("checkbox", { name: /Install it/ }).click();
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([
      { kind: "tick", item: "python", step: "Install it", ticked: true, counts: false },
    ]);

  // The address is shown before anything is opened.
  await row(/^Handbook/).click();
  expect(core.asked.some(({ command }) => command === "open_link")).toBe(false);
  await expect.element(page.getByText("https://a.example/h").first()).toBeVisible();
  await page.getByRole("button", { name: "Open in the browser" }).click();
  await expect
    .poll(() => core.asked.find(({ command }) => command === "open_link")?.args)
    .toEqual({ address: "https://a.example/h" });
});

test("notes are edited as typed, and a rejected link says its line", async () => {
  const core = await shown();
  await row(/^python/).click();
  await page.getByRole("button", { name: "Edit notes" }).click();
  const notes = page.getByRole("textbox", { name: "Notes" });
  await expect.element(notes).toHaveFocus();
  await userEvent.keyboard("!{Control>}{Enter}{/Control}");
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([{ kind: "notes", item: "python", value: "Read **slowly**.!" }]);

  core.on("apply", () => {
    throw { code: "plan-field", field: "", value: "", message: "Address in line 1: no." };
  });
  await page.getByRole("button", { name: "Edit links" }).click();
  await userEvent.keyboard("x{Control>}{Enter}{/Control}");
  await expect.element(page.getByText("Address in line 1: no.")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByText("Address in line 1: no.")).not.toBeInTheDocument();
});

test("an item is moved, and its effort edited, by keys", async () => {
  const core = await shown();
  await row(/^python/).click();
  await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([{ kind: "moveItem", item: "python", phase: "phase-1", before: null }]);
  await expect.element(row(/^python/)).toHaveFocus();
  await userEvent.keyboard("e");
  await expect.element(page.getByRole("textbox", { name: "Effort" })).toHaveFocus();
  await userEvent.keyboard("12h");
  await expect
    .poll(() => core.changes("preview").at(-1))
    .toEqual({ kind: "effort", item: "python", value: "12h" });
  await userEvent.keyboard("{Enter}");
  await expect
    .poll(() => core.changes("apply").at(-1))
    .toEqual({ kind: "effort", item: "python", value: "12h" });
});

test("an item is dragged to another place, previewed on the way", async () => {
  const core = await shown();
  const from = row(/^python/).element();
  const to = row(/^aws/).element().getBoundingClientRect();
  const at = { clientX: to.left + 40, clientY: to.bottom - 2, bubbles: true, button: 0 };
  from.dispatchEvent(new PointerEvent("pointerdown", { ...at, clientY: to.top - 40 }));
  window.dispatchEvent(new PointerEvent("pointermove", at));
  const move = { kind: "moveItem", item: "python", phase: "phase-1", before: null };
  await expect.poll(() => core.changes("preview")).toEqual([move]);
  expect(core.changes("apply")).toEqual([]);
  window.dispatchEvent(new PointerEvent("pointerup", at));
  await expect.poll(() => core.changes("apply")).toEqual([move]);
});

test("an item with a log is removed only after a question", async () => {
  const core = await shown();
  core.on("apply", ({ change }) => {
    if ((change as { confirmed?: boolean }).confirmed) return view;
    throw { code: "has-log", field: "item", value: "", message: "python has 2 h in the log." };
  });
  await row(/^python/).click();
  await userEvent.keyboard("{Delete}");
  await expect.element(page.getByText("python has 2 h in the log.")).toBeVisible();
  await page.getByRole("button", { name: "Remove it, keep the log" }).click();
  await expect
    .poll(() => core.changes("apply").at(-1))
    .toEqual({ kind: "removeItem", item: "python", confirmed: true });
});

test("a circle is rejected as typed, and a phase gets an item", async () => {
  const core = await shown();
  await row(/^python/).click();
  await page.getByRole("button", { name: "Edit…" }).click();
  core.on("preview", () => {
    throw { code: "roadmap-cycle", field: "", value: "", message: "aws → python is a circle." };
  });
  await page.getByLabelText("Another prerequisite").fill("aws");
  await expect.element(page.getByText("aws → python is a circle.")).toBeVisible();
  core.on("preview", () => view);
  await row(/Phase 1/).click();
  await page.getByRole("button", { name: "Add an item…" }).click();
  await userEvent.keyboard("Docker{Enter}");
  await expect
    .poll(() => core.changes("apply").at(-1))
    .toEqual({
      kind: "addItem",
      phase: "phase-1",
      before: null,
      title: "Docker",
      effort: "4 h",
    });
});

test("an optional item is added to the plan", async () => {
  const core = await shown();
  await row(/^aws/).click();
  await page.getByRole("button", { name: "Add to the plan" }).click();
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([{ kind: "include", item: "aws", included: true }]);
});

test("an edit is previewed on the chart beside the editor, with its finish", async () => {
  const core = await shown();
  const later = viewOf({
    chart: chartOf([phaseOf(1, [itemOf("python", [0, 180])])]),
    summary: { ...view.summary, finish: "2027-01-18" },
  });
  const effect = page.getByRole("figure");
  await expect.element(effect).toHaveTextContent("Finish stays 11 Jan 2027");
  core.onChange(() => later);
  await row(/^python/).click();
  expect(document.querySelectorAll("#effect .ghost")).toHaveLength(0);
  await page.getByRole("button", { name: "Edit…" }).click();
  await page.getByRole("textbox", { name: "Effort" }).fill("3h");
  await expect.element(effect).toHaveTextContent("Preview Finish 18 Jan 2027");
  // The phase and the item, as they were.
  await expect.poll(() => document.querySelectorAll("#effect .ghost").length).toBe(2);
  await userEvent.keyboard("{Escape}");
  await expect.element(effect).toHaveTextContent("Plan Finish stays 11 Jan 2027");
  expect(core.changes("apply")).toEqual([]);
});

test("an item is kept from beginning before a date", async () => {
  const core = await shown();
  await row(/^python/).click();
  await page.getByRole("textbox", { name: "Not before" }).fill("1 Feb 2027");
  await userEvent.keyboard("{Enter}");
  await expect
    .poll(() => core.changes("apply"))
    .toEqual([{ kind: "notBefore", item: "python", value: "1 Feb 2027" }]);
});

test("trends can be read, and are reached by keys too", async () => {
  await shown();
  await row(/2026 trends/).click();
  await expect.element(page.getByText("Trace each step.")).toBeVisible();
  await expect.element(page.getByText("Line 99 of the source: “Agents”")).toBeVisible();
  await userEvent.keyboard("{ArrowUp}");
  await expect.element(row(/^aws/)).toHaveFocus();
});

test("an item says what comes before it, and leads there", async () => {
  await shown();
  await row(/^aws/).click();
  await page.getByRole("paragraph").getByRole("button", { name: "python" }).click();
  await expect.element(page.getByRole("heading", { name: "python" })).toBeVisible();
});

test("another roadmap in the place of the shown one, and back, draws each", async () => {
  const core = await shown();
  core.facts();
  const bread = { ...phaseOf(1, [itemOf("flour", [0, 90])]), id: "bread", title: "Bread" };
  const other = viewOf({ chart: chartOf([bread]) });
  const planner = new Planner(other);
  const place = new Place({ view: "roadmap" });
  // A row of the roadmap before.
  place.row = "python";
  document.body.replaceChildren();
  await render(Roadmap, { planner, facts: new Facts(), place });
  await expect.element(page.getByRole("heading", { name: "Bread" })).toBeVisible();
  await planner.run("undo", () => Promise.resolve(view));
  await expect.element(page.getByRole("heading", { name: "python" })).toBeVisible();
  await planner.run("redo", () => Promise.resolve(other));
  await expect.element(page.getByRole("heading", { name: "Bread" })).toBeVisible();
});

test("the roadmap is edited as text, and shared", async () => {
  const core = new FakeCore()
    .onChange(() => view)
    .facts()
    .on("roadmap_text", () => "# Text\n")
    .on("save_roadmap", () => ({ message: "Roadmap saved to r.md.", path: "r.md", count: 2 }));
  const place = new Place({ view: "roadmap" });
  const onresult = vi.fn();
  await render(Roadmap, {
    planner: new Planner(view),
    facts: new Facts(),
    place,
    onresult,
  });
  await page.getByRole("button", { name: "Share…" }).click();
  await expect.element(page.getByRole("button", { name: "Copy as text" })).toBeEnabled();
  await page.getByRole("button", { name: "Save as text…" }).click();
  await expect.poll(() => onresult.mock.calls).toEqual([["Roadmap saved to r.md.", false]]);
  await page.getByRole("button", { name: "Save as JSON…" }).click();
  await expect
    .poll(() => core.asked.filter(({ command }) => command === "save_roadmap"))
    .toMatchObject([{ args: { format: "text" } }, { args: { format: "json" } }]);
  await page.getByRole("button", { name: "Edit as text…" }).click();
  expect(place.isEditingText).toBe(true);
});

test("items show the headings of their groups", async () => {
  const grouped = viewOf({
    chart: chartOf([
      phaseOf(1, [
        itemOf("python", [0, 90], { group: "Core Knowledge" }),
        itemOf("git", [0, 90], { group: "Core Knowledge" }),
        itemOf("docker", [0, 90], { group: "Tools" }),
      ]),
    ]),
  });
  await shown();
  document.body.replaceChildren();
  await render(Roadmap, {
    planner: new Planner(grouped),
    facts: new Facts(),
    place: new Place({ view: "roadmap" }),
  });
  await expect.element(page.getByText("Core Knowledge")).toBeVisible();
  await expect.element(page.getByText("Tools")).toBeVisible();
  expect(document.querySelectorAll("#roadmap .group").length).toBe(2);
});
