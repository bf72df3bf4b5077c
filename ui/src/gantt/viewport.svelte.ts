// What part of the chart is seen, and how large: scrolling, zoom, and the pane that is painted.

import { flushSync } from "svelte";
import type { View } from "../bridge";
import type { Anchor } from "../form/placement";
import type { Pane } from "./layout";
import type { Scale } from "./scale";
import type { Extent } from "./target";
import { daysOf, fit, MOST_PIXELS_PER_DAY, sheetWidth } from "./scale";

const STEP = 1.5;

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
  readonly #source: Source;

  constructor(source: Source, zoom: number) {
    this.#source = source;
    this.zoom = Math.min(Math.max(zoom, 0), MOST_PIXELS_PER_DAY);
  }

  readonly namesWidth = $derived(Math.round(Math.min(Math.max(this.width * 0.26, 220), 330)));
  readonly plotWidth = $derived(Math.max(this.width - this.namesWidth, 100));
  readonly plotHeight = $derived(Math.max(this.height - this.headHeight, 100));

  // Numbers, not objects: what a preview leaves as it was is not computed or painted again.
  readonly #from = $derived.by(() => daysOf(this.#source.shown.chart).from);
  readonly #days = $derived.by(() => daysOf(this.#source.shown.chart).days);
  readonly #savedDays = $derived.by(() => daysOf(this.#source.saved.chart).days);

  /** While a preview shrinks the plan the axis holds still, so that the gain can be seen. */
  readonly fitting = $derived(fit(Math.max(this.#days, this.#savedDays), this.plotWidth));
  readonly #pixelsPerDay = $derived(this.zoom === 0 ? this.fitting : this.zoom);
  readonly #sheetWidth = $derived(sheetWidth(this.#days, this.#pixelsPerDay, this.plotWidth));

  readonly scale: Scale = $derived({
    from: this.#from,
    pixelsPerDay: this.#pixelsPerDay,
    width: this.#sheetWidth,
  });

  /** One screen more on each side than is seen, moved by whole screens as one scrolls. */
  readonly #paneX = $derived(Math.floor(this.left / this.plotWidth) - 1);
  readonly #paneY = $derived(Math.floor(this.top / this.plotHeight) - 1);

  pane(sheetHeight: number): Pane {
    const x = Math.max(this.#paneX * this.plotWidth, 0);
    const y = Math.max(this.#paneY * this.plotHeight, 0);
    const right = Math.min((this.#paneX + 3) * this.plotWidth, this.scale.width);
    const bottom = Math.min((this.#paneY + 3) * this.plotHeight, sheetHeight);
    return { x, y, width: Math.max(right - x, 0), height: Math.max(bottom - y, 0) };
  }

  zoomIn(): void {
    this.zoomBy(STEP, this.plotWidth / 2);
  }

  zoomOut(): void {
    this.zoomBy(1 / STEP, this.plotWidth / 2);
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

  /** Zooms so that the time `anchor` pixels into the plot stays where it is. */
  zoomBy(factor: number, anchor: number): void {
    const before = this.scale.pixelsPerDay;
    const wanted = Math.min(before * factor, MOST_PIXELS_PER_DAY);
    const day = (this.left + anchor) / before;
    this.zoom = wanted <= this.fitting * 1.001 ? 0 : wanted;
    // The sheet must have its new width before it can be scrolled there.
    flushSync();
    this.scrollTo(day * this.scale.pixelsPerDay - anchor);
  }

  scrollTo(left: number): void {
    if (!this.scroller) return;
    this.scroller.scrollLeft = left;
    this.left = this.scroller.scrollLeft;
  }

  /** Scrolls across until a bar's beginning stands a little way into the plot. */
  show({ from, to }: Extent): void {
    const margin = Math.max((this.plotWidth - (to - from)) / 2, this.plotWidth * 0.1);
    this.scrollTo(from - margin);
  }

  /** On which side of the plot a bar lies that can't be seen. */
  sideOf({ from, to }: Extent): "before" | "after" | null {
    if (to < this.left) return "before";
    return from > this.left + this.plotWidth ? "after" : null;
  }

  /** Brings a stretch of the sheet into sight: across if it can't be seen, down if it is cut. */
  reveal(from: number, to: number, top: number, bottom: number): void {
    if (!this.scroller) return;
    if (to < this.left || from > this.left + this.plotWidth) {
      this.scrollTo((from + to) / 2 - this.plotWidth / 2);
    }
    this.revealRow(top, bottom);
  }

  revealRow(top: number, bottom: number): void {
    if (!this.scroller) return;
    // Its own word: ours is as old as the last scroll event.
    const shown = this.scroller.scrollTop;
    if (top < shown) this.scroller.scrollTop = top;
    else if (bottom > shown + this.plotHeight) {
      this.scroller.scrollTop = bottom - this.plotHeight;
    }
    this.top = this.scroller.scrollTop;
  }

  /**
   * Where on the screen a row's stretch begins, for a tip to hang on: at `x` of the sheet, or
   * where the pointer is. Null if the row is scrolled away.
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
