// A text that is read as a roadmap, with the learner's corrections. Nothing touches the plan.

import type { InputError, LineMeaning, Meaning, OutlineView, UseOutline } from "../bridge";
import { problemOf, readOutline } from "../bridge";

/** Typing pauses this long before the text is read, in milliseconds. */
const PAUSE = 250;

export class Paste {
  text = $state("");
  hours = $state("");
  known = $state(true);
  view: OutlineView | null = $state.raw(null);
  problem: InputError | null = $state.raw(null);
  #corrected: readonly LineMeaning[] = $state.raw([]);
  #latest = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The text with everything that was decided about it. */
  get outline(): UseOutline {
    return {
      text: this.text,
      corrected: [...this.#corrected],
      hours: this.hours,
      known: this.known,
    };
  }

  isCorrected(line: number): boolean {
    return this.#corrected.some((each) => each.line === line);
  }

  /** Another text: corrections of the former one don't fit it. */
  setText(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.#corrected = [];
    this.#readSoon();
  }

  setHours(hours: string): void {
    this.hours = hours;
    this.#readSoon();
  }

  /** Gives a line another meaning; its own again if it has that one by hand already. */
  correct(line: number, meaning: Meaning): Promise<void> {
    const others = this.#corrected.filter((each) => each.line !== line);
    const former = this.#corrected.find((each) => each.line === line);
    const isTakenBack = former?.meaning === meaning;
    this.#corrected = isTakenBack ? others : [...others, { line, meaning }];
    return this.read();
  }

  /** Takes an answer to a question: other meanings of lines. */
  answer(lines: readonly LineMeaning[]): Promise<void> {
    const isAnswered = (line: number) => lines.some((each) => each.line === line);
    const others = this.#corrected.filter(({ line }) => !isAnswered(line));
    this.#corrected = [...others, ...lines];
    return this.read();
  }

  async read(): Promise<void> {
    clearTimeout(this.#timer);
    this.#latest += 1;
    const number = this.#latest;
    if (this.text.trim() === "") {
      this.view = null;
      this.problem = null;
      return;
    }
    try {
      const view = await readOutline(this.outline);
      if (number === this.#latest) [this.view, this.problem] = [view, null];
    } catch (error) {
      if (number === this.#latest) [this.view, this.problem] = [null, problemOf(error)];
    }
  }

  #readSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), PAUSE);
  }
}
