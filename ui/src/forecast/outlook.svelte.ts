// The forecast of the plan that is drawn. It takes longer than a frame, so it follows the chart,
// and only the latest request is answered.

import type { ForecastView } from "../bridge";
import { forecast } from "../bridge";
import type { Planner } from "../planner/planner.svelte";

/**
 * The forecast waits until the plan has been unchanged for this many milliseconds. Otherwise a
 * slider would drop frames.
 */
const REST = 250;

export class Outlook {
  /** Of the plan drawn now or a moment ago; null before the first, and if there is none. */
  shown: ForecastView | null = $state.raw(null);
  readonly #planner: Planner;
  #isBusy = false;
  #isAsked = false;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(planner: Planner) {
    this.#planner = planner;
  }

  /** Requests a forecast of the plan that is drawn. For an effect. */
  follow(): void {
    // Read here so that the effect follows every preview and every change.
    if (!this.#planner.shown) return;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.#ask(), REST);
  }

  async #ask(): Promise<void> {
    this.#isAsked = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#isAsked) {
      this.#isAsked = false;
      try {
        this.shown = await forecast(this.#planner.previewed);
      } catch {
        // The rejected change shows its own error.
        this.shown = null;
      }
    }
    this.#isBusy = false;
  }
}
