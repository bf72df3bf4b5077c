// The texts of tooltips.

import type { Chart, ItemKind, PhaseRow } from "../bridge";
import { isChecklist, isLeftOut } from "../planner/items";
import { effort } from "../words/amounts";
import { priorityName } from "../words/priorities";
import {
  civil,
  DAY_MINUTES,
  dateRange,
  dayOf,
  longDate,
  shortDate,
  timeText,
  shortMonth,
} from "../words/dates";
import { STATE_NAMES } from "../words/states";
import type { ItemLine } from "./rows";
import type { Target } from "./target";
import { reasonOf, sessionCount, sessionOf } from "./target";

export interface Tip {
  /** A few words above the title that say what this is. */
  kicker: string;
  title: string;
  text: string;
  facts: { name: string; value: string }[];
}

const KINDS: Record<ItemKind, string> = {
  topic: "Topic",
  tool: "Tool",
  project: "Project",
  certification: "Certification",
  portfolio: "Portfolio",
  skill: "Skill",
  question: "Interview question",
  trend: "Trend",
};

export function kindName(kind: ItemKind): string {
  return KINDS[kind];
}

export function tipOf({ line, part }: Target, chart: Chart): Tip {
  const origin = dayOf(chart.origin);
  if (part === "outcome") return outcomeTip(line.phase, origin);
  if (line.kind === "phase") return phaseTip(line.phase, origin);
  return typeof part === "number" ? sessionTip(line, part, chart) : itemTip(line, origin);
}

/** The whole tooltip as one text, for a screen reader. */
export function spoken(tip: Tip): string {
  const facts = tip.facts.map(({ name, value }) => `${name}: ${value}`);
  return [tip.kicker, tip.title, ...facts].join(", ");
}

export function datesOf(start: number | null, end: number | null, origin: number): string {
  if (start === null || end === null) return "not scheduled";
  // A span that ends at midnight doesn't reach into the next day.
  const last = Math.max(end - 1, start);
  return dateRange(dayAt(start, origin), dayAt(last, origin));
}

/** "Today, 3 Feb" */
export function todayName(chart: Chart): string {
  return `Today, ${dayAndMonthAt(chart.today ?? 0, chart)}`;
}

/** "Target, 31 Dec": the day that the target's line ends. */
export function targetName(chart: Chart): string {
  const at = (chart.target ?? 0) - 1;
  const name = `Target, ${dayAndMonthAt(at, chart)}`;
  // Some years away the day and month say too little.
  const years = civil(dayAt(at, dayOf(chart.origin))).year - civil(dayOf(chart.origin)).year;
  return years > 1 ? `${name} ${civil(dayAt(at, dayOf(chart.origin))).year}` : name;
}

function dayAndMonthAt(minutes: number, chart: Chart): string {
  const { day, month } = civil(dayAt(minutes, dayOf(chart.origin)));
  return `${day} ${shortMonth(month)}`;
}

function dayAt(minutes: number, origin: number): number {
  return origin + Math.floor(minutes / DAY_MINUTES);
}

function phaseTip(phase: PhaseRow, origin: number): Tip {
  const facts = [
    { name: "Dates", value: datesOf(phase.start, phase.end, origin) },
    { name: "Effort", value: effort(phase.effortMinutes) },
    { name: "Sessions", value: String(phase.sessions) },
  ];
  if (phase.weeks) {
    const [first, last] = phase.weeks;
    const value = first === last ? String(first) : `${first}–${last}`;
    facts.splice(1, 0, { name: first === last ? "Week" : "Weeks", value });
  }
  if (phase.target) {
    facts.push({ name: "Target", value: longDate(dayOf(phase.target)) });
  }
  facts.push(...slackFacts(phase.slackMinutes));
  return {
    kicker: `Phase ${phase.number} · ${phase.track === "core" ? "Core" : "Career track"}`,
    title: phase.title,
    text: `Outcome: ${phase.outcome.title}`,
    facts,
  };
}

function itemTip(line: ItemLine, origin: number): Tip {
  const { item } = line;
  const facts = [];
  if (isChecklist(item)) {
    facts.push({ name: "Effort", value: "no hours of its own" });
  } else if (isLeftOut(item)) {
    facts.push({ name: "Effort", value: `${effort(item.effortMinutes)} if you add it` });
  } else {
    facts.push({ name: "Dates", value: datesOf(item.start, item.end, origin) });
    facts.push({ name: "Effort", value: effort(item.effortMinutes) });
    facts.push({ name: "Sessions", value: String(sessionCount(line)) });
    if (item.doneMinutes > 0 || item.finished) {
      const left = item.finished ? "finished" : `${effort(item.leftMinutes)} left`;
      facts.push({ name: "Done", value: `${effort(item.doneMinutes)}, ${left}` });
    }
    if (item.knownMinutes > 0) {
      facts.push({ name: "Known", value: effort(item.knownMinutes) });
    }
    if (item.priority !== 0) {
      facts.push({ name: "Order", value: priorityName(item.priority) });
    }
    if (item.notBefore !== null) {
      facts.push({ name: "Not before", value: longDate(dayOf(item.notBefore)) });
    }
    facts.push(...slackFacts(item.slackMinutes));
  }
  return { kicker: kicker(line), title: item.title, text: item.summary, facts };
}

function sessionTip(line: ItemLine, at: number, chart: Chart): Tip {
  const origin = dayOf(chart.origin);
  const session = sessionOf(line, at);
  const facts = [];
  if (session) {
    const from = timeText(session.start);
    const to = timeText(session.start + session.minutes);
    facts.push({ name: "Day", value: longDate(dayAt(session.start, origin)) });
    facts.push({ name: "Time", value: `${from}–${to}` });
    facts.push({ name: "Length", value: effort(session.minutes) });
    const state = line.item.states[at];
    if (state) facts.push({ name: "State", value: STATE_NAMES[state] });
    const reason = reasonOf(line, at, chart);
    if (reason) facts.push({ name: "Reason", value: reason.text });
  }
  return {
    kicker: `Session ${at + 1} of ${sessionCount(line)}`,
    title: line.item.title,
    text: "",
    facts,
  };
}

/** The time left before a target date is missed, if one depends on the row. */
function slackFacts(slack: number | null): Tip["facts"] {
  if (slack === null) return [];
  const value = slack < 0 ? `${effort(-slack)} short` : `${effort(slack)} to spare`;
  return [{ name: "Slack", value }];
}

function outcomeTip(phase: PhaseRow, origin: number): Tip {
  const { at, title } = phase.outcome;
  const facts =
    at === null ? [] : [{ name: "Reached", value: shortDate(dayAt(at - 1, origin)) }];
  return { kicker: `Outcome of phase ${phase.number}`, title, text: "", facts };
}

function kicker({ item }: ItemLine): string {
  const kind = KINDS[item.kind];
  const optional = item.optional ? " · optional" : "";
  const group = item.group && !item.group.toLowerCase().startsWith(kind.toLowerCase());
  return `${kind}${group ? ` · ${item.group}` : ""}${optional}`;
}
