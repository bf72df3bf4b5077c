// What the focus timer shows: the core's count, and the seconds that have passed since it was told.

import type { TimerView } from "../bridge";

export class Stopwatch {
  #seconds = $state(0);
  readonly #timer: () => TimerView | null;

  /** To be made while a component is: it counts for as long as that is there. */
  constructor(timer: () => TimerView | null) {
    this.#timer = timer;
    $effect(() => {
      const told = this.#timer();
      this.#seconds = told?.seconds ?? 0;
      if (!told?.running) return;
      const since = performance.now();
      const tick = () => {
        this.#seconds = told.seconds + Math.floor((performance.now() - since) / 1000);
      };
      const ticking = setInterval(tick, 1000);
      return () => clearInterval(ticking);
    });
  }

  get text(): string {
    return watchText(this.#seconds);
  }
}

/** "0:05:09" */
export function watchText(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}
