// Chart minutes to pixels. The scale begins at `from`, in days since the chart's origin.

import type { Chart } from "../bridge";
import { DAY_MINUTES } from "../words/dates";

export interface Scale {
  from: number;
  pixelsPerDay: number;
  /** The width of the whole sheet in pixels: at least the visible width, even for a short plan. */
  width: number;
}

/** At this zoom an hour is 50 pixels wide. */
export const MOST_PIXELS_PER_DAY = 1200;

/** Room after the last day, so that the last milestone isn't cut off. */
const END_PADDING = 20;

/** Today is shown up to this share of the plan's length before or after the plan. */
const NEAR = 0.12;

export function xOf(scale: Scale, minutes: number): number {
  return (minutes / DAY_MINUTES - scale.from) * scale.pixelsPerDay;
}

export function sheetWidth(days: number, pixelsPerDay: number, plotWidth: number): number {
  return Math.max(days * pixelsPerDay + END_PADDING, plotWidth);
}

/** The position of the line of a time, such as today's; null if it is off the sheet. */
export function lineIn(minutes: number | null, scale: Scale): number | null {
  if (minutes === null) return null;
  const x = xOf(scale, minutes);
  return x >= 0 && x <= scale.width ? x : null;
}

/** The days to show: the plan's, extended to its target date and to today if they are near. */
export function daysOf(chart: Chart): { from: number; days: number } {
  const length = Math.max(chart.days, 1);
  const end = Math.max(length, daysToTarget(chart, length));
  if (chart.today === null) return { from: 0, days: end };
  const today = Math.floor(chart.today / DAY_MINUTES);
  const room = Math.ceil(length * NEAR);
  const from = today < 0 && -today <= room ? today - 1 : 0;
  const to = today >= end && today - end < room ? today + 2 : end;
  return { from, days: to - from };
}

/** The days up to a target date beyond the finish; 0 if it would more than double the chart. */
function daysToTarget({ target }: Chart, length: number): number {
  if (target === null) return 0;
  const days = Math.ceil(target / DAY_MINUTES) + 1;
  return days <= 2 * length ? days : 0;
}

/** The pixels per day at which the whole chart is `width` wide. */
export function fit(days: number, width: number): number {
  return Math.max(width - END_PADDING, 1) / days;
}
