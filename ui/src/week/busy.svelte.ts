// The busy times of the shown week, which the core gives on request: a plan can have thousands.

import type { BusySpan } from "../bridge";
import { busyTimes } from "../bridge";
import type { Planner } from "../planner/planner.svelte";
import { formatDay } from "../words/dates";

const NONE: readonly BusySpan[] = [];

export class BusyTimes {
  #first: number | null = $state.raw(null);
  #times: readonly BusySpan[] = $state.raw(NONE);
  readonly #planner: Planner;

  constructor(planner: Planner) {
    this.#planner = planner;
  }

  /** Those of the week that begins with `first`; none until they are there. */
  of(first: number): readonly BusySpan[] {
    return this.#first === first ? this.#times : NONE;
  }

  /** Reads those of a week, and again after each change. For an effect. */
  follow(first: number): () => void {
    let isLatest = true;
    // Read, so that the effect runs again after a change.
    void this.#planner.saved;
    void busyTimes(formatDay(first), 7)
      .catch(() => [])
      .then((times) => {
        if (!isLatest) return;
        [this.#first, this.#times] = [first, times];
      });
    return () => (isLatest = false);
  }
}
