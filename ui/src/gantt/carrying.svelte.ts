// The selected sessions and rows of the chart, and what is carried of them by pointer and keys.

import { itemMove, itemStep } from "../planner/order";
import { numberAfter, numberAt } from "../carry/moves";
import type { Place } from "../frame/place.svelte";
import type { Planner } from "../planner/planner.svelte";
import { keyOf } from "../planner/sessions";
import { count } from "../words/amounts";
import type { Bar } from "./bar";
import { barOf } from "./bar";
import { ChartDrag } from "./chart-drag.svelte";
import type { Drawing } from "./drawing.svelte";
import { carriedAt, movingWith, NONE_SELECTED, stretchAt, toggled } from "./grip";
import type { Pointing } from "./pointing.svelte";
import { RowSelection } from "./row-selection.svelte";
import type { Line } from "./rows";
import type { Target } from "./target";

/** A point of the screen. */
interface Point {
  x: number;
  y: number;
}

export class Carrying {
  /** Keys of the sessions that move together. */
  selected: ReadonlySet<string> = $state.raw(NONE_SELECTED);
  /** The latest effect, for a screen reader. */
  announced = $state("");
  readonly drag: ChartDrag;
  readonly rows = new RowSelection();
  readonly #planner: Planner;
  readonly #drawing: Drawing;
  readonly #pointing: Pointing;
  readonly #place: Place;

  constructor(planner: Planner, drawing: Drawing, pointing: Pointing, place: Place) {
    this.drag = new ChartDrag(planner);
    this.#planner = planner;
    this.#drawing = drawing;
    this.#pointing = pointing;
    this.#place = place;
  }

  /** The session that is carried, where it is drawn by now. */
  readonly carried: Target | null = $derived.by(() => {
    const { there } = this.drag;
    const line = there && this.#drawing.lines.find(({ id }) => id === there.item);
    const part = there && numberAt(there, this.#drawing.chart);
    return line && part !== null ? { line, part } : null;
  });

  #barIn(line: Line): Bar | null {
    return barOf(line, this.rows.ids, this.#drawing.lines, this.#planner.saved.chart);
  }

  /**
   * Takes hold of a mark, or of the end of a bar at `x` of the sheet. False if there is nothing to
   * hold.
   */
  grip(found: Target | null, line: Line, x: number, at: Point): boolean {
    const { lines, scale } = this.#drawing;
    const { chart } = this.#planner.saved;
    const origins = found ? movingWith(found, this.selected, lines, chart) : [];
    const stretch = stretchAt(line, x, scale, chart);
    const bar = found?.part === "line" ? this.#barIn(line) : null;
    if (origins.length > 0) this.drag.press({ kind: "sessions", origins }, at.x, at.y);
    else if (stretch) this.drag.press({ kind: "effort", stretch }, at.x, at.y);
    else if (bar) this.drag.press({ kind: "bar", bar }, at.x, at.y);
    if (this.drag.isHeld) this.#pointing.hovered = null;
    return this.drag.isHeld;
  }

  async drop(): Promise<void> {
    if (!this.drag.isHeld) return;
    const before = this.#planner.saved.chart;
    const { selected } = this.#place;
    const moves = await this.drag.drop();
    if (!moves) return;
    this.selected = NONE_SELECTED;
    const [there] = moves.to;
    if (!there) return;
    // Past another session of its item it has another number: the cursor and the details follow.
    const { chart } = this.#planner.saved;
    const part = numberAt(there, chart);
    if (part !== null) this.#pointing.cursor = { id: there.item, part };
    if (!selected || typeof selected.part !== "number") return;
    const shown = numberAfter(moves, selected.line, selected.part, before, chart);
    if (shown !== null) this.#place.select({ line: selected.line, part: shown }, false);
  }

  /** With Ctrl sessions are selected one by one, to be moved together. */
  choose({ line, part }: Target): void {
    if (line.kind !== "item" || typeof part !== "number") return;
    if (!carriedAt({ line, part }, this.#drawing.chart)) return;
    this.selected = toggled(this.selected, keyOf(line.id, part));
    this.announced = `${this.selected.size} selected`;
  }

  clear(): void {
    this.selected = NONE_SELECTED;
  }

  /**
   * Alt and the left and right keys carry the session at the cursor by days, or the bar of its row,
   * with Shift by weeks. False if there is nothing to carry. `at` is its place on the screen.
   */
  step(by: 1 | -1, isByWeeks: boolean, at: Point): boolean {
    const focused = this.#pointing.atCursor;
    if (!focused) return false;
    const { lines } = this.#drawing;
    const isSession = typeof focused.part === "number";
    const origins = isSession
      ? movingWith(focused, this.selected, lines, this.#planner.saved.chart)
      : [];
    const bar = focused.part === "line" ? this.#barIn(focused.line) : null;
    if (origins.length === 0 && !bar && !this.drag.isByKeys) return false;
    if (bar) this.drag.stepBar(bar, by * (isByWeeks ? 7 : 1), at.x, at.y);
    else this.drag.step(origins, by, at.x, at.y);
    this.announced = this.drag.words ?? "";
    return true;
  }

  /** Moves an item one row up or down within its phase. False if it didn't. */
  async reorder({ id, phase }: Line, by: 1 | -1): Promise<boolean> {
    const { phases } = this.#planner.saved.chart;
    const to = itemStep(phases, id, by);
    const change = to && to.phase === phase.id ? itemMove(phases, id, to) : null;
    return change !== null && this.#planner.apply(change);
  }

  /** Ctrl and a press select rows one by one, Shift a range from `from`. True if this was one. */
  selectRow(line: Line, from: string, event: MouseEvent): boolean {
    if (event.shiftKey) this.rows.extend(this.#drawing.lines, from, line.id);
    else if (event.ctrlKey || event.metaKey) this.rows.toggle(line);
    else return false;
    this.#countRows();
    return true;
  }

  /** The keys that select rows. The row of the cursor then; null if this was none of them. */
  selectKey(event: KeyboardEvent): Line | null {
    const line = this.#pointing.atCursor?.line;
    if (event.altKey || !line) return null;
    const { lines } = this.#drawing;
    const isMod = event.ctrlKey || event.metaKey;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    let to: Line = line;
    if (event.shiftKey && !isMod && by !== undefined) {
      const next = lines[lines.indexOf(line) + by];
      if (!next) return null;
      this.rows.extend(lines, line.id, next.id);
      to = next;
    } else if (event.key === " " && isMod) this.rows.toggle(line);
    else if (event.key.toLowerCase() === "a" && isMod) this.rows.all(lines);
    else return null;
    this.#countRows();
    return to;
  }

  #countRows(): void {
    const { isEmpty, ids } = this.rows;
    this.announced = isEmpty ? "None selected" : `${count(ids.size, "item")} selected`;
  }
}
