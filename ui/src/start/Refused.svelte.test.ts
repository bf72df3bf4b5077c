import axe from "axe-core";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Refusal } from "../bridge";
import { FakeCore } from "../fixtures/core";
import Refused from "./Refused.svelte";

const refused: Refusal = {
  file: "/home/ada/plan.json",
  message: "Couldn't read /home/ada/plan.json: it's a folder.",
  advice: "Move or rename the folder that has this name, then try again.",
  isEdited: false,
  copies: [{ name: "plan.earlier.json", written: "Mon 4 Jan 2027, 19:00", before: "" }],
};

test("shows the file, the reason, the remedy and the copies", async () => {
  render(Refused, { refused, onopen: () => undefined });
  await expect.element(page.getByRole("alert")).toHaveTextContent("it's a folder");
  await expect.element(page.getByText(refused.file, { exact: true })).toBeVisible();
  await expect.element(page.getByText(refused.advice)).toBeVisible();
  await expect
    .element(page.getByText("Mon 4 Jan 2027, 19:00 · plan.earlier.json"))
    .toBeVisible();
  const { violations } = await axe.run(document);
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test("opens an earlier copy", async () => {
  const core = new FakeCore().on("open_copy", () => null);
  const onopen = vi.fn();
  render(Refused, { refused, onopen });
  await page.getByRole("button", { name: "Open the copy plan.earlier.json" }).click();
  expect(core.asked).toEqual([{ command: "open_copy", args: { name: "plan.earlier.json" } }]);
  await expect.poll(() => onopen.mock.calls.length).toBe(1);
});

test("says why it is refused again, and what can't be shown", async () => {
  const again = { ...refused, message: "It's still a folder.", copies: [] };
  new FakeCore()
    .on("retry_start", () => again)
    .on("show_folder", () => {
      throw { code: "not-read", field: "", value: "", message: "Couldn't show the folder." };
    });
  render(Refused, { refused, onopen: () => undefined });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.element(page.getByText("It's still a folder.")).toBeVisible();
  await expect.element(page.getByText("Earlier copies")).not.toBeInTheDocument();
  await page.getByRole("button", { name: "Show the folder" }).click();
  await expect.element(page.getByText("Couldn't show the folder.")).toBeVisible();
});

test("uses a plan that was edited outside Waymark", async () => {
  const core = new FakeCore().on("accept_edits", () => null);
  const onopen = vi.fn();
  render(Refused, { refused: { ...refused, isEdited: true }, onopen });
  await page.getByRole("button", { name: "Use the edited plan" }).click();
  expect(core.asked).toEqual([{ command: "accept_edits", args: {} }]);
  await expect.poll(() => onopen.mock.calls.length).toBe(1);
});
