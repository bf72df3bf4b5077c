// The plan in the window: the saved view, the view that is drawn, and rejected values. All of it
// comes from the core.

import type { AgendaSession, Change, InputError, View } from "../bridge";
import { apply, preview, problemOf } from "../bridge";
import { measurePaint } from "./paint";
import { fieldOf } from "./fields";
import { Replan } from "./replan";

export class Planner {
  saved: View;
  /** The saved view, not reactive: a component that is destroyed reads state as it was before. */
  #latest: View;
  /** When the saved view arrived, by performance.now(). */
  savedAt = performance.now();
  /** The view that is drawn: a preview if there is one, otherwise the saved view. */
  shown: View;
  previewing: string | null = $state.raw(null);
  /** The change being previewed. */
  previewed: Change | null = $state.raw(null);
  /** Rejected values that are still in their fields, latest last. */
  #rejected: { field: string; problem: InputError }[] = $state.raw([]);
  #released: string[] = [];
  readonly #replan: Replan;

  constructor(view: View) {
    this.#latest = view;
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
        looked: (view, field) => {
          this.shown = view;
          this.previewing = field;
          this.previewed = null;
          this.#forgive(field);
        },
        saved: (view, field) => {
          this.savedAt = performance.now();
          this.#latest = view;
          this.saved = view;
          this.#showSaved();
          this.#forgive(field);
        },
        rejected: (problem, field) => {
          this.#forgive(field);
          // A preview of half a number must not stay drawn beside the error about the whole.
          this.#showSaved();
          if (this.#released.includes(field)) return;
          this.#rejected = [...this.#rejected, { field, problem }];
        },
      },
    );
  }

  /** The session that is on, or else the next one of today or later. */
  get nextSession(): AgendaSession | undefined {
    const { today, next } = this.saved.agenda;
    return [...today, ...next].find(({ state }) => state === "due" || state === "planned");
  }

  /** The latest error, which is the one to show. */
  get problem(): InputError | null {
    return this.#rejected.at(-1)?.problem ?? null;
  }

  /** The error of a field; null if its value is fine. */
  problemOf(field: string): InputError | null {
    return this.#rejected.find((rejected) => rejected.field === field)?.problem ?? null;
  }

  /** Whether something was rejected for this reason. */
  hasProblem(code: InputError["code"]): boolean {
    return this.#rejected.some(({ problem }) => problem.code === code);
  }

  /** Forgets everything that was rejected for this reason. */
  forgiveAll(code: InputError["code"]): void {
    this.#rejected = this.#rejected.filter(({ problem }) => problem.code !== code);
  }

  /** The latest error of the fields that begin so, such as "log ". */
  problemStarting(field: string): InputError | null {
    return this.#rejected.findLast((each) => each.field.startsWith(field))?.problem ?? null;
  }

  isRejected(field: string): boolean {
    return this.problemOf(field) !== null;
  }

  /** Ends once the preview is drawn, rejected or overtaken. */
  preview(change: Change): Promise<void> {
    return this.#replan.preview(change);
  }

  /** Draws another view, such as an earlier plan, until the preview ends. Nothing is saved. */
  look(field: string, ask: () => Promise<View>): void {
    this.#replan.look(field, ask);
  }

  apply(change: Change): Promise<boolean> {
    return this.#replan.apply(change);
  }

  /** Runs a command that isn't a change, such as undo. True once it has succeeded. */
  run(field: string, ask: () => Promise<View>): Promise<boolean> {
    return this.#replan.run(field, ask);
  }

  /** Sends nothing more to the core, which has another plan open. */
  close(): void {
    this.#replan.close();
  }

  /** Shows the saved view again. */
  revert(field: string): void {
    this.#replan.revert();
    this.#forgive(field);
    this.#showSaved();
  }

  /** Ends any preview. */
  revertPreview(): void {
    if (this.previewing !== null) this.revert(this.previewing);
  }

  /** A field leaves the window, and its error with it, until `hold`. */
  release(field: string): void {
    this.revert(field);
    this.#released.push(field);
  }

  hold(field: string): void {
    this.#released = this.#released.filter((released) => released !== field);
  }

  #showSaved(): void {
    this.shown = this.#latest;
    this.previewing = null;
    this.previewed = null;
  }

  #forgive(field: string): void {
    if (this.isRejected(field)) {
      this.#rejected = this.#rejected.filter((rejected) => rejected.field !== field);
    }
  }
}
