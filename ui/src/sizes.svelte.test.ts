// The whole window in its sizes: small, with text twice as large, without colours and motion of its
// own. Text of 200% is a page with half as many pixels.

import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cdp, page, userEvent } from "vitest/browser";
import { longView, shownApp } from "./fixtures/app";
import { DAY, itemOf } from "./fixtures/view";
import { VIEWS } from "./frame/views";

const SIZES = [
  { name: "1000 × 700", width: 1000, height: 700 },
  { name: "1280 × 800 at 200%", width: 640, height: 400 },
  { name: "720 × 480", width: 720, height: 480 },
  { name: "720 × 480 at 200%", width: 360, height: 240 },
];

beforeEach(() => () => document.getElementById("app")?.remove());

afterEach(async () => {
  await page.viewport(1280, 800);
  await emulate([]);
});

function emulate(features: { name: string; value: string }[]): Promise<unknown> {
  return cdp().send("Emulation.setEmulatedMedia", { features });
}

/** The parts of the page that scroll now. */
function scrollers(): Element[] {
  return [...document.querySelectorAll("#app, #app *")].filter((each) => {
    const { overflowY } = getComputedStyle(each);
    return /auto|scroll/.test(overflowY) && each.scrollHeight > each.clientHeight + 1;
  });
}

/** Rows of the chart whose middle is on the screen and covered by nothing. */
function visibleRows(): number {
  return [...document.querySelectorAll("#gantt [data-line]")].filter((row) => {
    const { left, top, height } = row.getBoundingClientRect();
    return row.contains(document.elementFromPoint(left + 60, top + height / 2));
  }).length;
}

describe.each(SIZES)("$name", ({ width, height }) => {
  test("the chart has five rows, or the page scrolls to them", async () => {
    await page.viewport(width, height);
    await shownApp({}, longView());
    await userEvent.keyboard("3");
    const stage = document.querySelector("#gantt");
    if (visibleRows() < 5) stage?.scrollIntoView({ block: "end" });
    await expect.poll(visibleRows).toBeGreaterThanOrEqual(5);
  });

  test.each(VIEWS.map((each, at) => ({ ...each, key: String(at + 1) })))(
    "$name is no wider than the window, and all of it can be scrolled to",
    async ({ view, key }) => {
      await page.viewport(width, height);
      await shownApp({}, longView());
      await userEvent.keyboard(key);
      await expect
        .poll(() => document.getElementById(`view-${view}`)?.getAttribute("aria-current"))
        .toBe("page");
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      const app = document.getElementById("app");
      expect((app?.scrollHeight ?? 0) > height && scrollers().length === 0).toBe(false);
      for (const control of document.querySelectorAll("header button")) {
        expect(control.getBoundingClientRect().right, control.id).toBeLessThanOrEqual(width);
      }
      for (const control of document.querySelectorAll("main button:not([tabindex='-1'])")) {
        control.scrollIntoView({ block: "nearest" });
        const { top, bottom } = control.getBoundingClientRect();
        expect(bottom > 0 && top < height, control.textContent).toBe(true);
      }
    },
  );
});

describe.each(["light", "dark"] as const)("axe finds nothing, %s", (theme) => {
  const opened = [
    { name: "Setup", keys: "{Control>},{/Control}", shows: "#setup" },
    { name: "the palette", keys: "/", shows: "dialog[open]" },
    { name: "the keys", keys: "?", shows: "dialog[open]" },
  ];
  test.each(opened)("in $name", async ({ keys, shows }) => {
    await shownApp({ theme }, longView());
    await userEvent.keyboard(keys);
    await expect.poll(() => document.querySelector(shows)).not.toBeNull();
    const app = document.getElementById("app") ?? document.body;
    const { violations } = await axe.run(app, { resultTypes: ["violations"] });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
  });
});

/** The longest titles of the roadmap that comes with Waymark. */
const TITLES = [
  "End-to-end ML pipeline (training → deployment)",
  "GitHub projects (end-to-end pipelines)",
  "Data structures & algorithms (basics)",
  "Model deployment (batch + real-time)",
];

