// The views of the window, in the order of their keys.

export type ViewName = "today" | "week" | "plan" | "progress" | "roadmap";

export const VIEWS: readonly { view: ViewName; name: string }[] = [
  { view: "today", name: "Today" },
  { view: "week", name: "Week" },
  { view: "plan", name: "Plan" },
  { view: "progress", name: "Progress" },
  { view: "roadmap", name: "Roadmap" },
];
