// A change of several texts: previewed while typing, saved as a whole.

import type { Change } from "../bridge";
import { fieldOf } from "../planner/fields";
import type { Planner } from "../planner/planner.svelte";

/** Typing pauses this long before it is previewed, in milliseconds. */
const PAUSE = 300;

export class Form {
  readonly #planner: Planner;
  readonly #change: () => Change | null;
  readonly #done: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * `change` turns the texts into a change, null while they are incomplete. `done` is called after
   * saving or cancelling.
   */
  constructor(planner: Planner, change: () => Change | null, done: () => void) {
    this.#planner = planner;
    this.#change = change;
    this.#done = done;
  }

  get #field(): string {
    const change = this.#change();
    return change ? fieldOf(change) : "";
  }

  get problem() {
    return this.#planner.problemOf(this.#field);
  }

  preview(): void {
    clearTimeout(this.#timer);
    const change = this.#change();
    if (change) void this.#planner.preview(change);
  }

  previewSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.preview(), PAUSE);
  }

  async save(): Promise<void> {
    clearTimeout(this.#timer);
    const change = this.#change();
    if (change && (await this.#planner.apply(change))) this.#done();
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#planner.revert(this.#field);
    this.#done();
  }

  /** Call when the form leaves the window. */
  dispose(): void {
    clearTimeout(this.#timer);
    if (this.#planner.previewing === this.#field || this.problem) {
      this.#planner.revert(this.#field);
    }
  }

  /** Enter saves the form, Escape cancels it. */
  key(event: KeyboardEvent): void {
    if (event.key === "Enter") void this.save();
    else if (event.key === "Escape") {
      // Escape closes this form, not the panel around it.
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    }
  }
}

/** One of the texts of a form. */
export class FormText {
  text = $state("");
  readonly #form: Form;

  constructor(form: Form, text: string) {
    this.#form = form;
    this.text = text;
  }

  get isRejected(): boolean {
    return this.#form.problem?.value === this.text;
  }

  set(text: string): void {
    this.text = text;
    this.#form.preview();
  }

  previewSoon(text: string): void {
    this.text = text;
    this.#form.previewSoon();
  }

  /** A single text isn't saved: only the whole form is. */
  commit(): Promise<void> {
    return Promise.resolve();
  }

  key(event: KeyboardEvent): void {
    this.#form.key(event);
  }
}
