// A value that was typed or dragged to, until it is saved.

import type { Change } from "../bridge";
import { fieldOf } from "../planner/fields";
import type { Planner } from "../planner/planner.svelte";

/** Typing pauses this long before it is previewed, in milliseconds. */
const PAUSE = 300;

export class Draft {
  /** Null while the field shows the saved value. */
  typed: string | null = $state(null);
  readonly #planner: Planner;
  readonly #change: (text: string) => Change;
  readonly #savedText: () => string;
  #sent: string | null = null;
  #underWay = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `change` turns a text into a change; `savedText` gives the saved value. */
  constructor(planner: Planner, change: (text: string) => Change, savedText: () => string) {
    this.#planner = planner;
    this.#change = change;
    this.#savedText = savedText;
  }

  get text(): string {
    return this.typed ?? this.#savedText();
  }

  get #field(): string {
    return fieldOf(this.#change(""));
  }

  get isRejected(): boolean {
    return this.#planner.isRejected(this.#field);
  }

  set(text: string): void {
    clearTimeout(this.#timer);
    this.typed = text;
    this.#sent = null;
  }

  /** Previews `text` at once. */
  preview(text: string): void {
    this.set(text);
    void this.#planner.preview(this.#change(text));
  }

  previewSoon(text: string): void {
    this.set(text);
    this.#timer = setTimeout(() => {
      if (text.trim() !== "") void this.#planner.preview(this.#change(text));
    }, PAUSE);
  }

  /** Saves the value. A rejected one stays as typed. */
  async commit(): Promise<void> {
    clearTimeout(this.#timer);
    const text = this.typed;
    if (text === null || text === this.#sent) return;
    if (text === this.#savedText() && this.#underWay === 0) {
      this.putBack();
      return;
    }
    this.#sent = text;
    this.#underWay += 1;
    const accepted = await this.#planner.apply(this.#change(text));
    this.#underWay -= 1;
    if (accepted && this.typed === text) this.typed = null;
  }

  putBack(): void {
    clearTimeout(this.#timer);
    this.typed = null;
    this.#sent = null;
    this.#planner.revert(this.#field);
  }

  /** Enter saves, Escape restores. */
  key(event: KeyboardEvent): void {
    if (event.key === "Enter") void this.commit();
    else if (event.key === "Escape") {
      // Escape restores the value, and doesn't close the panel around it.
      if (this.typed !== null) event.preventDefault();
      this.putBack();
    }
  }
}
