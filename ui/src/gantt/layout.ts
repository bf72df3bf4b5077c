// The layout of the chart: rows and times become a few batched paths. Pure, so that it can be
// tested without a window, and cheap enough that a re-plan of 10,000 sessions stays within a frame.

import type { Chart, ItemRow, PhaseRow } from "../bridge";
import { DAY_MINUTES, dayOf } from "../words/dates";
import { hueOf } from "../words/hues";
import { box, n } from "./boxes";
import type { Line } from "./rows";
import { ROW_HEIGHT } from "./rows";
import type { Scale } from "./scale";
import { xOf } from "./scale";
import type { SessionPaths } from "./sessions";
import { drawSession } from "./sessions";

/** The part of the sheet that is painted: the visible part and a screen around it. */
export interface Pane {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The shapes of one phase, as path data. */
export interface Layer extends SessionPaths {
  hue: number;
  bar: string;
  /** The share of the phase that is done, in its bar. */
  progress: string;
  bands: string;
  /** From the ends of phases to where a target date would be missed. */
  cushion: string;
  /** Dots over pinned sessions. */
  pins: string;
  /** Lines under the items of the critical path. */
  critical: string;
  /** Brackets at the dates before which items don't begin. */
  begins: string;
  diamond: string;
  /** Outcomes that were reached. */
  reached: string;
}

/** The span of each row in minutes of the chart, by the row's id. */
export type Stretches = ReadonlyMap<string, readonly [number, number]>;

export interface Label {
  key: string;
  x: number;
  y: number;
  text: string;
  anchor: "start" | "end" | "middle";
}

export interface Picture {
  layers: Layer[];
  /** Outlines of phases, and of sessions that move, as in the saved plan. */
  ghosts: string;
  /** Thin bars that show the rows as in the baseline. */
  baseline: string;
  numbers: Label[];
  outcomes: Label[];
}

const BAR = { height: 16, least: 3, radius: 4 };
const BAND = { height: 14, least: 4, radius: 3 };
const MARK = { height: 14, least: 1.2, radius: 2 };
/** The baseline's bar, at the foot of its row. */
const BASELINE = { height: 3, below: 12, least: 3 };
/** The line of the time to spare, and the tick at its end. */
const CUSHION = { below: 9, end: 8 };
const PROGRESS = { height: 3, below: 5 };
const BRACKET = 4;
/** The radius of a pin's dot. */
const PIN = 2.5;
export const DIAMOND = 6;
/** Marks closer than this are drawn as one. */
const MERGE = 0.7;
/** Labels reach this far out of the pane at most. */
const LABEL_REACH = 400;
const LABEL_CHARACTER = 6.6;

function emptyLayer(hue: number): Layer {
  const sessions: SessionPaths = { marks: "", hollow: "", ticks: "", strokes: "" };
  const rows = {
    bar: "",
    progress: "",
    bands: "",
    cushion: "",
    pins: "",
    critical: "",
    begins: "",
  };
  return { hue, ...sessions, ...rows, diamond: "", reached: "" };
}

/**
 * `pinned` has the numbers of the reasons that mean a pinned session; `origin` is the chart's first
 * day.
 */
export function picture(
  lines: Line[],
  scale: Scale,
  pane: Pane,
  saved: Chart | null,
  pinned: ReadonlySet<number>,
  baseline: Stretches | null = null,
  origin = 0,
): Picture {
  const layers = new Map<number, Layer>();
  const drawn: Picture = {
    layers: [],
    ghosts: "",
    baseline: "",
    numbers: [],
    outcomes: [],
  };
  const savedRows = rowsOf(saved);
  const first = Math.max(Math.floor(pane.y / ROW_HEIGHT), 0);
  const last = Math.min(Math.ceil((pane.y + pane.height) / ROW_HEIGHT), lines.length);

  for (let row = first; row < last; row += 1) {
    const line = lines[row];
    if (!line) continue;
    const hue = hueOf(line.phase);
    const layer = layers.get(hue) ?? emptyLayer(hue);
    layers.set(hue, layer);
    const middle = row * ROW_HEIGHT + ROW_HEIGHT / 2 - pane.y;
    if (line.kind === "phase") {
      drawPhase(line, layer, drawn, scale, pane, middle);
      drawn.ghosts += ghost(line.phase, savedRows.get(line.id), scale, pane, middle);
    } else {
      drawItem(line, layer, scale, pane, middle, pinned);
      layer.begins += bracket(line.item.notBefore, origin, scale, pane, middle);
      drawn.ghosts += ghost(line.item, savedRows.get(line.id), scale, pane, middle);
    }
    const was = baseline?.get(line.id);
    if (was) drawn.baseline += foot(was, scale, pane, middle);
  }
  drawn.layers = [...layers.values()];
  return drawn;
}

function drawPhase(
  { phase }: Line,
  layer: Layer,
  drawn: Picture,
  scale: Scale,
  pane: Pane,
  middle: number,
): void {
  if (phase.start !== null && phase.end !== null) {
    const from = xOf(scale, phase.start) - pane.x;
    const to = Math.max(xOf(scale, phase.end) - pane.x, from + BAR.least);
    layer.bar += clipped(pane, from, to, middle, BAR.height, BAR.radius);
    if (phase.cushionEnd !== null) {
      const until = xOf(scale, phase.cushionEnd) - pane.x;
      const line = underline(pane, to + DIAMOND, until, middle + CUSHION.below);
      layer.cushion += line !== "" && until < pane.width ? `${line}v-${CUSHION.end}` : line;
    }
    const done = from + (to - from) * doneShare(phase);
    if (done > from) {
      layer.progress += clipped(pane, from, done, middle + PROGRESS.below, PROGRESS.height, 0);
    }
    if (to - from >= 24 && from > -LABEL_REACH && from < pane.width) {
      const text = String(phase.number);
      drawn.numbers.push({ key: phase.id, x: from + 8, y: middle, text, anchor: "start" });
    }
  }
  const { at, title } = phase.outcome;
  if (at === null) return;
  const x = xOf(scale, at) - pane.x;
  if (x < -LABEL_REACH || x > pane.width + LABEL_REACH) return;
  if (phase.outcome.reached) layer.reached += diamond(x, middle);
  else layer.diamond += diamond(x, middle);
  const label = outcomeLabel(title, x, phase.start, scale, pane);
  if (label) drawn.outcomes.push({ key: phase.id, y: middle, text: title, ...label });
}

/** Beside the milestone if there is room, otherwise before the bar, otherwise nowhere. */
function outcomeLabel(
  title: string,
  x: number,
  start: number | null,
  scale: Scale,
  pane: Pane,
): { x: number; anchor: "start" | "end" } | null {
  const width = title.length * LABEL_CHARACTER;
  const gap = DIAMOND + 6;
  if (x + pane.x + gap + width <= scale.width) return { x: x + gap, anchor: "start" };
  const from = start === null ? x : xOf(scale, start) - pane.x;
  if (from + pane.x - 8 - width >= 0) return { x: from - 8, anchor: "end" };
  return null;
}

function drawItem(
  line: Line,
  layer: Layer,
  scale: Scale,
  pane: Pane,
  middle: number,
  pinned: ReadonlySet<number>,
): void {
  if (line.kind !== "item") return;
  const { start, end, sessions } = line.item;
  if (start === null || end === null) return;
  const from = xOf(scale, start) - pane.x;
  const to = Math.max(xOf(scale, end) - pane.x, from + BAND.least);
  layer.bands += clipped(pane, from, to, middle, BAND.height, BAND.radius);
  drawSessions(line.item, layer, scale, pane, middle);
  if (line.item.critical) {
    layer.critical += underline(pane, from, to, middle + BAND.height / 2 + 3);
  }
  if (pinned.size === 0) return;
  line.item.whys.forEach((why, at) => {
    const x = xOf(scale, sessions[at * 2] ?? 0) - pane.x;
    if (why !== null && pinned.has(why) && x >= -PIN && x <= pane.width + PIN) {
      layer.pins += dot(x + PIN, middle - BAND.height / 2);
    }
  });
}

/** Sessions at their true time and length. Neighbours of one state that touch are drawn as one. */
function drawSessions(
  { sessions, states }: ItemRow,
  paths: SessionPaths,
  scale: Scale,
  pane: Pane,
  middle: number,
): void {
  let from = Number.NaN;
  let to = Number.NaN;
  let state = states[0] ?? "planned";
  const flush = () => {
    if (!Number.isNaN(from)) drawSession(paths, state, from, to, middle);
  };
  for (let at = 0; at + 1 < sessions.length; at += 2) {
    const start = sessions[at] ?? 0;
    const left = xOf(scale, start) - pane.x;
    const right = xOf(scale, start + (sessions[at + 1] ?? 0)) - pane.x;
    if (right < 0 || left > pane.width) continue;
    const own = states[at / 2] ?? "planned";
    if (left - to < MERGE && own === state) {
      to = Math.max(to, right, left + MARK.least);
      continue;
    }
    flush();
    from = left;
    to = Math.max(right, left + MARK.least);
    state = own;
  }
  flush();
}

/** The part of a phase's work that is done, from 0 to 1. */
export function doneShare({ doneMinutes, leftMinutes }: PhaseRow): number {
  const all = doneMinutes + leftMinutes;
  return all === 0 ? 0 : doneMinutes / all;
}

function rowsOf(chart: Chart | null): Map<string, PhaseRow | ItemRow> {
  const rows = new Map<string, PhaseRow | ItemRow>();
  for (const phase of chart?.phases ?? []) {
    rows.set(phase.id, phase);
    for (const item of phase.items) rows.set(item.id, item);
  }
  return rows;
}

/** A row as in the saved plan: a phase's bar, or the sessions of an item that have moved. */
function ghost(
  now: PhaseRow | ItemRow,
  before: PhaseRow | ItemRow | undefined,
  scale: Scale,
  pane: Pane,
  middle: number,
): string {
  if (!before || before.start === null || before.end === null) return "";
  if (typeof before.sessions === "number" || typeof now.sessions === "number") {
    const from = xOf(scale, before.start) - pane.x;
    const to = Math.max(xOf(scale, before.end) - pane.x, from + BAR.least);
    return clipped(pane, from, to, middle, BAR.height + 4, BAR.radius + 1);
  }
  const still = new Set<number>();
  for (let at = 0; at < now.sessions.length; at += 2) still.add(now.sessions[at] ?? 0);
  let path = "";
  let to = Number.NEGATIVE_INFINITY;
  for (let at = 0; at + 1 < before.sessions.length; at += 2) {
    const start = before.sessions[at] ?? 0;
    if (still.has(start)) continue;
    const left = xOf(scale, start) - pane.x;
    // However thin the marks are, the neighbours look like one.
    if (left - to < MERGE) continue;
    to = Math.max(
      xOf(scale, start + (before.sessions[at + 1] ?? 0)) - pane.x,
      left + MARK.least,
    );
    path += clipped(pane, left, to, middle, MARK.height + 4, MARK.radius);
  }
  return path;
}

/** A row as in the baseline, at its foot. */
function foot(
  [start, end]: readonly [number, number],
  scale: Scale,
  pane: Pane,
  middle: number,
): string {
  const from = xOf(scale, start) - pane.x;
  const to = Math.max(xOf(scale, end) - pane.x, from + BASELINE.least);
  return clipped(pane, from, to, middle + BASELINE.below, BASELINE.height, 1);
}

/** A box cut to just outside the pane: paths far out of view cost time and precision. */
function clipped(
  pane: Pane,
  from: number,
  to: number,
  middle: number,
  height: number,
  radius: number,
): string {
  if (to < 0 || from > pane.width) return "";
  return box(Math.max(from, -20), Math.min(to, pane.width + 20), middle, height, radius);
}

/** The bracket at the date before which an item doesn't begin. */
function bracket(
  notBefore: string | null,
  origin: number,
  scale: Scale,
  pane: Pane,
  middle: number,
): string {
  if (notBefore === null) return "";
  const x = xOf(scale, (dayOf(notBefore) - origin) * DAY_MINUTES) - pane.x;
  if (x < -BRACKET || x > pane.width) return "";
  const height = BAND.height + 4;
  return `M${n(x + BRACKET - 1)} ${n(middle - height / 2)}h-${BRACKET}v${height}h${BRACKET}`;
}

/** A line cut to just outside the pane. */
function underline(pane: Pane, from: number, to: number, y: number): string {
  if (to < 0 || to < from || from > pane.width) return "";
  return `M${n(Math.max(from, -20))} ${n(y)}H${n(Math.min(to, pane.width + 20))}`;
}

function diamond(x: number, middle: number): string {
  const d = DIAMOND;
  return `M${n(x)} ${n(middle - d)}l${d} ${d}l-${d} ${d}l-${d} -${d}z`;
}

function dot(x: number, y: number): string {
  return `M${n(x - PIN)} ${n(y)}a${PIN} ${PIN} 0 1 0 ${2 * PIN} 0a${PIN} ${PIN} 0 1 0 -${2 * PIN} 0z`;
}

/** The reasons of sessions that stay where they are, by index. */
export function pinnedReasons({ reasons }: Chart): ReadonlySet<number> {
  const isPinned = (code: string) => code === "pinned" || code === "moved";
  return new Set(reasons.flatMap(({ code }, at) => (isPinned(code) ? [at] : [])));
}
