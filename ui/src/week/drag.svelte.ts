// Dragging in the week, by pointer and by keys. A drop is one change; until then the core previews
// it, so that finish and status follow.

import type { Change } from "../bridge";
import type { Planner } from "../planner/planner.svelte";
import { fieldOf } from "../planner/fields";
import type { Carried } from "../carry/carry";
import { allMovedBy, changeOfAll, endsAt, isSame, snap } from "../carry/carry";
import type { Moves } from "../carry/moves";
import { setAsideChange } from "./work";

/** A press that moves further is a drag. */
const STILL = 4;
/** Milliseconds after which what is carried moves, though its preview isn't there. */
const SLOW = 60;
/** Milliseconds between two turns of the page at the edge of the week. */
const TURN = 700;

/** Over the tray, where a drop sets sessions aside. */
export type Over = Spot | "tray" | null;

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
  /** Everything that is carried, where it is drawn; the one that was gripped comes first. */
  all: readonly Carried[] = $state.raw([]);
  isByKeys = $state(false);
  /** Whether a drop here sets aside what is carried. */
  isOverTray = $state(false);
  /** The click that ends a drag selects nothing. */
  hasMoved = false;
  #origins: readonly Carried[] = [];
  /** The present place of everything that is carried. */
  #to: readonly Carried[] = [];
  #press: Press | null = null;
  #turned = 0;
  #canSetAside = false;
  readonly #planner: Planner;
  readonly #onlog: (to: Carried) => void;

  /** `onlog` asks which item was studied, where nothing had been planned. */
  constructor(planner: Planner, onlog: (to: Carried) => void) {
    this.#planner = planner;
    this.#onlog = onlog;
  }

  /** The one that was gripped; null if nothing is carried. */
  get carried(): Carried | null {
    return this.all[0] ?? null;
  }

  get isHeld(): boolean {
    return this.#press !== null;
  }

  /**
   * `grip` is the minutes from the start of the first of `origins` to the pointer. Work from the
   * tray isn't set aside there.
   */
  press(
    origins: readonly Carried[],
    grip: number,
    x: number,
    y: number,
    isFromTray = false,
  ): void {
    this.cancel();
    this.hasMoved = false;
    this.#canSetAside = !isFromTray && origins[0]?.kind === "move";
    this.#origins = origins;
    this.#press = { x, y, grip };
  }

  /** Moves what is held, or puts it back while it is over no day. `onturn` turns the page. */
  move(at: Over, x: number, y: number, onturn: (by: -1 | 1) => void): void {
    const press = this.#press;
    const [origin] = this.#origins;
    if (!press || !origin) return;
    if (!this.carried && Math.hypot(x - press.x, y - press.y) < STILL) return;
    this.hasMoved = true;
    if (at === "tray" && this.#canSetAside) {
      if (this.isOverTray) return;
      this.#putBack();
      this.isOverTray = true;
      void this.#planner.preview(setAsideChange(this.#origins));
      return;
    }
    if (at === "tray" || !at) {
      this.#putBack();
      return;
    }
    this.#leaveTray();
    if (["resize", "log-resize", "add", "log-new"].includes(origin.kind)) {
      this.#carry([endsAt(origin, snap(at.minutes))]);
      return;
    }
    if (at.beyond !== 0 && performance.now() - this.#turned > TURN) {
      this.#turned = performance.now();
      onturn(at.beyond);
    }
    const by = snap(at.minutes - press.grip) - origin.from;
    this.#carry(allMovedBy(this.#origins, at.day - origin.day, by));
  }

  /** Begins or goes on by keys: by days and minutes, or the end by minutes. */
  step(origins: readonly Carried[], days: number, minutes: number, isEnd: boolean): void {
    if (!this.carried) {
      this.#origins = origins;
      this.isByKeys = true;
    }
    const from = this.carried ? this.#to : origins;
    const [now] = from;
    if (!now) return;
    this.#carry(isEnd ? [endsAt(now, now.to + minutes)] : allMovedBy(from, days, minutes));
  }

  /** Makes the change. Gives what was dropped, and where it is; null if nothing changed. */
  async drop(): Promise<Moves | null> {
    const to = this.#to;
    const origins = this.#origins;
    const [carried] = to;
    const [origin] = origins;
    this.#press = null;
    if (this.isOverTray) {
      await this.#planner.apply(setAsideChange(origins));
      this.#end();
      return null;
    }
    if (!carried || !origin || this.#isBack(to)) {
      this.cancel();
      return null;
    }
    if (carried.kind === "log-new") {
      this.#end();
      this.#onlog(carried);
      return null;
    }
    const isDone = await this.#planner.apply(changeOfAll(origins, to));
    this.#end();
    return { origins, to: isDone ? to : origins };
  }

  /** Drops what was pressed at a place, without a pointer. */
  async put(to: readonly Carried[]): Promise<boolean> {
    const change = this.#change(to);
    const isDone = change !== null && (await this.#planner.apply(change));
    this.#end();
    return isDone;
  }

  /** Ends the drag with everything where it was. */
  cancel(): void {
    this.#putBack();
    this.#end();
  }

  #leaveTray(): void {
    if (!this.isOverTray) return;
    this.isOverTray = false;
    this.#planner.revert(fieldOf(setAsideChange(this.#origins)));
  }

  #putBack(): void {
    this.#leaveTray();
    const change = this.#change(this.#to);
    if (change) this.#planner.revert(fieldOf(change));
    this.#draw([]);
  }

  #draw(to: readonly Carried[]): void {
    this.#to = to;
    this.all = to;
  }

  #carry(to: readonly Carried[]): void {
    const [origin] = this.#origins;
    const [first] = to;
    const [now] = this.#to;
    if (!origin || !first || (now && isSame(now, first))) return;
    this.#to = to;
    const change = this.#change(to);
    if (!change || !this.carried || this.isByKeys) this.#draw(to);
    if (!change) return;
    if (this.#isBack(to)) {
      this.#planner.revert(fieldOf(change));
      this.#draw(to);
    } else void this.#follow(this.#planner.preview(change));
  }

  /** Draws what is carried in one frame with its preview: two would take twice the time. */
  async #follow(preview: Promise<void>): Promise<void> {
    const slow = new Promise((then) => setTimeout(then, SLOW));
    await Promise.race([preview, slow]);
    this.all = this.#to;
  }

  /** Whether it is where it came from. A new one was nowhere. */
  #isBack([first]: readonly Carried[]): boolean {
    const [origin] = this.#origins;
    if (!origin || !first) return true;
    return !["add", "place", "log-new"].includes(first.kind) && isSame(origin, first);
  }

  /** The change of a drop; null if there is nothing to preview. */
  #change(to: readonly Carried[]): Change | null {
    const [first] = to;
    if (!first || first.kind === "log-new") return null;
    return changeOfAll(this.#origins, to);
  }

  #end(): void {
    this.#draw([]);
    this.isByKeys = false;
    this.isOverTray = false;
    this.#origins = [];
    this.#press = null;
  }
}
