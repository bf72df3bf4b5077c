import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { ForecastView, TargetAtPace } from "../bridge";
import { Outlook } from "../forecast/outlook.svelte";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import TargetControl from "./TargetControl.svelte";

async function shown(target: TargetAtPace | null) {
  const short = "met as planned, 30 h to spare";
  const answers = { isMet: true, short, verdict: "Met.", takes: "" };
  const planner = new Planner(viewOf({ answers }));
  const outlook = new Outlook(planner);
  outlook.shown = { target } as ForecastView;
  await render(TargetControl, { planner, outlook });
  return page.getByRole("button", { name: short });
}

test.each([
  [null, "met as planned, 30 h to spare", true],
  [{ isLikely: true, short: "63% at your pace" }, /30 h to spare.*63% at your pace/, true],
  [{ isLikely: false, short: "1% at your pace" }, /30 h to spare.*1% at your pace/, false],
])("a target is green unless it is unlikely at the learner's pace: %o", async (...row) => {
  const [target, text, isGreen] = row;
  const answer = await shown(target);
  await expect.element(answer).toHaveTextContent(text);
  expect(answer.element().classList.contains("met")).toBe(isGreen);
});
