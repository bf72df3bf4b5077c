// Dragging in the chart: sessions to another time, an item's bar to a date before which it doesn't
// begin or to another place in the order, and the end of a bar to another effort. A drop is one
// change; until then the core previews it, so that finish and status follow.

import type { Change } from "../bridge";
import type { Carried } from "../carry/carry";
import { allMovedBy, changeOfAll, isSame, placeOf, snap } from "../carry/carry";
import type { Moves } from "../carry/moves";
import { fieldOf } from "../planner/fields";
import type { Planner } from "../planner/planner.svelte";
import { effort } from "../words/amounts";
import { DAY_MINUTES } from "../words/dates";
import type { Bar, Drop } from "./bar";
import { later, reordered, rowsOf } from "./bar";

/** A press that moves further is a drag. */
const STILL = 4;
/** From this zoom on sessions move by quarters of an hour, otherwise by days. */
const HOURS_FROM = 240;
const EFFORT_STEP = 15;

/** An item whose effort follows the end of its bar. */
export interface Stretch {
  item: string;
  title: string;
  /** Minutes that are left. */
  left: number;
  /** Days from now, or from its start, to its end. */
  days: number;
}

type Held =
  | { kind: "sessions"; origins: readonly Carried[] }
  | { kind: "bar"; bar: Bar }
  | { kind: "effort"; stretch: Stretch };

export class ChartDrag {
  /** The place of a drop, in words; null if nothing is carried. */
  words: string | null = $state.raw(null);
  /** The pointer, or the place of what is carried by keys. */
  at = $state.raw({ x: 0, y: 0 });
  isByKeys = $state(false);
  /** The click that ends a drag selects nothing. */
  hasMoved = false;
  /** The places of the sessions that are carried; the one that was gripped comes first. */
  #to: readonly Carried[] = $state.raw([]);
  #held: Held | null = null;
  #pressed = { x: 0, y: 0 };
  /** Whether a bar goes across, or up and down: by how its drag began. */
  #isAcross: boolean | null = null;
  /** The days by which keys have carried a bar. */
  #days = 0;
  #change: Change | null = null;
  readonly #planner: Planner;

  constructor(planner: Planner) {
    this.#planner = planner;
  }

  get isHeld(): boolean {
    return this.#held !== null;
  }

  /** The sessions that are carried, where they were. */
  get #origins(): readonly Carried[] {
    return this.#held?.kind === "sessions" ? this.#held.origins : [];
  }

  /** The place of the session that is carried, of several the first; null if none is. */
  get there(): Carried | null {
    return this.#to[0] ?? null;
  }

  press(held: Held, x: number, y: number): void {
    this.cancel();
    this.hasMoved = false;
    this.#held = held;
    this.#pressed = { x, y };
  }

  move(x: number, y: number, pixelsPerDay: number): void {
    const by = x - this.#pressed.x;
    const down = y - this.#pressed.y;
    if (!this.#held || this.isByKeys) return;
    if (this.words === null && Math.hypot(by, down) < STILL) return;
    this.hasMoved = true;
    this.at = { x, y };
    if (this.#held.kind === "bar") {
      this.#isAcross ??= Math.abs(by) >= Math.abs(down);
      const { bar } = this.#held;
      if (this.#isAcross) this.#show(later(bar, Math.round(by / pixelsPerDay)));
      else this.#show(reordered(bar, rowsOf(down)));
      return;
    }
    this.#carry(by / pixelsPerDay, pixelsPerDay >= HOURS_FROM);
  }

  /** Begins or goes on by keys. */
  step(origins: readonly Carried[], days: number, x: number, y: number): void {
    if (!this.isByKeys) {
      this.press({ kind: "sessions", origins }, x, y);
      this.isByKeys = true;
    }
    this.at = { x, y };
    const [from] = this.#origins;
    const now = this.there ?? from;
    if (from && now) this.#carry(now.day - from.day + days, false);
  }

  /** Carries a bar by days, by keys. */
  stepBar(bar: Bar, days: number, x: number, y: number): void {
    if (!this.isByKeys) {
      this.press({ kind: "bar", bar }, x, y);
      this.isByKeys = true;
    }
    if (this.#held?.kind !== "bar") return;
    this.at = { x, y };
    this.#days += days;
    this.#show(later(this.#held.bar, this.#days));
  }

  /** Makes the change. Gives the sessions that it moved, if any; null if nothing changed. */
  async drop(): Promise<Moves | null> {
    const change = this.#change;
    const moves = { origins: this.#origins, to: this.#to };
    this.#end();
    return change !== null && (await this.#planner.apply(change)) ? moves : null;
  }

  /** Ends the drag with everything where it was. */
  cancel(): void {
    if (this.#change) this.#planner.revert(fieldOf(this.#change));
    this.#end();
  }

  #carry(days: number, isByHours: boolean): void {
    const held = this.#held;
    if (!held) return;
    if (held.kind === "effort") this.#stretch(held.stretch, days);
    else if (held.kind === "sessions") this.#shift(held.origins, days, isByHours);
  }

  #shift(origins: readonly Carried[], days: number, isByHours: boolean): void {
    const [first] = origins;
    if (!first) return;
    const minutes = isByHours ? snap(days * DAY_MINUTES) : 0;
    const whole = isByHours ? dayShift(first, minutes) : Math.round(days);
    const to = allMovedBy(origins, whole, isByHours ? minutes - whole * DAY_MINUTES : 0);
    const [there] = to;
    if (!there || (this.there && isSame(this.there, there))) return;
    this.#to = to;
    this.words = placeOf(there) + (to.length > 1 ? `, with ${to.length - 1} more` : "");
    this.#preview(isSame(first, there) ? null : changeOfAll(origins, to));
  }

  #stretch({ item, title, left, days }: Stretch, by: number): void {
    const share = Math.max(days + by, 0) / Math.max(days, 1);
    const minutes = Math.max(
      Math.round((left * share) / EFFORT_STEP) * EFFORT_STEP,
      EFFORT_STEP,
    );
    const words = `${title}: ${effort(minutes)} left`;
    if (words === this.words) return;
    this.words = words;
    const change: Change = { kind: "estimate", item, minutes: String(minutes) };
    this.#preview(minutes === left ? null : change);
  }

  #show({ words, change }: Drop): void {
    if (words === this.words) return;
    this.words = words;
    this.#preview(change);
  }

  #preview(change: Change | null): void {
    if (change) void this.#planner.preview(change);
    else if (this.#change) this.#planner.revert(fieldOf(this.#change));
    this.#change = change;
  }

  #end(): void {
    this.words = null;
    this.isByKeys = false;
    this.#held = null;
    this.#to = [];
    this.#isAcross = null;
    this.#days = 0;
    this.#change = null;
  }
}

/** The days that a shift by minutes leads on, so that the session stays on one day. */
function dayShift({ from, to }: Carried, minutes: number): number {
  const middle = (from + to) / 2 + minutes;
  return Math.floor(middle / DAY_MINUTES);
}
