import axe from "axe-core";
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { FakeCore } from "../fixtures/core";
import { pictureOf } from "../fixtures/picture";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import PictureFigure from "./PictureFigure.svelte";

async function shown(onresult = vi.fn()) {
  const core = new FakeCore()
    .on("draw_picture", () => pictureOf("Study days"))
    .on("save_picture", () => ({ message: "Saved.", path: "days.svg", count: 1 }));
  const planner = new Planner(viewOf());
  await render(PictureFigure, { planner, kind: "studyDays", baseline: "January", onresult });
  const picture = page.getByRole("slider", { name: "Study days" });
  await expect.element(picture).toBeVisible();
  return { core, picture, onresult };
}

/** The words below the picture. */
const reading = () => document.querySelector(".reading")?.textContent?.trim();

test("asks the core for a picture of its own width and baseline", async () => {
  const { core } = await shown();
  const asked = core.asked.find(({ command }) => command === "draw_picture")?.args;
  expect(asked).toMatchObject({ kind: "studyDays", baseline: "January" });
  expect(asked?.["width"]).toBeGreaterThan(300);
});

test("hours are read by keys, from the present on", async () => {
  const { picture } = await shown();
  await userEvent.tab();
  await userEvent.tab();
  await expect.element(picture).toHaveFocus();
  expect(reading()).toBe("Tue 5 Jan 2027: no study");
  await userEvent.keyboard("{ArrowUp}");
  expect(reading()).toContain("1 h 30 min done");
  await userEvent.keyboard("{ArrowRight}");
  await expect
    .element(picture)
    .toHaveAttribute("aria-valuetext", "Mon 11 Jan 2027: 1 h planned");
  await userEvent.keyboard("{End}");
  expect(reading()).toBe("Tue 12 Jan 2027: to come");
  await userEvent.keyboard("{Escape}");
  expect(reading()).toContain("Point at the picture");
});

test("hours are read under the pointer", async () => {
  const { picture } = await shown();
  await picture.hover({ position: { x: 5, y: 25 } });
  await expect.poll(reading).toContain("Mon 4 Jan 2027");
  await picture.hover({ position: { x: 100, y: 5 } });
  await expect.poll(reading).toContain("Point at the picture");
});

test("has a table, is saved as a file, and has no accessibility findings", async () => {
  const { core, onresult } = await shown();
  await page.getByText("As a table").click();
  await expect.element(page.getByRole("rowheader", { name: "Mon 4 Jan 2027" })).toBeVisible();
  await page.getByRole("button", { name: "Save the picture Study days" }).click();
  await expect.poll(() => onresult.mock.calls).toEqual([["Saved.", false]]);
  const saved = core.asked.find(({ command }) => command === "save_picture");
  expect(saved?.args).toEqual({ kind: "studyDays", baseline: "January" });
  const { violations } = await axe.run(document.body, {
    resultTypes: ["violations"],
    rules: { region: { enabled: false }, "heading-order": { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
});
