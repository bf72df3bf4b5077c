// What the window shows of the plan: the view that is saved, the one that is drawn, and what was
// refused. All of it came from the core.

import type { Change, InputError, View } from "../bridge";
import { apply, preview, problemOf } from "../bridge";
import { measurePaint } from "./paint";
import { fieldOf } from "./fields";
import { Replan } from "./replan";

export class Planner {
  saved: View;
  /** When the saved view came, by performance.now(). */
  savedAt = performance.now();
  /** What is drawn: a preview while there is one, else what is saved. */
  shown: View;
  previewing: string | null = $state.raw(null);
  /** The change that is previewed. */
  previewed: Change | null = $state.raw(null);
  /** Refused and still standing in its field; the latest last. */
  #refused: { field: string; problem: InputError }[] = $state.raw([]);
  #released: string[] = [];
  readonly #replan: Replan;

  constructor(view: View) {
    this.saved = $state.raw(view);
    this.shown = $state.raw(view);
    this.#replan = new Replan(
      { preview, apply, problemOf },
      {
        previewed: (previewed, change, asked) => {
          this.shown = previewed;
          this.previewing = fieldOf(change);
          this.previewed = change;
          this.#forgive(fieldOf(change));
          measurePaint("preview", asked);
        },
        saved: (view, field) => {
          this.savedAt = performance.now();
          this.saved = view;
          this.#showSaved();
          this.#forgive(field);
        },
        refused: (problem, field) => {
          this.#forgive(field);
          // A preview of half a number must not stay drawn beside the refusal of the whole.
          this.#showSaved();
          if (this.#released.includes(field)) return;
          this.#refused = [...this.#refused, { field, problem }];
        },
      },
    );
  }

  /** The latest refusal, which is the one to show. */
  get problem(): InputError | null {
    return this.#refused.at(-1)?.problem ?? null;
  }

  /** What was refused in a field, if it still stands there. */
  problemOf(field: string): InputError | null {
    return this.#refused.find((refused) => refused.field === field)?.problem ?? null;
  }

  isRefused(field: string): boolean {
    return this.problemOf(field) !== null;
  }

  preview(change: Change): void {
    this.#replan.preview(change);
  }

  apply(change: Change): Promise<boolean> {
    return this.#replan.apply(change);
  }

  /** Has the core do something that is no change of the plan's values, such as undo. True once it has. */
  run(field: string, ask: () => Promise<View>): Promise<boolean> {
    return this.#replan.run(field, ask);
  }

  /** Puts back what is saved. */
  revert(field: string): void {
    this.#replan.revert();
    this.#forgive(field);
    this.#showSaved();
  }

  /** Puts back what is saved, whatever is previewed. */
  revertPreview(): void {
    if (this.previewing !== null) this.revert(this.previewing);
  }

  /** A field has gone from the window, and what was typed into it with it; until it is back. */
  release(field: string): void {
    this.revert(field);
    this.#released.push(field);
  }

  hold(field: string): void {
    this.#released = this.#released.filter((released) => released !== field);
  }

  #showSaved(): void {
    this.shown = this.saved;
    this.previewing = null;
    this.previewed = null;
  }

  #forgive(field: string): void {
    if (this.isRefused(field)) {
      this.#refused = this.#refused.filter((refused) => refused.field !== field);
    }
  }
}
