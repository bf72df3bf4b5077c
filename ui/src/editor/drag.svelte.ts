// An item dragged to another place in the list of the roadmap.

import type { PhaseRow } from "../bridge";
import type { Planner } from "../planner/planner.svelte";
import { type ItemPlace, itemMove } from "../planner/order";

/** Pixels after which a press is a drag. */
const SLOP = 6;

export class ItemDrag {
  /** The dragged item; null if there is none. */
  item: string | null = $state(null);
  /** The place where it would be dropped. */
  to: ItemPlace | null = $state.raw(null);
  readonly #planner: Planner;
  #pressed: { item: string; x: number; y: number } | null = null;

  constructor(planner: Planner) {
    this.#planner = planner;
  }

  press(event: PointerEvent, item: string): void {
    if (event.button === 0) this.#pressed = { item, x: event.clientX, y: event.clientY };
  }

  /** Follows the pointer over the rows, and previews the move. */
  move(event: PointerEvent): void {
    const pressed = this.#pressed;
    if (!pressed) return;
    if (this.item === null) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLOP) return;
      this.item = pressed.item;
    }
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const row = under?.closest<HTMLElement>("[data-row]");
    if (!row) return;
    const box = row.getBoundingClientRect();
    const isBelow = event.clientY > box.top + box.height / 2;
    const to = placeAt(this.#planner.saved.chart.phases, row.dataset["row"] ?? "", isBelow);
    if (!to || (to.phase === this.to?.phase && to.before === this.to.before)) return;
    this.to = to;
    const change = itemMove(this.#planner.saved.chart.phases, this.item, to);
    if (change) void this.#planner.preview(change);
    else this.#planner.revertPreview();
  }

  /** Drops the item. True if it was dragged. */
  drop(): boolean {
    const { item, to } = this;
    this.#forget();
    if (item === null) return false;
    const change = to && itemMove(this.#planner.saved.chart.phases, item, to);
    if (change) void this.#planner.apply(change);
    else this.#planner.revertPreview();
    return true;
  }

  cancel(): void {
    if (this.item !== null) this.#planner.revertPreview();
    this.#forget();
  }

  #forget(): void {
    this.#pressed = null;
    this.item = null;
    this.to = null;
  }
}

/** The place above or below a row. */
function placeAt(phases: readonly PhaseRow[], row: string, isBelow: boolean): ItemPlace | null {
  for (const phase of phases) {
    if (phase.id === row) return { phase: row, before: phase.items[0]?.id ?? null };
    const at = phase.items.findIndex(({ id }) => id === row);
    const before = phase.items[at + (isBelow ? 1 : 0)]?.id ?? null;
    if (at >= 0) return { phase: phase.id, before };
  }
  return null;
}
