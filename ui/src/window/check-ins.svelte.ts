// The check-in after missed sessions, until the learner has seen it.

import type { CheckIn } from "../bridge";
import { checkIn, seen } from "../bridge";
import type { Place } from "../frame/place.svelte";
import type { Planner } from "../planner/planner.svelte";
import type { Panes } from "./panes.svelte";

export class CheckIns {
  current: CheckIn | null = $state.raw(null);
  readonly #planner: Planner;
  readonly #place: Place;
  readonly #panes: Panes;

  constructor(planner: Planner, place: Place, panes: Panes) {
    this.#planner = planner;
    this.#place = place;
    this.#panes = panes;
  }

  /** Asks for a check-in, and shows it above the options if there is one. */
  async show(): Promise<void> {
    const found = await checkIn().catch(() => null);
    const isNew = found !== null && this.current === null;
    this.current = found;
    if (!isNew) return;
    // Nothing is taken from a learner who is doing something else.
    if (this.#place.view !== "plan") return;
    if (document.activeElement === document.body) void this.#panes.openOptions();
    else this.#panes.showOptions();
  }

  /** A check-in that is shown follows the changes: its sessions may have been logged by now. */
  async update(): Promise<void> {
    this.current = await checkIn().catch(() => this.current);
  }

  async settle(): Promise<void> {
    this.current = null;
    await this.#planner.run("seen", seen);
  }
}
