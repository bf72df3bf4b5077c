// The time the focus timer shows: the core's count, and the seconds since it was received.

import type { Planner } from "../planner/planner.svelte";

export class Stopwatch {
  #seconds = $state(0);

  /** Create it while a component is set up; it counts until that is destroyed. */
  constructor(planner: Planner) {
    $effect(() => {
      const told = planner.saved.timer;
      const since = planner.savedAt;
      const count = () => {
        const passed = told?.running ? Math.floor((performance.now() - since) / 1000) : 0;
        this.#seconds = (told?.seconds ?? 0) + passed;
      };
      count();
      if (!told?.running) return;
      const ticking = setInterval(count, 1000);
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
