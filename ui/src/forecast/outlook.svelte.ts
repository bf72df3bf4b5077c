// The forecast of what is drawn. It takes longer than a frame, so it comes after the chart, and only the last one that was asked for.

import type { ForecastView } from "../bridge";
import { forecast } from "../bridge";
import type { Planner } from "../planner/planner.svelte";

export class Outlook {
  /** Of what is drawn, or was a moment ago; null until the first one is there, or where there is none. */
  shown: ForecastView | null = $state.raw(null);
  readonly #planner: Planner;
  #isBusy = false;
  #isAsked = false;

  constructor(planner: Planner) {
    this.#planner = planner;
  }

  /** Asks for the forecast of what is drawn by now. For an effect. */
  follow(): void {
    // What is drawn changes with every preview and every change.
    if (this.#planner.shown) void this.#ask();
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
        // The refusal of the change itself is told where it was made.
        this.shown = null;
      }
    }
    this.#isBusy = false;
  }
}
