// The visible part of the chart: scrolling, zoom, and the pane that is painted.

import { flushSync } from "svelte";
import { innerWidth } from "svelte/reactivity/window";
import type { View } from "../bridge";
import type { Anchor } from "../form/placement";
import type { Pane } from "./layout";
import { ROW_HEIGHT } from "./rows";
import type { Scale } from "./scale";
import type { Extent } from "./target";
import { daysOf, fit, MOST_PIXELS_PER_DAY, sheetWidth } from "./scale";

const STEP = 1.5;
/** Rows come and go in steps of this many. */
const ROW_STEP = 4;
/** The least width of the names, which the buttons above them need. */
export const LEAST_NAMES = 190;

interface Source {
  readonly shown: View;
  readonly saved: View;
}

export class Viewport {
  scroller: HTMLElement | null = $state(null);
  /** The scroller's inner size. */
  width = $state(0);
  height = $state(0);
  left = $state(0);
  top = $state(0);
  /** Pixels per day; 0 fits the whole plan to the width. */
  zoom = $state(0);
  headHeight = $state(0);
  /** The width that the learner gave the names; null for one that fits the window. */
  ownNames: number | null = $state(null);
  readonly #source: Source;

  /** `width` is the scroller's, as near as it is known before that is there. */
  constructor(source: Source, zoom: number, width = 0) {
    this.#source = source;
    this.width = width;
    this.zoom = Math.min(Math.max(zoom, 0), MOST_PIXELS_PER_DAY);
  }

