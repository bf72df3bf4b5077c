import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { ViewName } from "../bridge";
import Views from "./Views.svelte";

test("a button shows a view", async () => {
  const seen: ViewName[] = [];
  await render(Views, { view: "plan", onview: (view) => seen.push(view) });
  await page.getByRole("button", { name: "Week" }).click();
  expect(seen).toEqual(["week"]);
});

test("the view that is shown is marked", async () => {
  await render(Views, { view: "plan", onview: () => undefined });
  await expect
    .element(page.getByRole("button", { name: "Plan" }))
    .toHaveAttribute("aria-current", "page");
});
