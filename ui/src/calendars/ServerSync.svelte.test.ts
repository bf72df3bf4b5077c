import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { Calendar, InputError, Synced } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import type { Contents } from "./contents.svelte";
import ServerSync from "./ServerSync.svelte";
import { Sync } from "./sync.svelte";

const way = {
  kind: "server",
  address: "http://127.0.0.1",
  user: "ana",
  calendar: "/ana/study/",
} as const;

const calendar = {
  id: "study",
  name: "Study",
  way,
  autoSync: false,
  trouble: null,
  upload: null,
};

const shared: InputError = {
  code: "shared-plan-id",
  field: "",
  value: "",
  message: "The calendar already has 12 events of a plan with the id mlops-2026.",
};

function synced(problem: InputError | null, lines: string[] = []): Synced {
  return { lines, questions: [], problem, view: viewOf() };
}

/** Only what the component uses: the real one needs all calendars. */
const contents = {
  options: {},
  message: "",
  saveNow: () => Promise.resolve(),
  again: () => undefined,
} as unknown as Contents;

function syncOf(planner: Planner) {
  const owner = {
    planner,
    isSeen: true,
    nameOf: () => "Study",
    asks: () => undefined,
    tell: () => undefined,
  };
  return new Sync("study", owner);
}

function propsOf(sync: Sync, planner: Planner) {
  return {
    way,
    calendar: calendar as unknown as Calendar,
    onautosync: () => Promise.resolve(null),
    sync,
    questions: [],
    contents,
    planner,
  };
}

async function shown() {
  const core = new FakeCore()
    .on("look", () => viewOf())
    .on("sync_calendar", ({ adopt }) =>
      adopt ? synced(null, ["0 new, 0 moved, 0 removed"]) : synced(shared),
    );
  const planner = new Planner(viewOf());
  await render(ServerSync, propsOf(syncOf(planner), planner));
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect.element(page.getByText("12 events of a plan")).toBeVisible();
  return core;
}

const adopted = (core: FakeCore) =>
  core.asked
    .filter(({ command }) => command === "sync_calendar")
    .map(({ args }) => args["adopt"]);

test("events that may be another plan's are taken over once that is said", async () => {
  const core = await shown();
  await page.getByRole("button", { name: "Take over as this plan’s" }).click();
  await expect.element(page.getByText("0 new, 0 moved, 0 removed")).toBeVisible();
  await expect
    .element(page.getByRole("button", { name: /^Take over/ }))
    .not.toBeInTheDocument();
  expect(adopted(core)).toEqual([false, true]);
});

test("or left alone", async () => {
  const core = await shown();
  await page.getByRole("button", { name: "Leave them alone" }).click();
  await expect.element(page.getByText("Add a separate calendar for this plan.")).toBeVisible();
  await expect.element(page.getByText("12 events of a plan")).not.toBeInTheDocument();
  expect(adopted(core)).toEqual([false]);
});

for (const saves of [true, false]) {
  test(`a sync goes on after a new sign-in, which is ${saves ? "" : "not "}saved`, async () => {
    let isSignedIn = false;
    const needed = {
      ...shared,
      code: "sign-in-needed",
      message: "Sign in to Google.",
    } as const;
    const core = new FakeCore()
      .on("look", () => viewOf())
      .on("sign_in", () => {
        isSignedIn = true;
        return null;
      })
      .on("keep_password", () => null)
      .on("sync_calendar", () => synced(isSignedIn ? null : needed, ["0 new, 1 moved"]));
    const planner = new Planner(viewOf());
    await render(ServerSync, propsOf(syncOf(planner), planner));
    await page.getByRole("button", { name: "Sync now" }).click();
    if (!saves) await page.getByLabelText("Save the sign-in").click();
    await page.getByRole("button", { name: "Sign in with Google…" }).click();
    await expect.element(page.getByText("Sign in to Google.")).not.toBeInTheDocument();
    await expect.element(page.getByText("0 new, 1 moved")).toBeVisible();
    const count = (command: string) => core.asked.filter((it) => it.command === command).length;
    await expect.poll(() => count("keep_password")).toBe(saves ? 1 : 0);
    expect(count("sync_calendar")).toBe(2);
  });
}

test("a sync that nobody asked for asks for the password here", async () => {
  const planner = new Planner(viewOf());
  const core = new FakeCore()
    .on("look", () => viewOf())
    .on("sync_calendar", () => synced(null, ["0 new, 0 moved, 0 removed"]));
  const sync = syncOf(planner);
  const message = "Enter the password of “ana” at 127.0.0.1.";
  const trouble = { code: "password-needed", message, since: "", asks: true };
  sync.hear({ autoSync: true, trouble });
  await render(ServerSync, propsOf(sync, planner));
  await expect.element(page.getByText(message)).toBeVisible();
  await page.getByLabelText("Password", { exact: true }).fill("secret");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect.element(page.getByText("0 new, 0 moved, 0 removed")).toBeVisible();
  const sent = core.asked.find(({ command }) => command === "sync_calendar");
  expect(sent?.args).toMatchObject({ password: "secret", trial: false });
  sync.hear({ autoSync: true, trouble: null });
  expect(sync.problem).toBeNull();
});
