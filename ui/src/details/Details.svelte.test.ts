import { expect, test } from "vitest";
import { render } from "vitest-browser-svelte";
import { FIRST, pinCore } from "../fixtures/pins";
import { Place } from "../frame/place.svelte";
import { Facts } from "../planner/facts.svelte";
import Details from "./Details.svelte";

test("the details of a session that was moved give its new time", async () => {
  const { core, planner } = pinCore(FIRST);
  core.facts();
  const selected = { line: "python", part: 0 } as const;
  const props = { planner, facts: new Facts(), place: new Place({ view: "week" }), selected };
  await render(Details, { props });
  const when = () => document.getElementById("session-when")?.textContent;
  await expect.poll(when).toMatch(/^Monday 4 January 2027, 19:00–20:30/);
  const pin = { item: "python", start: "2027-01-04T17:00", minutes: 90 };
  // Until the change is saved, its controls mean the session where it is.
  await planner.preview({ kind: "pin", pin, instead: "2027-01-04T19:00" });
  expect(when()).toMatch(/19:00–20:30/);
  await planner.apply({ kind: "pin", pin, instead: "2027-01-04T19:00" });
  await expect.poll(when).toMatch(/^Monday 4 January 2027, 17:00–18:30/);
});
