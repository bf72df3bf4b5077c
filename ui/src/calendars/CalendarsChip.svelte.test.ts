import axe from "axe-core";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import CalendarsChip from "./CalendarsChip.svelte";

/** A component alone has no landmarks around it. */
const NO_PAGE = { rules: { region: { enabled: false } } };

test("the state is in the bar with its sentence, and a press opens the calendars", async () => {
  const onopen = vi.fn();
  const sentence = "“Study”: 2 questions about sessions you deleted there.";
  const now = { kind: "asks", short: "2 questions for you", sentence } as const;
  await render(CalendarsChip, { now, onopen });
  const button = page.getByRole("button", {
    name: `Calendars: 2 questions for you. ${sentence}`,
  });
  await button.click();
  expect(onopen).toHaveBeenCalledOnce();
  expect((await axe.run(document.body, NO_PAGE)).violations).toEqual([]);
});
