// The views of the window, in the order of their keys.

import type { ViewName } from "../bridge";

export const VIEWS: readonly { view: ViewName; name: string }[] = [
  { view: "today", name: "Today" },
  { view: "week", name: "Week" },
  { view: "plan", name: "Plan" },
  { view: "progress", name: "Progress" },
  { view: "roadmap", name: "Roadmap" },
];
