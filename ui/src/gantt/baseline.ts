// The baseline in the chart.

import type { BaselineView, Chart } from "../bridge";
import type { Stretches } from "./layout";

/** The baseline named `chosen`, otherwise the newest, which comes first. */
export function baselineOf(
  baselines: BaselineView[],
  chosen: string | null,
): BaselineView | null {
  return baselines.find(({ name }) => name === chosen) ?? baselines[0] ?? null;
}

/** The span of each row of the chart in a baseline. */
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