test.each([SIZES[0], SIZES[2], { name: "1280 × 800", width: 1280, height: 800 }])(
  "at $name the names of the rows can be read, and stay as wide beside the details",
  async (size) => {
    if (!size) return;
    await page.viewport(size.width, size.height);
    const view = longView();
    const [first] = view.chart.phases;
    const items = TITLES.map((title, at) =>
      itemOf(`long-${at}`, [at * DAY, 600], { title, doneMinutes: 90, leftMinutes: 510 }),
    );
    const chart = { ...view.chart, phases: first ? [{ ...first, items }] : [] };
    await shownApp({}, { ...view, chart });
    await userEvent.keyboard("3");
    const width = () => document.querySelector("#gantt .corner")?.clientWidth;
    await expect.poll(width).toBeGreaterThan(0);
    const before = width();
    const isCut = ({ scrollHeight, clientHeight, scrollWidth, clientWidth }: Element) =>
      scrollHeight > clientHeight + 2 || scrollWidth > clientWidth;
    const cut = () =>
      [...document.querySelectorAll("#gantt .item .title")]
        .filter(isCut)
        .map(({ textContent }) => textContent);
    // In the smallest window the longest ones are in the tip, also by keys.
    const isSmall = size.width < 800;
    expect(cut().length).toBeLessThanOrEqual(isSmall ? 2 : 0);
    for (const title of cut()) {
      const rows = [...document.querySelectorAll<HTMLElement>("#gantt [data-item]")];
      const row = rows.find(({ textContent }) => textContent?.includes(title ?? ""));
      row?.focus({ focusVisible: true });
      await expect.poll(() => document.getElementById("tip")?.textContent).toContain(title);
    }
    document.querySelector<HTMLElement>("#gantt .item .more")?.click();
    await expect.poll(() => document.getElementById("details")).not.toBe(null);
    expect(width()).toBe(before);
    expect(cut().length).toBeLessThanOrEqual(isSmall ? 2 : 0);
  },
);

test("in forced colours the chart's marks, the chosen view and the focus can be seen", async () => {
  await emulate([{ name: "forced-colors", value: "active" }]);
  await shownApp({}, longView());
  const style = (css: string) => {
    const element = document.querySelector(css);
    return element ? getComputedStyle(element) : null;
  };
  const ground = "rgb(255, 255, 255)";
  await expect.poll(() => style("#gantt path.bar")?.fill ?? "none").not.toBe("none");
  expect(style("#gantt path.bar")?.fill).not.toBe(ground);
  const chosen = style("#view-plan");
  const other = style("#view-week");
  expect([chosen?.outlineStyle, other?.outlineStyle]).toEqual(["solid", "none"]);
  await userEvent.tab();
  const focused = document.activeElement;
  expect(focused && getComputedStyle(focused).outlineStyle).toBe("solid");
});

test("with reduced motion nothing moves on its own", async () => {
  await emulate([{ name: "prefers-reduced-motion", value: "reduce" }]);
  await shownApp({}, longView());
  const moving = [...document.querySelectorAll("#app *")].filter((each) => {
    const { transitionDuration, transitionProperty, animationName } = getComputedStyle(each);
    const hasTransition = transitionProperty !== "none" && /[1-9]/.test(transitionDuration);
    return hasTransition || animationName !== "none";
  });
  expect(moving).toEqual([]);
});

test("the system's theme is followed while the window is open", async () => {
  await emulate([{ name: "prefers-color-scheme", value: "light" }]);
  await shownApp({ theme: "system" });
  const theme = () => document.documentElement.dataset["theme"];
  await expect.poll(theme).toBe("light");
  await emulate([{ name: "prefers-color-scheme", value: "dark" }]);
  await expect.poll(theme).toBe("dark");
});

test("a report is a line of its own, and covers no control", async () => {
  await shownApp();
  const bottom = () => document.querySelector("main")?.getBoundingClientRect().bottom ?? 0;
  const before = bottom();
  await page.getByRole("button", { name: "Save picture…" }).click();
  await expect.element(page.getByRole("button", { name: "Dismiss" })).toBeVisible();
  const toast = document.querySelector(".toast")?.getBoundingClientRect();
  expect(toast?.top).toBeGreaterThanOrEqual(bottom());
  expect(bottom()).toBeLessThan(before);
});
