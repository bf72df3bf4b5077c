// The order of the roadmap's rows, and the changes that move one.

import type { Change, PhaseRow } from "../bridge";

/** A place for an item: before another one of a phase, or at its end. */
export interface ItemPlace {
  phase: string;
  before: string | null;
}

/** The change that moves an item to a place; null if it is there already. */
export function itemMove(
  phases: readonly PhaseRow[],
  item: string,
  to: ItemPlace,
): Change | null {
  if (to.before === item) return null;
  const from = phases.find(({ items }) => items.some(({ id }) => id === item));
  const at = from?.items.findIndex(({ id }) => id === item) ?? -1;
  const next = from?.items[at + 1]?.id ?? null;
  if (from?.id === to.phase && to.before === next) return null;
  return { kind: "moveItem", item, phase: to.phase, before: to.before };
}

/** The place one row up (-1) or down (1), also over the edge of the phase; null at the end. */
export function itemStep(
  phases: readonly PhaseRow[],
  item: string,
  by: 1 | -1,
): ItemPlace | null {
  const index = phases.findIndex(({ items }) => items.some(({ id }) => id === item));
  const phase = phases[index];
  if (!phase) return null;
  const at = phase.items.findIndex(({ id }) => id === item);
  if (by === -1 && at > 0) return { phase: phase.id, before: phase.items[at - 1]?.id ?? null };
  if (by === 1 && at < phase.items.length - 1) {
    return { phase: phase.id, before: phase.items[at + 2]?.id ?? null };
  }
  const other = phases[index + by];
  if (!other) return null;
  return { phase: other.id, before: by === 1 ? (other.items[0]?.id ?? null) : null };
}

/** The change that moves a phase one up or down; null at the end. */
export function phaseStep(
  phases: readonly PhaseRow[],
  phase: string,
  by: 1 | -1,
): Change | null {
  const at = phases.findIndex(({ id }) => id === phase);
  if (at < 0 || !phases[at + by]) return null;
  const before = by === -1 ? phases[at - 1] : phases[at + 2];
  return { kind: "movePhase", phase, before: before?.id ?? null };
}
