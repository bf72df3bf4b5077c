import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { ViewName } from "./views";
import Views from "./Views.svelte";

test("a button or its number shows a view, except while typing", async () => {
  const seen: ViewName[] = [];
  await render(Views, { view: "plan", onview: (view) => seen.push(view) });
  await page.getByRole("button", { name: "Week" }).click();
  await userEvent.keyboard("1");
  const field = document.createElement("input");
  document.body.append(field);
  field.focus();
  await userEvent.keyboard("3");
  field.remove();
  await userEvent.keyboard("9");
  expect(seen).toEqual(["week", "today"]);
});

test("the view that is shown is marked", async () => {
  await render(Views, { view: "plan", onview: () => undefined });
  await expect
    .element(page.getByRole("button", { name: "Plan" }))
    .toHaveAttribute("aria-current", "page");
});
