// How busy the days of the chart are with other things. The core gives the busy times on request: a
// plan can have thousands.

import type { BusySpan } from "../bridge";
import { busyTimes } from "../bridge";
import type { Planner } from "../planner/planner.svelte";
import { formatDay } from "../words/dates";
import type { Load } from "./loads";
import { loadsOf } from "./loads";
import type { Pane } from "./layout";
import type { Scale } from "./scale";

/** Milliseconds without scrolling after which the busy times are read. */
const REST = 200;

export class BusyLoad {
  #spans: readonly BusySpan[] = $state.raw([]);
  readonly #planner: Planner;

  constructor(planner: Planner) {
    this.#planner = planner;
  }

  /** The loads to draw. */
  of(origin: number, scale: Scale, pane: Pane): Load[] {
    return loadsOf(this.#spans, origin, scale, pane);
  }

  /** Reads the busy times of these days, and again after each change. For an effect. */
  follow(first: number, days: number): () => void {
    let isLatest = true;
    const { busy, otherPlans } = this.#planner.saved.plan.time;
    if (busy.length === 0 && otherPlans.length === 0) {
      this.#spans = [];
      return () => (isLatest = false);
    }
    const resting = setTimeout(() => {
      void busyTimes(formatDay(first), days)
        .catch(() => [])
        .then((spans) => {
          if (isLatest) this.#spans = spans;
        });
    }, REST);
    return () => {
      isLatest = false;
      clearTimeout(resting);
    };
  }
}
