import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { FakeCore } from "../fixtures/core";
import { planOf, viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import StartControl from "./StartControl.svelte";

async function shown() {
  const core = new FakeCore().onChange((change) =>
    viewOf({ plan: planOf({ start: "value" in change ? change.value : "" }) }),
  );
  const planner = new Planner(viewOf());
  const screen = await render(StartControl, { planner });
  return { core, planner, screen, field: screen.getByLabelText("Starts on") };
}

test("a typed date is previewed after a pause and saved by Enter", async () => {
  const { core, planner, field } = await shown();
  await field.fill("2027-02-01");
  await expect
    .poll(() => core.changes("preview"))
    .toEqual([{ kind: "start", value: "2027-02-01" }]);
  expect(planner.saved.plan.start).toBe("2027-01-04");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => planner.saved.plan.start).toBe("2027-02-01");
});

test("Escape restores the saved date", async () => {
  const { core, field } = await shown();
  await field.fill("2027-02-01");
  await userEvent.keyboard("{Escape}");
  await expect.element(field).toHaveValue("2027-01-04");
  expect(core.changes("apply")).toEqual([]);
});

test("a rejected date stays in the field, marked as invalid", async () => {
  const { core, planner, field } = await shown();
  core.on("apply", () => {
    throw { code: "start", field: "start", value: "2027-02-31", message: "No such day." };
  });
  await field.fill("2027-02-31");
  await userEvent.keyboard("{Enter}");
  await expect.element(field).toHaveAttribute("aria-invalid", "true");
  await expect.element(field).toHaveValue("2027-02-31");
  expect(planner.problem?.message).toBe("No such day.");
});

test("the month picker opens on the saved date, moves by keys and chooses by Enter", async () => {
  const { planner, screen } = await shown();
  await screen.getByRole("button", { name: "Choose the start date" }).click();
  const day = (name: string) => screen.getByRole("button", { name, exact: true });
  await expect.element(day("Monday 4 January 2027")).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}{ArrowRight}");
  await expect.element(day("Tuesday 12 January 2027")).toHaveFocus();
  await userEvent.keyboard("{PageDown}{Home}");
  await expect.element(day("Monday 8 February 2027")).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => planner.saved.plan.start).toBe("2027-02-08");
  await expect
    .element(screen.getByRole("button", { name: "Choose the start date" }))
    .toHaveFocus();
});

test("Escape closes the month picker, chooses nothing and returns the focus", async () => {
  const { core, screen } = await shown();
  const opener = screen.getByRole("button", { name: "Choose the start date" });
  await opener.click();
  await expect.element(screen.getByRole("dialog")).toBeVisible();
  await userEvent.keyboard("{ArrowDown}{Escape}");
  await expect.element(screen.getByRole("dialog")).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
  expect(core.changes("apply")).toEqual([]);
});
