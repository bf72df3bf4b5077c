// Every command and every key of the window, in one table: the palette runs them, the window's keys
// are read from it, and the sheet of keys lists them.

export interface Entry {
  id: string;
  name: string;
  group: string;
  /** Such as "Mod+K": Mod is Ctrl, or ⌘ on a Mac. The first one is shown. */
  keys?: readonly string[];
  /** Other words that find it. */
  words?: string;
  /** Whether its key works while a text field has the focus. */
  inFields?: boolean;
  /** A key that acts on the element with the focus. Only the sheet lists it. */
  isLocal?: boolean;
}

export const TABLE = [
  { id: "view.today", name: "Go to Today", group: "Go to", keys: ["1"], words: "view day" },
  { id: "view.week", name: "Go to Week", group: "Go to", keys: ["2"], words: "view calendar" },
  {
    id: "view.plan",
    name: "Go to Plan",
    group: "Go to",
    keys: ["3"],
    words: "view gantt chart",
  },
  { id: "view.progress", name: "Go to Progress", group: "Go to", keys: ["4"], words: "view" },
  {
    id: "view.roadmap",
    name: "Go to Roadmap",
    group: "Go to",
    keys: ["5"],
    words: "view items",
  },
  {
    id: "palette",
    name: "Search or run a command",
    group: "Anywhere",
    keys: ["Mod+K", "/"],
    words: "find jump",
    inFields: true,
  },
  {
    id: "keys",
    name: "Show all keys",
    group: "Anywhere",
    keys: ["?"],
    words: "help shortcuts keyboard",
  },
  {
    id: "region.next",
    name: "Go to the next part of the window",
    group: "Anywhere",
    keys: ["F6"],
    words: "focus region",
    inFields: true,
  },
  {
    id: "region.previous",
    name: "Go to the previous part of the window",
    group: "Anywhere",
    keys: ["Shift+F6"],
    words: "focus region",
    inFields: true,
  },
  { id: "undo", name: "Undo", group: "Anywhere", keys: ["Mod+Z"], words: "back revert" },
  {
    id: "redo",
    name: "Redo",
    group: "Anywhere",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    words: "again",
  },
  {
    id: "timer.toggle",
    name: "Start or pause the timer",
    group: "Studying",
    keys: ["S"],
    words: "begin focus resume session",
  },
  { id: "timer.stop", name: "Stop the timer and log the time", group: "Studying" },
  {
    id: "log",
    name: "Log other time",
    group: "Studying",
    keys: ["L"],
    words: "work done enter",
  },
  {
    id: "note",
    name: "Write a note on the item",
    group: "Studying",
    keys: ["N"],
    words: "text",
  },
  { id: "replan", name: "Plan from now on", group: "Plan", words: "reschedule replan missed" },
  {
    id: "options",
    name: "See your options",
    group: "Plan",
    keys: ["O"],
    words: "catch up late behind recovery",
  },
  {
    id: "setup",
    name: "Open Setup",
    group: "Plan",
    keys: ["Mod+,"],
    words: "settings preferences options start zone sessions limits theme dates clock",
    inFields: true,
  },
  {
    id: "time",
    name: "Change study times, time off and limits",
    group: "Plan",
    words: "holiday vacation windows breaks settings setup",
  },
  {
    id: "busy",
    name: "Import busy times from a calendar",
    group: "Plan",
    words: "ics file google outlook",
  },
  {
    id: "paste",
    name: "Paste an outline as the roadmap",
    group: "Plan",
    words: "import roadmap text file csv opml json html drop own",
  },
  {
    id: "text",
    name: "Edit the roadmap as text",
    group: "Plan",
    words: "markdown rename move merge items phases share",
  },
  {
    id: "calendars",
    name: "Open calendars",
    group: "Plan",
    words: "export sync ics google caldav",
  },
  {
    id: "plans.switch",
    name: "Open another plan",
    group: "Plan",
    keys: ["P"],
    words: "switch plans list",
  },
  {
    id: "plans.new",
    name: "New plan",
    group: "Plan",
    words: "template paste file second add create",
  },
  {
    id: "plans.manage",
    name: "Manage plans",
    group: "Plan",
    words: "rename duplicate copy archive remove delete restore bring back",
  },
  {
    id: "files",
    name: "Open the plan’s files",
    group: "Plan",
    words: "earlier history restore export import backup",
  },
  { id: "picture", name: "Save the chart as a picture", group: "Plan", words: "svg export" },
  {
    id: "share",
    name: "Share the plan as a web page",
    group: "Plan",
    words: "html export send publish print",
  },
  { id: "theme.light", name: "Use the light theme", group: "Look", words: "colours bright" },
  { id: "theme.dark", name: "Use the dark theme", group: "Look", words: "colours night" },
  { id: "theme.system", name: "Use the system’s theme", group: "Look", words: "colours" },
  { id: "week.previous", name: "Previous week", group: "Week", keys: ["Page Up"] },
  { id: "week.next", name: "Next week", group: "Week", keys: ["Page Down"] },
  { id: "week.now", name: "This week", group: "Week", keys: ["T"], words: "now today" },
  {
    id: "week.walk",
    name: "Go to another session",
    group: "Week",
    keys: ["Arrows"],
    isLocal: true,
  },
  {
    id: "week.carry",
    name: "Move the session",
    group: "Week",
    keys: ["Alt+Arrows"],
    isLocal: true,
  },
  {
    id: "week.resize",
    name: "Make the session longer or shorter",
    group: "Week",
    keys: ["Alt+Shift+↑↓"],
    isLocal: true,
  },
  { id: "week.done", name: "Log the session as done", group: "Week", keys: ["D"] },
  {
    id: "week.byWeek",
    name: "Move the session on by a week",
    group: "Week",
    keys: ["Alt+Page Down"],
  },
  {
    id: "week.byWeekBack",
    name: "Move the session back by a week",
    group: "Week",
    keys: ["Alt+Page Up"],
  },
  { id: "week.all", name: "Select all sessions of the week", group: "Week", keys: ["Mod+A"] },
  {
    id: "week.extend",
    name: "Select more sessions",
    group: "Week",
    keys: ["Shift+Arrows", "Mod+Space"],
    isLocal: true,
  },
  {
    id: "week.aside",
    name: "Set the session aside",
    group: "Week",
    keys: ["Delete", "Backspace"],
    words: "remove cancel free leave out tray",
  },
  { id: "week.skip", name: "Not this week", group: "Week", words: "skip off later move" },
  { id: "week.fill", name: "Fill the week", group: "Week", words: "waiting plan in place" },
  {
    id: "roadmap.carry",
    name: "Move the item or phase",
    group: "Roadmap",
    keys: ["Alt+↑↓"],
    isLocal: true,
  },
  { id: "roadmap.rename", name: "Rename it", group: "Roadmap", keys: ["F2"], isLocal: true },
  {
    id: "roadmap.effort",
    name: "Change its effort or weeks",
    group: "Roadmap",
    keys: ["E"],
    isLocal: true,
  },
  {
    id: "roadmap.remove",
    name: "Remove it",
    group: "Roadmap",
    keys: ["Delete"],
    isLocal: true,
  },
  { id: "plan.in", name: "Zoom in", group: "Plan’s chart", keys: ["+", "="] },
  { id: "plan.out", name: "Zoom out", group: "Plan’s chart", keys: ["-"] },
  { id: "plan.fit", name: "Show the whole plan", group: "Plan’s chart", keys: ["0"] },
  { id: "plan.now", name: "Scroll to now", group: "Plan’s chart", keys: ["T"] },
  {
    id: "plan.walk",
    name: "Go to another row or session",
    group: "Plan’s chart",
    keys: ["Arrows"],
    isLocal: true,
  },
  {
    id: "plan.later",
    name: "Begin the item at a later date, with Shift by weeks; move the session",
    group: "Plan’s chart",
    keys: ["Alt+←→"],
    words: "not before start date",
    isLocal: true,
  },
  {
    id: "plan.order",
    name: "Move the item up or down its phase",
    group: "Plan’s chart",
    keys: ["Alt+↑↓"],
    isLocal: true,
  },
  {
    id: "plan.select",
    name: "Select several items",
    group: "Plan’s chart",
    keys: ["Shift+↑↓", "Mod+Space", "Mod+A"],
    isLocal: true,
  },
  {
    id: "plan.menu",
    name: "Show the details of the row or session",
    group: "Plan’s chart",
    keys: ["Shift+F10"],
    isLocal: true,
  },
] as const satisfies readonly Entry[];

export type CommandId = (typeof TABLE)[number]["id"];

/** The groups with their entries, in the order of the table. */
export function groupsOf(entries: readonly Entry[]): { group: string; entries: Entry[] }[] {
  const names = [...new Set(entries.map(({ group }) => group))];
  return names.map((group) => ({
    group,
    entries: entries.filter((entry) => entry.group === group),
  }));
}
