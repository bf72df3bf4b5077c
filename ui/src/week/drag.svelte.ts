// Dragging in the week, by pointer and by keys. A drop is one change; until then the core previews
// it, so that finish and status follow.

import type { Planner } from "../planner/planner.svelte";
import { fieldOf } from "../planner/fields";
import type { Carried } from "./carry";
import { changeOf, endsAt, isSame, movedTo, snap } from "./carry";

/** A press that moves further is a drag. */
const STILL = 4;
/** Milliseconds between two turns of the page at the edge of the week. */
const TURN = 700;

/** A place in the grid. */
export interface Spot {
  day: number;
  /** Minutes of the day, not yet snapped. */
  minutes: number;
  /** Beyond the first or the last day. */
  beyond: -1 | 0 | 1;
}

interface Press {
  x: number;
  y: number;
  /** Minutes from the start of the session to the pointer. */
  grip: number;
}

export class Drag {
  /** The session at its present place; null if nothing is carried. */
  carried: Carried | null = $state.raw(null);
  isByKeys = $state(false);
  /** The click that ends a drag selects nothing. */
  hasMoved = false;
  #origin: Carried | null = null;
  #press: Press | null = null;
  #turned = 0;
  readonly #planner: Planner;

  constructor(planner: Planner) {
    this.#planner = planner;
  }

  get isHeld(): boolean {
    return this.#press !== null;
  }

  press(origin: Carried, at: Spot, x: number, y: number): void {
    this.cancel();
    this.hasMoved = false;
    this.#origin = origin;
    this.#press = { x, y, grip: at.minutes - origin.from };
  }

  /** Moves what is held. `onturn` shows the week before or after. */
  move(at: Spot, x: number, y: number, onturn: (by: -1 | 1) => void): void {
    const press = this.#press;
    const origin = this.#origin;
    if (!press || !origin) return;
    if (!this.carried && Math.hypot(x - press.x, y - press.y) < STILL) return;
    this.hasMoved = true;
    if (origin.kind === "move") {
      if (at.beyond !== 0 && performance.now() - this.#turned > TURN) {
        this.#turned = performance.now();
        onturn(at.beyond);
      }
      this.#carry(movedTo(origin, at.day, snap(at.minutes - press.grip)));
    } else this.#carry(endsAt(origin, snap(at.minutes)));
  }

  /** Begins or goes on by keys: by days and minutes, or the end by minutes. */
  step(block: Carried, days: number, minutes: number, isEnd: boolean): void {
    if (!this.carried) {
      this.#origin = block;
      this.isByKeys = true;
    }
    const now = this.carried ?? block;
    const next = isEnd
      ? endsAt(now, now.to + minutes)
      : movedTo(now, now.day + days, now.from + minutes);
    this.#carry(next);
  }

  /** Makes the change. Gives the place of what was dropped; null if nothing changed. */
  async drop(): Promise<Carried | null> {
    const { carried } = this;
    const origin = this.#origin;
    this.#press = null;
    if (!carried || !origin || (isSame(carried, origin) && carried.kind !== "add")) {
      this.cancel();
      return null;
    }
    const isDone = await this.#planner.apply(changeOf(origin, carried));
    this.#end();
    return isDone ? carried : origin;
  }

  /** Puts it back. */
  cancel(): void {
    const origin = this.#origin;
    if (origin && this.carried) this.#planner.revert(fieldOf(changeOf(origin, this.carried)));
    this.#end();
  }

  #carry(to: Carried): void {
    const origin = this.#origin;
    if (!origin || (this.carried && isSame(this.carried, to))) return;
    this.carried = to;
    const change = changeOf(origin, to);
    if (isSame(origin, to) && to.kind !== "add") this.#planner.revert(fieldOf(change));
    else this.#planner.preview(change);
  }

  #end(): void {
    this.carried = null;
    this.isByKeys = false;
    this.#origin = null;
    this.#press = null;
  }
}
