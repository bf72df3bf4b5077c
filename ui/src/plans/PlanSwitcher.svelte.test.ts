import axe from "axe-core";
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Shelf } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { entryOf, SHELF } from "../fixtures/shelf";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import PlanSwitcher from "./PlanSwitcher.svelte";
import { Plans } from "./plans.svelte";
import { planResults } from "./results";

function shown(shelf: Shelf = SHELF) {
  const view = viewOf();
  const change = (more = {}) => ({ shelf, isSwitched: false, removed: null, ...more });
  const core = new FakeCore()
    .onChange(() => view)
    .on("look", () => view)
    .on("plans", () => shelf)
    .on("switch_plan", () => change({ isSwitched: true }))
    .on("new_plan", () => change({ isSwitched: true }))
    .on("new_plan_from_file", () => null)
    .on("rename_plan", () => change())
    .on("archive_plan", () => change())
    .on("duplicate_plan", () => change({ isSwitched: true }))
    .on("remove_plan", () => change({ removed: "b.removed-1" }))
    .on("bring_back_plan", () => change());
  const planner = new Planner(view);
  const onchanged = vi.fn();
  const onpaste = vi.fn();
  const onfiles = vi.fn();
  const plans = new Plans(planner, onchanged);
  render(PlanSwitcher, { plans, title: view.plan.title, onpaste, onfiles });
  return { core, planner, plans, onchanged, onpaste, onfiles };
}

const switcher = () => page.getByRole("button", { name: "A small roadmap" });
const entry = (name: RegExp) => page.getByRole("menuitemradio", { name });
const isClean = async () => {
  const { violations } = await axe.run(document.body, {
    // The window has it in its header.
    rules: { region: { enabled: false } },
  });
  expect(violations.map(({ id }) => id)).toEqual([]);
};

test("the plan’s name is a menu of the plans, and opens another one by keys", async () => {
  const { core, planner, onchanged } = shown();
  await userEvent.tab();
  await expect.element(switcher()).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}");
  await expect.element(entry(/A small roadmap/)).toHaveFocus();
  await expect.element(entry(/A small roadmap/)).toHaveAttribute("aria-checked", "true");
  // Archived plans are in their own list only.
  await expect.element(entry(/Latin/)).not.toBeInTheDocument();
  await isClean();

  await userEvent.keyboard("{Escape}");
  await expect.element(switcher()).toHaveFocus();
  await expect.element(switcher()).toHaveAttribute("aria-expanded", "false");

  await userEvent.keyboard("{Enter}");
  await expect.element(entry(/A small roadmap/)).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}{Enter}");
  await expect.poll(() => onchanged.mock.calls).toEqual([[null, true]]);
  expect(core.asked.at(-1)).toEqual({ command: "switch_plan", args: { id: "b" } });
  // The former plan's window sends nothing more: the core has another plan open.
  const count = core.asked.length;
  expect(await planner.apply({ kind: "hours", value: "9" })).toBe(false);
  expect(core.asked.length).toBe(count);
});

test("a plan that can’t be opened offers what a start offers", async () => {
  const { core, onchanged } = shown();
  const message = "The plan was edited outside Waymark.";
  core
    .on("switch_plan", () => {
      throw { code: "plan-edited", field: "", value: "", message };
    })
    .on("plan_refusal", () => ({
      file: "/home/ada/plan.json",
      message,
      advice: "Use the edited plan, or open an earlier copy.",
      isEdited: true,
      copies: [{ name: "plan.earlier.json", written: "Mon 4 Jan 2027, 19:00", before: "" }],
    }))
    .on("open_plan_copy", () => ({ shelf: SHELF, isSwitched: true, removed: null }))
    .on("open_edited_plan", () => {
      throw { code: "not-saved", field: "", value: "", message: "The disk is full." };
    });
  await switcher().click();
  await entry(/Guitar/).click();
  const dialog = page.getByRole("dialog", { name: "“Guitar” couldn’t be opened" });
  await expect.element(dialog.getByRole("alert")).toHaveTextContent(message);
  await isClean();
  await dialog.getByRole("button", { name: "Use the edited plan" }).click();
  await expect.element(dialog.getByText("The disk is full.")).toBeVisible();
  await dialog.getByRole("button", { name: "Open the copy plan.earlier.json" }).click();
  await expect.poll(() => onchanged.mock.calls).toEqual([[null, true]]);
  expect(core.asked.at(-1)).toEqual({
    command: "open_plan_copy",
    args: { id: "b", name: "plan.earlier.json" },
  });
  await expect.element(dialog).not.toBeInTheDocument();
});