  /** Of the window, so that the names stay as they are when a pane opens beside the chart. */
  readonly #usualNames = $derived.by(() =>
    Math.round(Math.min(Math.max((innerWidth.current ?? this.width) * 0.3, 220), 340)),
  );
  readonly namesWidth = $derived(
    this.ownNames === null
      ? Math.min(this.#usualNames, this.mostNames)
      : Math.min(Math.max(this.ownNames, LEAST_NAMES), this.mostNames),
  );
  readonly plotWidth = $derived(Math.max(this.width - this.namesWidth, 100));
  readonly plotHeight = $derived(Math.max(this.height - this.headHeight, 100));

  // Numbers, not objects: if a preview doesn't change them, nothing is computed or painted again.
  readonly #from = $derived.by(() => daysOf(this.#source.shown.chart).from);
  readonly #days = $derived.by(() => daysOf(this.#source.shown.chart).days);
  readonly #savedDays = $derived.by(() => daysOf(this.#source.saved.chart).days);

  /** While a preview shortens the plan the axis doesn't move, so that the gain is visible. */
  readonly fitting = $derived(fit(Math.max(this.#days, this.#savedDays), this.plotWidth));
  readonly #pixelsPerDay = $derived(this.zoom === 0 ? this.fitting : this.zoom);
  readonly #sheetWidth = $derived(sheetWidth(this.#days, this.#pixelsPerDay, this.plotWidth));

  readonly scale: Scale = $derived({
    from: this.#from,
    pixelsPerDay: this.#pixelsPerDay,
    width: this.#sheetWidth,
  });

  /**
   * The numbers of the rows to draw: those in sight and a few around them, so that a short scroll
   * finds them there.
   */
  readonly firstRow = $derived(
    Math.max((Math.floor(this.top / ROW_HEIGHT / ROW_STEP) - 1) * ROW_STEP, 0),
  );
  readonly rowCount = $derived(Math.ceil(this.plotHeight / ROW_HEIGHT) + 3 * ROW_STEP);

  /** The pane reaches half a screen past the visible part, and moves by half screens. */
  readonly #paneX = $derived(Math.floor((this.left / this.plotWidth) * 2) - 1);
  readonly #paneY = $derived(Math.floor((this.top / this.plotHeight) * 2) - 1);

  /** The part of the sheet to paint. Only the visible part, if that is all that will be seen. */
  pane(sheetHeight: number, isTight: boolean): Pane {
    const [left, top] = isTight ? [this.left, this.top] : this.#loose;
    const [across, down] = isTight ? [1, 1] : [2.5, 2.5];
    const x = Math.max(left, 0);
    const y = Math.max(top, 0);
    const right = Math.min(left + across * this.plotWidth, this.scale.width);
    const bottom = Math.min(top + down * this.plotHeight, sheetHeight);
    return { x, y, width: Math.max(right - x, 0), height: Math.max(bottom - y, 0) };
  }

  get #loose(): [number, number] {
    return [(this.#paneX * this.plotWidth) / 2, (this.#paneY * this.plotHeight) / 2];
  }

  /** `anchor` is the place in the plot that doesn't move; its middle if there is none. */
  zoomIn(anchor: number | null): void {
    this.zoomBy(STEP, anchor ?? this.plotWidth / 2);
  }

  zoomOut(anchor: number | null): void {
    this.zoomBy(1 / STEP, anchor ?? this.plotWidth / 2);
  }

  /** The place in the plot of an `x` of the sheet; null if it isn't visible. */
  inPlot(x: number | null): number | null {
    if (x === null) return null;
    const place = x - this.left;
    return place >= 0 && place <= this.plotWidth ? place : null;
  }

  /** The plot keeps at least a third of the chart. */
  get mostNames(): number {
    return Math.max(Math.round(this.width * (2 / 3)), LEAST_NAMES);
  }

  zoomToFit(): void {
    this.zoom = 0;
  }

  get canZoomIn(): boolean {
    return this.scale.pixelsPerDay < MOST_PIXELS_PER_DAY;
  }

  get canZoomOut(): boolean {
    return this.scale.pixelsPerDay > this.fitting;
  }

  /** Zooms so that the time at `anchor` pixels into the plot doesn't move. */
  zoomBy(factor: number, anchor: number): void {
    const before = this.scale.pixelsPerDay;
    const wanted = Math.min(before * factor, MOST_PIXELS_PER_DAY);
    const day = (this.left + anchor) / before;
    this.zoom = wanted <= this.fitting * 1.001 ? 0 : wanted;
    // The sheet needs its new width before it can scroll there.
    flushSync();
    this.scrollTo(day * this.scale.pixelsPerDay - anchor);
  }

  scrollTo(left: number): void {
    if (!this.scroller) return;
    this.scroller.scrollLeft = left;
    this.left = this.scroller.scrollLeft;
  }

  /** Scrolls across until the start of a bar is a little way into the plot. */
  show({ from, to }: Extent): void {
    const margin = Math.max((this.plotWidth - (to - from)) / 2, this.plotWidth * 0.1);
    this.scrollTo(from - margin);
  }

  /** The side of the plot beyond which a bar is; null if it is visible. */
  sideOf({ from, to }: Extent): "before" | "after" | null {
    if (to < this.left) return "before";
    return from > this.left + this.plotWidth ? "after" : null;
  }

  /** Scrolls to a part of the sheet: across if it isn't visible, down if it is cut off. */
  reveal(from: number, to: number, top: number, bottom: number): void {
    if (!this.scroller) return;
    if (to < this.left || from > this.left + this.plotWidth) {
      this.scrollTo((from + to) / 2 - this.plotWidth / 2);
    }
    this.revealRow(top, bottom);
  }

  revealRow(top: number, bottom: number): void {
    if (!this.scroller) return;
    // Read from the element: `top` is as old as the last scroll event.
    const shown = this.scroller.scrollTop;
    if (top < shown) this.scroller.scrollTop = top;
    else if (bottom > shown + this.plotHeight) {
      this.scroller.scrollTop = bottom - this.plotHeight;
    }
    this.top = this.scroller.scrollTop;
  }

  /**
   * The place of a row on the screen, for a tip: at `x` of the sheet, or at the pointer. Null if
   * the row is scrolled away.
   */
  onScreen(top: number, bottom: number, x: number, pointerX: number | null): Anchor | null {
    if (!this.scroller) return null;
    const box = this.scroller.getBoundingClientRect();
    const plotTop = box.top + this.headHeight;
    if (bottom < this.top || top > this.top + this.plotHeight) return null;
    const plotLeft = box.left + this.namesWidth;
    const left = Math.min(Math.max(plotLeft + x - this.left, plotLeft), box.right);
    return {
      left: pointerX ?? left,
      top: plotTop + top - this.top,
      bottom: plotTop + bottom - this.top,
    };
  }

  scrolled(): void {
    if (!this.scroller) return;
    this.left = this.scroller.scrollLeft;
    this.top = this.scroller.scrollTop;
  }
}
