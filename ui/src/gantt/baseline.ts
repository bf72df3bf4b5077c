// Which baseline the chart shows.

import type { BaselineView, Chart } from "../bridge";
import type { Stretches } from "./layout";

/** The one that the learner chose by name, else the one that was set last; they come in that order. */
export function baselineOf(
  baselines: BaselineView[],
  chosen: string | null,
): BaselineView | null {
  return baselines.find(({ name }) => name === chosen) ?? baselines[0] ?? null;
}

/** Where each row of the chart lies in a baseline. */
export function stretchesOf({ phases, items }: BaselineView, chart: Chart): Stretches {
  const stretches = new Map<string, [number, number]>();
  const put = (id: string, stretch: [number, number] | null | undefined) => {
    if (stretch) stretches.set(id, stretch);
  };
  let at = 0;
  chart.phases.forEach((phase, index) => {
    put(phase.id, phases[index]);
    for (const item of phase.items) {
      put(item.id, items[at]);
      at += 1;
    }
  });
  return stretches;
}
