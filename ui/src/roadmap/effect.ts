// The bars of the small chart beside the editor.

import type { Chart, PhaseRow } from "../bridge";

/** A stretch of time, in minutes of the chart. */
export interface Stretch {
  from: number;
  to: number;
}

export interface EffectBar {
  /** The id of the phase or item. */
  id: string;
  phase: PhaseRow;
  isItem: boolean;
  /** Its time as shown; null if it has none. */
  now: Stretch | null;
  /** Its time before the preview, if that is another one. */
  before: Stretch | null;
}

interface Timed {
  id: string;
  start: number | null;
  end: number | null;
}

function stretchOf(row: Timed | undefined): Stretch | null {
  if (!row || row.start === null || row.end === null) return null;
  return { from: row.start, to: row.end };
}

function barOf(row: Timed, former: Timed | undefined): Pick<EffectBar, "now" | "before"> {
  const now = stretchOf(row);
  const before = stretchOf(former);
  const isSame = now?.from === before?.from && now?.to === before?.to;
  return { now, before: isSame ? null : before };
}

/** A bar for each phase, and for one item below its phase, compared with the plan before. */
export function barsOf(shown: Chart, before: Chart | null, item: string): EffectBar[] {
  const formerItems = before?.phases.flatMap(({ items }) => items) ?? [];
  return shown.phases.flatMap((phase): EffectBar[] => {
    const former = before?.phases.find(({ id }) => id === phase.id);
    const bar: EffectBar = { id: phase.id, phase, isItem: false, ...barOf(phase, former) };
    const selected = phase.items.find(({ id }) => id === item);
    if (!selected) return [bar];
    const formerItem = formerItems.find(({ id }) => id === item);
    return [bar, { id: item, phase, isItem: true, ...barOf(selected, formerItem) }];
  });
}
