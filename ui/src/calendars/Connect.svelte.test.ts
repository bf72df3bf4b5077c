import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { InputError, ServerCalendar } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { SETTINGS } from "../fixtures/settings";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import { Preferences } from "../settings/preferences.svelte";
import { Calendars } from "./calendars.svelte";
import Connect from "./Connect.svelte";

const login = { address: "google", user: "ana@gmail.com" };
const study: ServerCalendar = { name: "Study", address: "/caldav/v2/study/events/" };

/** A core whose calendars at Google are what `list` says, after a sign-in. */
async function signedIn(list: () => ServerCalendar[]) {
  const core = new FakeCore().on("sign_in", () => null).on("server_calendars", list);
  const calendars = new Calendars(
    new Planner(viewOf()),
    new Preferences(SETTINGS),
    () => undefined,
  );
  let isAdded = false;
  await render(Connect, { calendars, onadded: () => (isAdded = true), oncancel: undefined });
  await page.getByRole("radio", { name: "Google" }).click();
  await page.getByLabelText("Your email address at Google").fill(login.user);
  await page.getByLabelText("Client id").fill("1-a.apps.googleusercontent.com");
  await page.getByLabelText("Client secret").fill("GOCSPX-1");
  await page.getByRole("button", { name: "Sign in with Google…" }).click();
  return { core, isAdded: () => isAdded };
}

const added = (core: FakeCore) =>
  core.asked.filter(({ command }) => command === "add_server_calendar");

test("a calendar that the learner creates at Google is found and added", async () => {
  let list: ServerCalendar[] = [];
  const { core, isAdded } = await signedIn(() => list);
  await expect.element(page.getByText("Create one at calendar.google.com")).toBeVisible();
  await expect.element(page.getByText("A new calendar")).not.toBeInTheDocument();
  // Nothing can be added yet.
  await page.getByRole("button", { name: "Add" }).click();
  expect(added(core)).toEqual([]);

  list = [study];
  core.on("add_server_calendar", () => ({
    id: "study",
    calendars: [{ calendar: { id: "study", name: "Study" }, problem: null, questions: [] }],
    notice: null,
  }));
  await page.getByRole("button", { name: "Look again" }).click();
  await expect.element(page.getByRole("radio", { name: "Study" })).toBeChecked();
  await page.getByLabelText("Save the sign-in").click();
  await page.getByRole("button", { name: "Add" }).click();
  await expect.poll(isAdded).toBe(true);
  expect(added(core)[0]?.args).toEqual({
    login,
    password: null,
    choice: { kind: "existing", calendar: study },
    keepPassword: false,
  });
});

test("a sign-in whose calendars can't be read says why, and Back leads to a new one", async () => {
  const refused: InputError = {
    code: "server-forbids",
    field: "",
    value: "",
    message: "The server doesn't allow this user to do that.",
  };
  let isRefused = true;
  const { core } = await signedIn(() => {
    if (isRefused) throw refused;
    return [study];
  });
  await expect.element(page.getByText("doesn't allow this user")).toBeVisible();
  isRefused = false;
  await page.getByRole("button", { name: "Sign in with Google…" }).click();
  await expect.element(page.getByRole("radio", { name: "Study" })).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  await expect.element(page.getByLabelText("Your email address at Google")).toHaveFocus();
  expect(added(core)).toEqual([]);
});
