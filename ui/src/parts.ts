// The parts of the window of which one is shown at a time.

import { lazy, ready } from "./frame/lazy.svelte";
import TodayPage from "./today/TodayPage.svelte";

export const parts = {
  // The first start shows it.
  today: ready(TodayPage),
  week: lazy(() => import("./week/Week.svelte")),
  plan: lazy(() => import("./gantt/Gantt.svelte")),
  legend: lazy(() => import("./gantt/Legend.svelte")),
  progress: lazy(() => import("./progress/ProgressPage.svelte")),
  roadmap: lazy(() => import("./roadmap/Roadmap.svelte")),
  paste: lazy(() => import("./paste/PastePage.svelte")),
  text: lazy(() => import("./paste/TextPage.svelte")),
  palette: lazy(() => import("./commands/Palette.svelte")),
  keys: lazy(() => import("./commands/KeySheet.svelte")),
};
