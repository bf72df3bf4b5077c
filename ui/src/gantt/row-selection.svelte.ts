// The rows that are selected to be changed together.

import { SvelteSet } from "svelte/reactivity";
import type { Line } from "./rows";

export class RowSelection {
  /** Ids of items. */
  readonly ids = new SvelteSet<string>();
  /** The row from which a range is counted. */
  #anchor = "";

  get isEmpty(): boolean {
    return this.ids.size === 0;
  }

  clear(): void {
    this.ids.clear();
  }

  /** Selects an item, or takes it out. */
  toggle({ kind, id }: Line): void {
    this.#anchor = id;
    if (kind === "item" && !this.ids.delete(id)) this.ids.add(id);
  }

  /** Selects the items from the row at which the selection began, `first` if it begins now. */
  extend(lines: readonly Line[], first: string, to: string): void {
    const indexOf = (id: string) => lines.findIndex((line) => line.id === id);
    if (this.isEmpty || indexOf(this.#anchor) < 0) this.#anchor = first;
    const from = indexOf(this.#anchor);
    const until = indexOf(to);
    this.all(lines.slice(Math.min(from, until), Math.max(from, until) + 1));
  }

  /** Selects the items of these rows. */
  all(lines: readonly Line[]): void {
    this.ids.clear();
    for (const { kind, id } of lines) if (kind === "item") this.ids.add(id);
  }
}
