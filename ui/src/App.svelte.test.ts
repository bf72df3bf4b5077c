import axe from "axe-core";
import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import App from "./App.svelte";
import type { AgendaSession, Settings, View } from "./bridge";
import { FakeCore } from "./fixtures/core";
import { planOf, viewOf } from "./fixtures/view";
import { VIEWS } from "./frame/views";

const SESSION: AgendaSession = {
  item: "python",
  title: "python",
  phase: 1,
  start: "2027-01-04T19:00",
  end: "20:30",
  minutes: 90,
  doneMinutes: 0,
  state: "planned",
  begun: "2027-01-04T19:00",
};

/** A plan with something of everything that the views show. */
function fullView(): View {
  const view = viewOf();
  const plan = planOf({ target: "2027-02-01" });
  plan.time.exceptions = [{ kind: "time-off", first: "2027-01-09", last: "2027-01-10" }];
  return {
    ...view,
    plan,
    chart: { ...view.chart, today: 12 * 60, target: 29 * 1440 },
    answers: { isMet: true, short: "met", verdict: "Met.", takes: "Takes 3 h a week." },
    agenda: { ...view.agenda, today: [SESSION], waitingMinutes: 60 },
    history: { undo: ["hours"], redo: [] },
    // It has begun.
    progress: {
      ...view.progress,
      weeks: [{ start: "2027-01-04", plannedMinutes: 90, doneMinutes: 0 }],
    },
  };
}

const settings: Settings = {
  theme: "light",
  folded: [],
  zoom: 0,
  panel: null,
  baseline: null,
  calendar: null,
};

async function shown(more: Partial<Settings> = {}) {
  const view = fullView();
  new FakeCore()
    .onChange(() => view)
    .on("check_in", () => null)
    .on("catch_up", () => [])
    .on("worklog", () => [])
    .on("keep_settings", () => null)
    .on("forecast", () => {
      throw { code: "internal", field: "", value: "", message: "No forecast." };
    });
  const target = document.createElement("div");
  target.id = "app";
  document.body.append(target);
  await render(App, {
    target,
    props: {
      opened: {
        view,
        settings: { ...settings, ...more },
        notices: [],
        zones: ["Europe/Berlin"],
      },
    },
  });
}

beforeEach(() => () => document.getElementById("app")?.remove());

for (const theme of ["light", "dark"] as const) {
  for (const [at, { view, name }] of VIEWS.entries()) {
    test(`${name} has no accessibility findings, ${theme}`, async () => {
      await shown({ theme });
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

test("a panel that is opened takes the focus, and its first Done is near", async () => {
  await shown();
  await page.getByRole("button", { name: /^Panel/ }).click();
  await expect.poll(() => document.activeElement?.id).toBe("panel-inside");
  let tabs = 0;
  while (!document.activeElement?.textContent?.startsWith("Done") && tabs < 6) {
    await userEvent.tab();
    tabs += 1;
  }
  expect(tabs).toBeLessThanOrEqual(5);
});

test("Today's first Done is within five Tab stops of the view's key", async () => {
  await shown();
  await userEvent.keyboard("1");
  await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toBe("Today");
  let tabs = 0;
  while (!document.activeElement?.textContent?.startsWith("Done") && tabs < 6) {
    await userEvent.tab();
    tabs += 1;
  }
  expect(tabs).toBeLessThanOrEqual(5);
});

test("closing the panel returns the focus to its button", async () => {
  await shown({ panel: "today" });
  await page.getByRole("button", { name: "Close the panel" }).click();
  await expect.poll(() => document.activeElement?.id).toBe("open-panel");
});

test("no button is a combo box, and no control says its name twice", async () => {
  await shown({ panel: "today" });
  expect(document.querySelectorAll("[aria-haspopup]")).toHaveLength(0);
  const twice = [...document.querySelectorAll("[title][aria-label]")].filter(
    (each) => each.getAttribute("title") === each.getAttribute("aria-label"),
  );
  expect(twice).toHaveLength(0);
});

test("asks about a plan that was edited outside Waymark", async () => {
  await shown();
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
