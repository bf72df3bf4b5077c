// The roadmap as text, and the differences that an edited text makes. Nothing touches the plan.

import type { InputError, MergeView } from "../bridge";
import { problemOf, readMerge, roadmapText } from "../bridge";

/** Typing pauses this long before the text is read, in milliseconds. */
const PAUSE = 250;

export class TextMerge {
  text = $state("");
  view: MergeView | null = $state.raw(null);
  problem: InputError | null = $state.raw(null);
  /** The text as the core wrote it. */
  #original = $state("");
  #latest = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get isEdited(): boolean {
    return this.text !== this.#original;
  }

  /** Takes the text of the plan's roadmap. An edited one stays, compared with the plan of now. */
  async open(): Promise<void> {
    if (this.isEdited) return this.#read();
    try {
      this.#original = await roadmapText();
      this.text = this.#original;
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  setText(text: string): void {
    if (text === this.text) return;
    this.text = text;
    // An older answer doesn't fit this text.
    this.view = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), PAUSE);
  }

  /** Call when the page closes. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  async #read(): Promise<void> {
    this.#latest += 1;
    const number = this.#latest;
    try {
      const view = await readMerge(this.text);
      if (number === this.#latest) [this.view, this.problem] = [view, null];
    } catch (error) {
      if (number === this.#latest) [this.view, this.problem] = [null, problemOf(error)];
    }
  }
}
