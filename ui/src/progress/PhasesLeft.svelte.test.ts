import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import { viewOf } from "../fixtures/view";
import PhasesLeft from "./PhasesLeft.svelte";

const { chart, summary } = viewOf();

async function shown(finish: string | null) {
  const props = {
    phases: chart.phases,
    origin: chart.origin,
    summary: { ...summary, plannedFinish: "2027-01-11", finish },
  };
  await render(PhasesLeft, props);
}

test("while work waits, the later finish is said beside the ends of the plan as it stands", async () => {
  await shown("2027-01-25");
  await expect.element(page.getByText(/you finish on 25 January 2027\./)).toBeVisible();
});

test("otherwise the ends speak for themselves", async () => {
  await shown("2027-01-11");
  await expect.element(page.getByRole("table")).toBeVisible();
  await expect.element(page.getByText(/you finish on/)).not.toBeInTheDocument();
});
