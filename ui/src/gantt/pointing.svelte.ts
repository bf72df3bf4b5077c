// The row or mark that the pointer or the keys are at.

import type { Cursor } from "./cursor";
import type { Line } from "./rows";
import type { Target } from "./target";

export class Pointing {
  hovered: (Target & { pointerX: number }) | null = $state.raw(null);
  cursor: Cursor = $state.raw({ id: "", part: "line" });
  /** Whether the grid has a visible keyboard focus. */
  isFocused = $state(false);
  readonly #rows: { readonly lines: readonly Line[] };

  constructor(rows: { readonly lines: readonly Line[] }) {
    this.#rows = rows;
  }

  /** The row with the cursor, which survives folding and re-planning. The first if it is gone. */
  readonly current = $derived.by(() => {
    const { lines } = this.#rows;
    const { id } = this.cursor;
    return lines.some((line) => line.id === id) ? id : (lines[0]?.id ?? "");
  });

  /** The target at the cursor, whether its focus can be seen or came by a press. */
  readonly atCursor: Target | null = $derived.by(() => {
    const line = this.#rows.lines.find(({ id }) => id === this.current);
    if (!line) return null;
    return { line, part: this.cursor.id === this.current ? this.cursor.part : "line" };
  });

  /** The target with a focus that can be seen. */
  readonly focused: Target | null = $derived.by(() => (this.isFocused ? this.atCursor : null));

  readonly target: Target | null = $derived.by(() => {
    const { hovered } = this;
    const line = hovered && this.#rows.lines.find(({ id }) => id === hovered.line.id);
    return line ? { line, part: hovered.part } : this.focused;
  });
}
