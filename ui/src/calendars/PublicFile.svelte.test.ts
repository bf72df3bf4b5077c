import axe from "axe-core";
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Calendar } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import type { Preferences } from "../settings/preferences.svelte";
import { Calendars } from "./calendars.svelte";
import PublicFile from "./PublicFile.svelte";

/** A component alone has no landmarks around it. */
const NO_PAGE = { rules: { region: { enabled: false } } };

const FILE = "https://cloud.example.org/dav/study.ics";
const LINK = "https://cloud.example.org/s/study.ics";

function calendarOf(upload: Calendar["upload"]) {
  const way = { kind: "live", path: "/home/ana/study.ics" } as const;
  const calendar = { id: "live", name: "Study", way, autoSync: upload !== null, upload };
  return { ...calendar, trouble: null } as unknown as Calendar;
}

function calendarsOf() {
  return new Calendars(new Planner(viewOf()), {} as Preferences, () => undefined);
}

test("a live file is uploaded, and an error stays beside its field", async () => {
  const core = new FakeCore().on("put_live_file", () => {
    throw { code: "server-address", field: "public address", value: "", message: "No link." };
  });
  await render(PublicFile, { calendars: calendarsOf(), calendar: calendarOf(null) });
  await page.getByRole("button", { name: "Upload to the web…" }).click();
  await page.getByLabelText("Address of the file on the server").fill(` ${FILE} `);
  await page.getByLabelText("User name").fill("ana");
  await page.getByLabelText("Password", { exact: true }).fill("secret");
  await page.getByLabelText("Public address, if it’s different").fill("my cloud");
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  await expect.element(page.getByText("No link.")).toBeVisible();
  await expect.element(page.getByLabelText("Public address, if it’s different")).toHaveFocus();
  expect((await axe.run(document.body, NO_PAGE)).violations).toEqual([]);

  core.on("put_live_file", () => ({ id: "live", calendars: [], notice: null }));
  await page.getByLabelText("Public address, if it’s different").fill(LINK);
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  await expect.element(page.getByLabelText("User name")).not.toBeInTheDocument();
  expect(core.asked.at(-1)?.args).toEqual({
    id: "live",
    upload: { address: FILE, user: "ana", public: LINK },
    password: "secret",
    keepPassword: true,
  });
});

test("the public address is shown for pasting, and uploading can be stopped", async () => {
  const core = new FakeCore().on("keep_live_file_here", () => []);
  const calendar = calendarOf({ address: FILE, user: "ana", public: LINK });
  await render(PublicFile, { calendars: calendarsOf(), calendar });
  await expect.element(page.getByLabelText("Address to subscribe to")).toHaveValue(LINK);
  await page.getByRole("button", { name: "Stop uploading" }).click();
  await expect
    .poll(() => core.asked.map(({ command }) => command))
    .toEqual(["keep_live_file_here"]);
});
