// The parts of the window of which one is shown at a time.

import { lazy } from "./frame/lazy.svelte";

export const parts = {
  today: lazy(() => import("./today/TodayPage.svelte")),
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
