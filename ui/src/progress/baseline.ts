// Which baseline the chart shows.

import type { BaselineView } from "../bridge";

/** The one that the learner chose by name, else the one that was set last; they come in that order. */
export function baselineOf(
  baselines: BaselineView[],
  chosen: string | null,
): BaselineView | null {
  return baselines.find(({ name }) => name === chosen) ?? baselines[0] ?? null;
}
