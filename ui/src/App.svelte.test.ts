import axe from "axe-core";
import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { fullView, shownApp } from "./fixtures/app";
import { FakeCore } from "./fixtures/core";
import { VIEWS } from "./frame/views";

beforeEach(() => () => document.getElementById("app")?.remove());

for (const theme of ["light", "dark"] as const) {
  for (const [at, { view, name }] of VIEWS.entries()) {
    test(`${name} has no accessibility findings, ${theme}`, async () => {
      await shownApp({ theme });
      await userEvent.keyboard(String(at + 1));
      await expect
        .element(page.elementLocator(document.getElementById(`view-${view}`) ?? document.body))
        .toHaveAttribute("aria-current", "page");
      const app = document.getElementById("app") ?? document.body;
      const { violations } = await axe.run(app, { resultTypes: ["violations"] });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);
    });
  }
}

test("the options open under the chart by a key, and close to the status", async () => {
  const view = fullView();
  const status = {
    ...view.status,
    lever: "seeOptions",
    leverLabel: "See your options",
  } as const;
  await shownApp({}, { ...view, status });
  await userEvent.keyboard("o");
  await expect.poll(() => document.activeElement?.id).toBe("options-title");
  const [chart, options] = ["gantt", "options"].map((id) =>
    document.getElementById(id)?.getBoundingClientRect(),
  );
  expect(options?.top).toBeGreaterThanOrEqual(chart?.bottom ?? Infinity);
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => document.activeElement?.id).toBe("status-lever");
  expect(document.getElementById("options")).toBe(null);
});

test("beside the chart is only what is selected: the rest is in its view", async () => {
  await shownApp();
  expect(document.querySelectorAll("[role=tab], #open-panel")).toHaveLength(0);
  await userEvent.keyboard("l");
  await expect
    .poll(() => document.activeElement?.closest("#worklog #log-form"))
    .toBeInstanceOf(HTMLElement);
  expect(document.getElementById("view-progress")?.ariaCurrent).toBe("page");
});

test("Today's first Done is within five Tab stops of the view's key", async () => {
  await shownApp();
  await userEvent.keyboard("1");
  await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toBe("Today");
  let tabs = 0;
  while (!document.activeElement?.textContent?.startsWith("Done") && tabs < 6) {
    await userEvent.tab();
    tabs += 1;
  }
  expect(tabs).toBeLessThanOrEqual(5);
});

test("no button is a combo box, and no control says its name twice", async () => {
  await shownApp();
  expect(document.querySelectorAll("[aria-haspopup]")).toHaveLength(0);
  const twice = [...document.querySelectorAll("[title][aria-label]")].filter(
    (each) => each.getAttribute("title") === each.getAttribute("aria-label"),
  );
  expect(twice).toHaveLength(0);
});

test("asks about a plan that was edited outside Waymark", async () => {
  await shownApp();
  const edited = {
    code: "plan-edited",
    field: "plan file",
    value: "",
    message: "Plan file was edited outside Waymark.",
  };
  const core = new FakeCore()
    .on("check_in", () => null)
    .on("forecast", () => {
      throw { code: "internal", field: "", value: "", message: "No forecast." };
    })
    .on("look", () => {
      throw edited;
    })
    .on("settle_edits", () => fullView());
  window.dispatchEvent(new Event("focus"));
  await page.getByRole("button", { name: "Keep this plan" }).click();
  const settled = core.asked.find(({ command }) => command === "settle_edits");
  expect(settled?.args).toEqual({ accepts: false });
  await expect.element(page.getByText("edited outside Waymark")).not.toBeInTheDocument();
});

const HARD = { isMet: false, verdict: "Target 1 February 2027: not met.", takes: "Take more." };
const ANSWERS = [
  null,
  { isMet: true, short: "met, 30 h to spare", verdict: "Met.", takes: "Takes 3 h a week." },
  { ...HARD, short: "not met: takes 17 h 30 min a week" },
  { ...HARD, short: "not met, not even with 60 h a week" },
];

for (const [width, height] of [
  [1280, 800],
  [1000, 700],
  [720, 480],
] as const) {
  for (const key of ["3", "2"]) {
    test(`nothing moves with the answer about the target, ${width} × ${height}, view ${key}`, async () => {
      await page.viewport(width, height);
      const places: unknown[] = [];
      for (const answers of ANSWERS) {
        await shownApp({}, { ...fullView(), answers });
        await userEvent.keyboard(key);
        const css = key === "3" ? "#gantt .body" : "#week .grid";
        await expect.poll(() => document.querySelector(css)).not.toBe(null);
        const box = (of: string) => document.querySelector(of)?.getBoundingClientRect();
        places.push([box(css)?.top, box("#target-field")?.left, box("#target-field")?.top]);
        document.getElementById("app")?.remove();
      }
      expect(places).toEqual(ANSWERS.map(() => places[0]));
      await page.viewport(1280, 800);
    });
  }
}

test("the whole answer about the target opens over the page, also by keys", async () => {
  await shownApp({}, { ...fullView(), answers: ANSWERS[2] ?? null });
  const answer = () => document.getElementById("target-answer");
  const whole = () => document.getElementById("verdict")?.getBoundingClientRect();
  answer()?.focus();
  await userEvent.keyboard("{Enter}");
  expect(document.getElementById("verdict")?.textContent).toContain("not met. Take more.");
  expect(whole()?.height).toBeGreaterThan(20);
  expect(whole()?.right).toBeLessThanOrEqual(innerWidth);
  await userEvent.keyboard("{Escape}");
  expect(whole()?.height).toBe(0);
});

test("weeks and hours say which part of them the core is", async () => {
  const view = fullView();
  const summary = { ...view.summary, weeks: 57, effortMinutes: 564 * 60 };
  const core = { coreWeeks: 44, coreMinutes: 440 * 60, coreFinish: "2027-11-06" };
  await shownApp({}, { ...view, summary: { ...summary, ...core } });
  const figures = () =>
    document.querySelector("#summary .figures")?.textContent?.replace(/\s+/g, " ");
  expect(figures()).toContain("57 weeks, 564 h in all");
  expect(figures()).toContain("core by 6 Nov 2027: 44 weeks, 440 h");
  document.getElementById("app")?.remove();
  // All of it is core.
  await shownApp({}, { ...view, summary: { ...summary, ...core, coreMinutes: 564 * 60 } });
  expect(figures()).not.toContain("core");
});
