// Where everything is drawn: rows and times become a few batched paths. Pure, so that it can be
// tested without a window, and so cheap that a re-plan of 10,000 sessions stays within a frame.

import type { Chart } from "../bridge";
import type { Line } from "./rows";
import { hueOf, ROW_HEIGHT } from "./rows";
import type { Scale } from "./scale";
import { xOf } from "./scale";

/** The part of the sheet that is painted: what is seen and a screen around it. */
export interface Pane {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** All that one phase paints, as path data. */
export interface Layer {
  hue: number;
  bar: string;
  bands: string;
  marks: string;
  /** Dots over pinned sessions. */
  pins: string;
  /** Lines under the items of the critical path. */
  critical: string;
  diamond: string;
}

export interface Label {
  key: string;
  x: number;
  y: number;
  text: string;
  anchor: "start" | "end" | "middle";
}

export interface Picture {
  layers: Layer[];
  /** Outlines of where the phases lie in the plan that is kept. */
  ghosts: string;
  numbers: Label[];
  outcomes: Label[];
}

const BAR = { height: 16, least: 3, radius: 4 };
const BAND = { height: 14, least: 4, radius: 3 };
const MARK = { height: 14, least: 1.2, radius: 2 };
/** How thick the line under a critical item is. */
const UNDERLINE = 1.5;
/** Half of a pin's dot. */
const PIN = 2.5;
export const DIAMOND = 6;
/** Marks that are nearer than this are drawn as one. */
const MERGE = 0.7;
/** Labels reach out of the pane by at most this much. */
const LABEL_REACH = 400;
const LABEL_CHARACTER = 6.6;

function emptyLayer(hue: number): Layer {
  return { hue, bar: "", bands: "", marks: "", pins: "", critical: "", diamond: "" };
}

/** `pinned` tells which reasons of the chart are those of pinned sessions. */
export function picture(
  lines: Line[],
  scale: Scale,
  pane: Pane,
  kept: Chart | null,
  pinned: ReadonlySet<number>,
): Picture {
  const layers = new Map<number, Layer>();
  const drawn: Picture = { layers: [], ghosts: "", numbers: [], outcomes: [] };
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
      if (kept) drawn.ghosts += ghost(line, scale, pane, middle, kept);
    } else {
      drawItem(line, layer, scale, pane, middle, pinned);
    }
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
    if (to - from >= 24 && from > -LABEL_REACH && from < pane.width) {
      const text = String(phase.number);
      drawn.numbers.push({ key: phase.id, x: from + 8, y: middle, text, anchor: "start" });
    }
  }
  const { at, title } = phase.outcome;
  if (at === null) return;
  const x = xOf(scale, at) - pane.x;
  if (x < -LABEL_REACH || x > pane.width + LABEL_REACH) return;
  layer.diamond += diamond(x, middle);
  const label = outcomeLabel(title, x, phase.start, scale, pane);
  if (label) drawn.outcomes.push({ key: phase.id, y: middle, text: title, ...label });
}

/** Beside the milestone where there is room, else before the bar, else nowhere. */
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
  layer.marks += marks(sessions, scale, pane, middle);
  if (line.item.critical) {
    layer.critical += clipped(pane, from, to, middle + BAND.height / 2 + 2, UNDERLINE, 0);
  }
  if (pinned.size === 0) return;
  line.item.whys.forEach((why, at) => {
    const x = xOf(scale, sessions[at * 2] ?? 0) - pane.x;
    if (why !== null && pinned.has(why) && x >= -PIN && x <= pane.width + PIN) {
      layer.pins += dot(x + PIN, middle - BAND.height / 2);
    }
  });
}

/** Sessions at their true time and length, as one path. */
function marks(sessions: number[], scale: Scale, pane: Pane, middle: number): string {
  let path = "";
  let from = Number.NaN;
  let to = Number.NaN;
  const flush = () => {
    if (!Number.isNaN(from)) path += box(from, to, middle, MARK.height, MARK.radius);
  };
  for (let at = 0; at + 1 < sessions.length; at += 2) {
    const start = sessions[at] ?? 0;
    const left = xOf(scale, start) - pane.x;
    const right = xOf(scale, start + (sessions[at + 1] ?? 0)) - pane.x;
    if (right < 0 || left > pane.width) continue;
    if (left - to < MERGE) {
      to = Math.max(to, right, left + MARK.least);
      continue;
    }
    flush();
    from = left;
    to = Math.max(right, left + MARK.least);
  }
  flush();
  return path;
}

function ghost(line: Line, scale: Scale, pane: Pane, middle: number, kept: Chart): string {
  const before = kept.phases.find((phase) => phase.id === line.phase.id);
  if (!before || before.start === null || before.end === null) return "";
  const from = xOf(scale, before.start) - pane.x;
  const to = Math.max(xOf(scale, before.end) - pane.x, from + BAR.least);
  return clipped(pane, from, to, middle, BAR.height + 4, BAR.radius + 1);
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

function box(from: number, to: number, middle: number, height: number, most: number): string {
  const width = to - from;
  const top = middle - height / 2;
  const r = Math.min(most, width / 2);
  if (r < 1) return `M${n(from)} ${n(top)}h${n(width)}v${height}h${n(-width)}z`;
  const across = n(width - 2 * r);
  const down = n(height - 2 * r);
  const a = n(r);
  return (
    `M${n(from + r)} ${n(top)}h${across}a${a} ${a} 0 0 1 ${a} ${a}v${down}` +
    `a${a} ${a} 0 0 1 -${a} ${a}h-${across}a${a} ${a} 0 0 1 -${a} -${a}v-${down}` +
    `a${a} ${a} 0 0 1 ${a} -${a}z`
  );
}

function diamond(x: number, middle: number): string {
  const d = DIAMOND;
  return `M${n(x)} ${n(middle - d)}l${d} ${d}l-${d} ${d}l-${d} -${d}z`;
}

function dot(x: number, y: number): string {
  return `M${n(x - PIN)} ${n(y)}a${PIN} ${PIN} 0 1 0 ${2 * PIN} 0a${PIN} ${PIN} 0 1 0 -${2 * PIN} 0z`;
}

function n(value: number): number {
  return Math.round(value * 100) / 100;
}
