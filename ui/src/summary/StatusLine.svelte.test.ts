import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { StatusReport } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import StatusLine from "./StatusLine.svelte";

const BEHIND: StatusReport = {
  status: { behind: { minutes: 120 } },
  title: "Behind by 2 h",
  reason: "Planned in, it moves your finish to Friday 15 January 2027, 4 days later.",
  lever: "planIn",
  leverLabel: "Plan it in",
  change: { kind: "replan", keep: "fitting" },
  note: null,
};

async function shown(status: StatusReport, core = new FakeCore()) {
  const opened: string[] = [];
  const planner = new Planner(viewOf({ status }));
  await render(StatusLine, {
    planner,
    ontime: () => opened.push("time"),
    oncatchup: () => opened.push("options"),
  });
  return { core, opened, planner };
}

const lever = (name: string) => page.getByRole("button", { name });

test("a status says its reason, and its lever makes its change", async () => {
  const { core, opened } = await shown(
    BEHIND,
    new FakeCore().onChange(() => viewOf()),
  );
  await expect
    .element(page.getByRole("status"))
    .toHaveTextContent(/Behind by 2 h.*4 days later/);
  await lever("Plan it in").click();
  expect(core.changes("apply")).toEqual([BEHIND.change]);
  await expect.element(page.getByRole("status")).toHaveTextContent("On track");
  await expect.poll(() => document.activeElement?.id).toBe("status-title");
  expect(opened).toEqual([]);
});

test("a lever without a change opens its place", async () => {
  const late = { ...BEHIND, lever: "seeOptions", leverLabel: "See your options", change: null };
  const { opened, planner } = await shown(late as StatusReport);
  await lever("See your options").click();
  planner.saved = viewOf({
    status: { ...late, lever: "makeRoom", leverLabel: "Change your time" } as StatusReport,
  });
  planner.shown = planner.saved;
  await lever("Change your time").click();
  expect(opened).toEqual(["options", "time"]);
});

test("beside a lever that changes the plan are the other options", async () => {
  const { core, opened } = await shown(BEHIND);
  await lever("Other options").click();
  expect(opened).toEqual(["options"]);
  expect(core.asked).toEqual([]);
});

test("a plan on track needs no lever", async () => {
  await shown(viewOf().status);
  expect(document.querySelector("#status button")).toBe(null);
});
