// Chart minutes to pixels. The scale begins at `from`, in days since the chart's origin.

import type { Chart } from "../bridge";
import { DAY_MINUTES } from "../words/dates";

export interface Scale {
  from: number;
  pixelsPerDay: number;
  /** Of the whole sheet, in pixels: at least what is seen, however short the plan is. */
  width: number;
}

/** At this zoom an hour is 50 pixels wide. */
export const MOST_PIXELS_PER_DAY = 1200;

/** Room after the last day, so that the last milestone is not cut. */
const END_PADDING = 20;

/** "Today" is drawn when it lies within this share of the plan's length before or after it. */
const NEAR = 0.12;

export function xOf(scale: Scale, minutes: number): number {
  return (minutes / DAY_MINUTES - scale.from) * scale.pixelsPerDay;
}

export function sheetWidth(days: number, pixelsPerDay: number, plotWidth: number): number {
  return Math.max(days * pixelsPerDay + END_PADDING, plotWidth);
}

/** Where the line of a time stands, such as today's, if it is on the sheet. */
export function lineIn(minutes: number | null, scale: Scale): number | null {
  if (minutes === null) return null;
  const x = xOf(scale, minutes);
  return x >= 0 && x <= scale.width ? x : null;
}

/** The days to show: the plan's, and those up to today if that is near. */
export function daysOf(chart: Chart): { from: number; days: number } {
  const length = Math.max(chart.days, 1);
  if (chart.today === null) return { from: 0, days: length };
  const today = Math.floor(chart.today / DAY_MINUTES);
  const room = Math.ceil(length * NEAR);
  const from = today < 0 && -today <= room ? today - 1 : 0;
  const to = today >= length && today - length < room ? today + 2 : length;
  return { from, days: to - from };
}

/** Pixels per day with which the whole chart is `width` wide. */
export function fit(days: number, width: number): number {
  return Math.max(width - END_PADDING, 1) / days;
}