test("a plan is made from a template, a paste or a file", async () => {
  const { core, onchanged, onpaste } = shown();
  const open = async () => {
    await switcher().click();
    await page.getByRole("menuitem", { name: "New plan…" }).click();
  };
  await open();
  await expect.element(page.getByRole("radio", { name: /MLOps/ })).toBeChecked();
  await isClean();
  await page.getByRole("button", { name: "From a file…" }).click();
  await expect
    .poll(() => core.asked.some(({ command }) => command === "new_plan_from_file"))
    .toBe(true);
  expect(onchanged).not.toHaveBeenCalled();
  await page.getByRole("button", { name: "Paste an outline…" }).click();
  expect(onpaste).toHaveBeenCalledOnce();

  await open();
  await page.getByRole("radio", { name: /Guitar/ }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Six strings");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => onchanged.mock.calls).toEqual([[null, true]]);
  expect(core.asked.find(({ command }) => command === "new_plan")?.args).toEqual({
    source: { kind: "template", template: "guitar" },
    name: "Six strings",
  });
});

test("plans are renamed, copied, archived, removed and brought back", async () => {
  const removed = [{ name: "d.removed-1", id: "d", title: "Baking", time: "Sun 29 Nov 2026" }];
  const { core, onchanged } = shown({ ...SHELF, removed });
  await switcher().click();
  await page.getByRole("menuitem", { name: "Manage plans…" }).click();
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const last = () => core.asked.findLast(({ command }) => command.endsWith("_plan"));
  await expect.element(button("Open Guitar")).toBeVisible();
  await isClean();

  await button("Rename Guitar").click();
  const name = page.getByRole("textbox", { name: "Name of the plan" });
  await expect.element(name).toHaveValue("Guitar");
  await userEvent.keyboard("{Escape}");
  await expect.element(name).not.toBeInTheDocument();
  await expect.element(page.getByRole("dialog", { name: "Your plans" })).toBeVisible();
  await button("Rename Guitar").click();
  await name.fill("Six strings");
  await userEvent.keyboard("{Enter}");
  await expect.poll(last).toEqual({
    command: "rename_plan",
    args: { id: "b", name: "Six strings" },
  });

  await button("Unarchive Latin").click();
  await expect.poll(last).toEqual({
    command: "archive_plan",
    args: { id: "c", archived: false },
  });
  await button("Bring back Baking").click();
  await expect.poll(last).toEqual({
    command: "bring_back_plan",
    args: { name: "d.removed-1" },
  });
  await button("Remove Guitar").click();
  await expect
    .poll(() => onchanged.mock.calls.at(-1))
    .toEqual([{ message: "Removed “Guitar”.", removed: "b.removed-1", reopened: null }, false]);
  await button("Duplicate Guitar").click();
  await expect.poll(last).toEqual({ command: "duplicate_plan", args: { id: "b" } });
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
});

test("the last plan can’t be archived or removed, and a rejected change says why", async () => {
  const only = { ...SHELF, plans: [entryOf("a", "A small roadmap", { isOpen: true })] };
  const { core } = shown(only);
  core.on("rename_plan", () => {
    throw {
      code: "plan-field",
      field: "name",
      value: "x",
      message: "Enter a name on one line.",
    };
  });
  await switcher().click();
  await page.getByRole("menuitem", { name: "Manage plans…" }).click();
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await expect.element(button("Archive A small roadmap")).toBeDisabled();
  await expect.element(button("Remove A small roadmap")).toBeDisabled();
  await button("Rename A small roadmap").click();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("alert")).toHaveTextContent("Enter a name on one line.");
  await button("Close").click();
  await expect.element(switcher()).toHaveFocus();
});

test("the palette finds the other plans", () => {
  const { plans } = shown();
  plans.shelf = SHELF;
  const names = (query: string) => planResults(query, plans).map(({ name }) => name);
  expect(names("guit")).toEqual(["Open “Guitar”"]);
  expect(names("latin")).toEqual(["Open “Latin”"]);
  expect(names("small")).toEqual([]);
  expect(names("")).toEqual([]);
});

test("the menu leads to the files of the open plan", async () => {
  const { onfiles } = shown();
  await switcher().click();
  await page.getByRole("menuitem", { name: "Plan files…" }).click();
  expect(onfiles).toHaveBeenCalledOnce();
  await expect.element(switcher()).toHaveAttribute("aria-expanded", "false");
});
