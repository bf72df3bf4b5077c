// A change that takes several texts: previewed as they are typed, saved as a whole.

import type { Change } from "../bridge";
import { fieldOf } from "../planner/fields";
import type { Planner } from "../planner/planner.svelte";

/** As long as a single field waits: half a date is not a wish. */
const PAUSE = 300;

export class Form {
  readonly #planner: Planner;
  readonly #change: () => Change | null;
  readonly #done: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `change` makes what stands in the form a change, or null while it is not whole; `done` is called when it is saved or left. */
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
    if (change) this.#planner.preview(change);
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

  /** It is gone from the window, with what stood in it. */
  dispose(): void {
    clearTimeout(this.#timer);
    if (this.#planner.previewing === this.#field || this.problem) {
      this.#planner.revert(this.#field);
    }
  }

  /** Enter keeps the form, Escape leaves it. */
  key(event: KeyboardEvent): void {
    if (event.key === "Enter") void this.save();
    else if (event.key === "Escape") {
      // It leaves this form, and not the panel around it.
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

  get isRefused(): boolean {
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

  /** Only the form as a whole is saved. */
  commit(): Promise<void> {
    return Promise.resolve();
  }

  key(event: KeyboardEvent): void {
    this.#form.key(event);
  }
}
