// The selected sessions of the week, by the keys of their blocks.

import type { Block, Day } from "./week";

export class Selection {
  keys: readonly string[] = $state.raw([]);

  has(key: string): boolean {
    return this.keys.includes(key);
  }

  set(keys: readonly string[]): void {
    this.keys = keys;
  }

  toggle(key: string): void {
    this.keys = this.has(key) ? this.keys.filter((each) => each !== key) : [...this.keys, key];
  }

  /** Selects all sessions between two, in the order of time. */
  extend(days: readonly Day[], from: string, to: string): void {
    const all = days.flatMap(({ blocks }) => blocks.map(({ key }) => key));
    const ends = [all.indexOf(from), all.indexOf(to)];
    if (ends.includes(-1)) return;
    this.keys = all.slice(Math.min(...ends), Math.max(...ends) + 1);
  }
}

/** The sessions that an action on one means: all selected ones if it is among them. */
export function meant(selection: Selection, block: Block, days: readonly Day[]): Block[] {
  if (!selection.has(block.key)) return [block];
  const others = days
    .flatMap(({ blocks }) => blocks)
    .filter(({ key }) => selection.has(key) && key !== block.key);
  return [block, ...others];
}
