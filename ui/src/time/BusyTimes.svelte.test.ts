import axe from "axe-core";
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { BusyImport, BusyView, Change } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { planOf, viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import BusyTimes from "./BusyTimes.svelte";

const WORK: BusyView = {
  source: "basic.ics",
  name: "Work",
  times: 3,
  report: ["Busy: 3 events with 3 times.", "1 event ignored: 1 free."],
};
const FAMILY: BusyView = { ...WORK, source: "basic.ics (Family)", name: "Family", times: 1 };

function viewWith(busy: BusyView[]) {
  const { time } = planOf();
  return viewOf({ plan: planOf({ time: { ...time, busy } }) });
}

const change = {
  source: "work (1).ics",
  times: [],
  calendar: { file: "work (1).ics", name: null, uids: "", report: [] },
  instead: null,
};

const asked: BusyImport = {
  calendars: [],
  questions: [
    {
      message:
        "The file work (1).ics may be a newer download of work.ics: most of its events are the same.",
      source: "work.ics",
      change,
    },
  ],
  leftOut: ["“readme.txt” was left out: it isn't a calendar file (.ics)."],
};

function core(read: BusyImport, after: BusyView[] = [WORK]) {
  return new FakeCore()
    .onChange(() => viewWith(after))
    .on("import_busy", () => ({ view: viewWith(after), read }));
}

async function imported() {
  await page.getByRole("button", { name: "Import calendar file" }).click();
}

test("lists each calendar with its report, and removes one", async () => {
  const asks = core(asked, [WORK]);
  await render(BusyTimes, { planner: new Planner(viewWith([WORK, FAMILY])) });
  await expect.element(page.getByText("basic.ics (Family): 1 busy time")).toBeVisible();
  await expect.element(page.getByText("1 event ignored: 1 free.").first()).not.toBeVisible();
  await page.getByText("Report on Family").click();
  await expect.element(page.getByText("1 event ignored: 1 free.").nth(1)).toBeVisible();
  await page.getByRole("button", { name: "Remove busy times of basic.ics (Family)" }).click();
  await expect
    .poll(() => asks.changes("apply"))
    .toEqual([{ kind: "dropBusy", source: "basic.ics (Family)" }]);
  const { violations } = await axe.run("section");
  expect(violations.map(({ id }) => id)).toEqual([]);
});

const answers: [string, string | null][] = [
  ["Replace work.ics", "work.ics"],
  ["Keep both", null],
];

test.each(answers)("asks about a newer download: %s", async (name, instead) => {
  const asks = core(asked);
  await render(BusyTimes, { planner: new Planner(viewWith([])) });
  await imported();
  await expect.element(page.getByText("may be a newer download of work.ics")).toBeVisible();
  await expect.element(page.getByText("“readme.txt” was left out")).toBeVisible();
  await page.getByRole("button", { name }).click();
  const expected: Change = { kind: "busy", ...change, instead };
  await expect.poll(() => asks.changes("apply")).toEqual([expected]);
  await expect.element(page.getByText("may be a newer download")).not.toBeInTheDocument();
});

test("shows the reports of all calendars of an archive", async () => {
  const both = [WORK, FAMILY].map(({ source, report }) => ({ source, report }));
  core({ calendars: both, questions: [], leftOut: [] }, [WORK, FAMILY]);
  await render(BusyTimes, { planner: new Planner(viewWith([])) });
  await imported();
  const report = page.getByText("Busy: 3 events with 3 times.");
  await expect.poll(() => report.elements().length).toBe(4);
  await expect.element(page.getByText("basic.ics", { exact: true })).toBeVisible();
});
