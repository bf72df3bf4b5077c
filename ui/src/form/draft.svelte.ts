// What a learner has typed into a field or dragged a slider to, until the plan says the same.

import type { Change } from "../bridge";
import { fieldOf } from "../planner/fields";
import type { Planner } from "../planner/planner.svelte";

/** Typing pauses this long before it is previewed: half a number is not a wish. */
const PAUSE = 300;

export class Draft {
  /** Null while the field shows the plan's own value. */
  typed: string | null = $state(null);
  readonly #planner: Planner;
  readonly #change: (text: string) => Change;
  readonly #savedText: () => string;
  #sent: string | null = null;
  #underWay = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `change` makes a text the plan's; `savedText` is what the plan has. */
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

  get isRefused(): boolean {
    return this.#planner.isRefused(this.#field);
  }

  set(text: string): void {
    clearTimeout(this.#timer);
    this.typed = text;
    this.#sent = null;
  }

  /** Shows at once what `text` would give. */
  preview(text: string): void {
    this.set(text);
    this.#planner.preview(this.#change(text));
  }

  previewSoon(text: string): void {
    this.set(text);
    this.#timer = setTimeout(() => {
      if (text.trim() !== "") this.#planner.preview(this.#change(text));
    }, PAUSE);
  }

  /** Makes it the plan's. What is refused stays as typed. */
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

  /** Enter keeps, Escape puts back. */
  key(event: KeyboardEvent): void {
    if (event.key === "Enter") void this.commit();
    else if (event.key === "Escape") this.putBack();
  }
}
