import axe from "axe-core";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { WebCalendar } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import WebCalendars from "./WebCalendars.svelte";

/** A component alone has no landmarks around it. */
const NO_PAGE = { rules: { region: { enabled: false } } };

const CHOIR: WebCalendar = {
  id: "busy-1",
  name: "Choir",
  source: "Choir",
  place: { kind: "address", host: "calendar.example.org" },
  read: "2027-01-04T12:00:00Z",
  trouble: null,
};
const SECRET = "webcal://calendar.example.org/private-5f2c9a/basic.ics";

function shown(all: WebCalendar[]) {
  const onchange = vi.fn();
  const sources = [{ source: "Choir", name: "Choir", times: 2, report: [] }];
  const planner = new Planner(viewOf());
  return { onchange, props: { planner, all, sources, onchange } };
}

test("a published calendar is added by an address that isn’t shown", async () => {
  const core = new FakeCore().on("add_web_address", () => ({
    view: viewOf(),
    calendars: [CHOIR],
    report: ["Busy: 2 events with 2 times."],
    notice: null,
  }));
  const { onchange, props } = shown([]);
  await render(WebCalendars, props);
  await page.getByRole("button", { name: "Add a published calendar…" }).click();
  await page.getByLabelText("Name in Waymark").fill("Choir");
  await page.getByLabelText("Address (https or webcal)").fill(SECRET);
  await expect
    .element(page.getByLabelText("Address (https or webcal)"))
    .toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect.element(page.getByText("Busy: 2 events with 2 times.")).toBeVisible();
  expect(core.asked.at(-1)?.args).toEqual({ name: "Choir", address: SECRET });
  expect(onchange.mock.calls).toEqual([[[CHOIR]]]);
});

test("one on a server is chosen after the login", async () => {
  const login = { address: "cloud.example.org", user: "ana" };
  const work = { name: "Work", address: "/ana/work/" };
  const core = new FakeCore()
    .on("readable_calendars", () => [{ name: "Private", address: "/ana/private/" }, work])
    .on("add_web_server", () => ({ view: viewOf(), calendars: [], report: [], notice: null }));
  const { props } = shown([]);
  await render(WebCalendars, props);
  await page.getByRole("button", { name: "Add a calendar from a server…" }).click();
  await page.getByLabelText("Name in Waymark").fill("Work");
  await page.getByLabelText("Server address").fill(login.address);
  await page.getByLabelText("User name").fill(login.user);
  await page.getByLabelText("Password").fill("secret");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByLabelText("Work", { exact: true }).click();
  expect((await axe.run(document.body, NO_PAGE)).violations).toEqual([]);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect.poll(() => core.asked.at(-1)?.command).toBe("add_web_server");
  const [connect, add] = core.asked;
  expect(connect?.args).toEqual({ login, password: "secret" });
  expect(add?.args).toEqual({ name: "Work", login, password: null, calendar: work });
});

test("a calendar that can’t be read keeps its busy times, and says why", async () => {
  const trouble = {
    code: "server-calendar-gone",
    message: "It’s gone.",
    since: "",
    asks: true,
  };
  const core = new FakeCore().on("refresh_web", () => {
    throw { code: "server-calendar-gone", field: "", value: "", message: "Still gone." };
  });
  const { props } = shown([{ ...CHOIR, trouble }]);
  await render(WebCalendars, props);
  await expect.element(page.getByText("2 busy times")).toBeVisible();
  await expect
    .element(page.getByText(/It’s gone\. The busy times read before stay/))
    .toBeVisible();
  await page.getByRole("button", { name: "Refresh Choir" }).click();
  await expect.element(page.getByText("Still gone.")).toBeVisible();
  expect(core.asked.map(({ args }) => args)).toEqual([{ id: CHOIR.id }]);
});
