// The rows of the chart, in the order they are shown.

import type { Chart, ItemRow, PhaseRow } from "../bridge";

export const ROW_HEIGHT = 28;

export interface PhaseLine {
  kind: "phase";
  id: string;
  phase: PhaseRow;
  folded: boolean;
}

export interface ItemLine {
  kind: "item";
  id: string;
  phase: PhaseRow;
  item: ItemRow;
}

export type Line = PhaseLine | ItemLine;

/** The ids of all phases but the one under way: the first with work left. */
export function otherPhases({ phases }: Chart): string[] {
  const current =
    phases.find(({ items }) => items.some((item) => item.included && item.leftMinutes > 0)) ??
    phases[0];
  return phases.filter((phase) => phase !== current).map(({ id }) => id);
}

export function linesOf(chart: Chart, folded: ReadonlySet<string>): Line[] {
  return chart.phases.flatMap((phase): Line[] => {
    const isFolded = folded.has(phase.id);
    const head: Line = { kind: "phase", id: phase.id, phase, folded: isFolded };
    if (isFolded) return [head];
    return [
      head,
      ...phase.items.map((item): Line => ({ kind: "item", id: item.id, phase, item })),
    ];
  });
}
