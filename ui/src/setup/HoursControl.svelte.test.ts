import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { FakeCore } from "../fixtures/core";
import { planOf, viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import HoursControl from "./HoursControl.svelte";

async function shown() {
  const core = new FakeCore().onChange((change) =>
    viewOf({ plan: planOf({ hoursPerWeek: "value" in change ? Number(change.value) : 0 }) }),
  );
  const planner = new Planner(viewOf());
  const screen = await render(HoursControl, { planner });
  const slider = screen.getByRole("slider", { name: "Hours per week" });
  return { core, planner, slider, field: screen.getByRole("textbox") };
}

/** The screen position of the slider's thumb at a share of its width. */
function at(slider: Element, share: number) {
  const box = slider.getBoundingClientRect();
  return { clientX: box.left + box.width * share, clientY: box.top + box.height / 2 };
}

/** The slider's own events: a headless browser has no pointer that can be held. */
function slide(slider: HTMLInputElement, value: string) {
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}

test("sliding previews, and letting go saves", async () => {
  const { core, planner, slider, field } = await shown();
  const input = slider.element() as HTMLInputElement;
  slide(input, "12");
  slide(input, "14.5");
  await expect.element(field).toHaveValue("14.5");
  await expect.poll(() => planner.shown.plan.hoursPerWeek).toBe(14.5);
  expect(planner.saved.plan.hoursPerWeek).toBe(10);
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await expect.poll(() => planner.saved.plan.hoursPerWeek).toBe(14.5);
  expect(core.changes("apply")).toEqual([{ kind: "hours", value: "14.5" }]);
});

test("Escape in the middle of a drag restores the saved hours, and the rest of it is ignored", async () => {
  const { core, planner, slider } = await shown();
  const input = slider.element() as HTMLInputElement;
  input.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, ...at(input, 0.3) }));
  slide(input, "20");
  await expect.poll(() => planner.shown.plan.hoursPerWeek).toBe(20);
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  await expect.poll(() => planner.shown.plan.hoursPerWeek).toBe(10);
  slide(input, "30");
  expect(input.value).toBe("10");
  input.dispatchEvent(new Event("change", { bubbles: true }));
  expect(core.changes("apply")).toEqual([]);
});

test("a press on the slider's track sets and saves the hours there", async () => {
  const { planner, slider } = await shown();
  const input = slider.element() as HTMLInputElement;
  const { width, height } = input.getBoundingClientRect();
  await slider.click({ position: { x: width - 9, y: height / 2 } });
  await expect.poll(() => planner.saved.plan.hoursPerWeek).toBe(40);
});

test("arrow keys step in the field, within what a plan can have", async () => {
  const { planner, field } = await shown();
  await field.fill("59.8");
  await userEvent.keyboard("{ArrowUp}");
  await expect.element(field).toHaveValue("60");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => planner.saved.plan.hoursPerWeek).toBe(60);
});
