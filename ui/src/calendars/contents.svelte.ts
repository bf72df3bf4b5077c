// What the chosen calendar is to hold, while one types: weighed by the core with each change, and saved once it has been still for a moment.

import type { ExportKind, ExportOptions, InputError } from "../bridge";
import { exportPreview, problemOf } from "../bridge";
import type { Calendars } from "./calendars.svelte";
import type { Reading, Refusal, Typed } from "./contents";
import { optionsOf, typedOf } from "./contents";

/** Half a title is not a wish. */
const PAUSE = 500;

export class Contents {
  readonly typed: Typed;
  /** What files are to say. */
  kind: ExportKind = $state("full");
  /** What the calendar would be told. */
  said = $state("");
  /** How many files that would be. */
  files = $state(0);
  /** Why what was typed is not saved. */
  failure: InputError | null = $state.raw(null);
  readonly #calendars: Calendars;
  readonly #id: string;
  #refused: InputError | null = $state.raw(null);
  /** Raised to weigh again what has not changed. */
  #round = $state(0);
  #asked = 0;
  #saved: string;
  #waiting: ExportOptions | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(calendars: Calendars, id: string, options: ExportOptions) {
    this.#calendars = calendars;
    this.#id = id;
    this.typed = $state(typedOf(options));
    this.#saved = JSON.stringify(options);
  }

  get #reading(): Reading {
    return optionsOf($state.snapshot(this.typed));
  }

  /** What cannot be used, and its field. */
  get refusal(): Refusal | null {
    return this.#reading.refusal ?? this.#refused;
  }

  /** What can be written and sent; none while something cannot be used. */
  get options(): ExportOptions | null {
    return this.#refused ? null : this.#reading.options;
  }

  /** Weighs what is typed, whenever that changes. For an effect. */
  follow(): void {
    const { options } = this.#reading;
    void this.#round;
    const asked = ++this.#asked;
    if (options) void this.#weigh(options, this.kind, asked);
  }

  /** Weighs it again: the calendar was told something. */
  again(): void {
    this.#round += 1;
  }

  /** Keeps at once what waits to be saved. */
  async saveNow(): Promise<void> {
    clearTimeout(this.#timer);
    const options = this.#waiting;
    this.#waiting = null;
    if (options) await this.#save(options);
  }

  /** Keeps what can be saved: nobody looks at it any more. */
  async leave(): Promise<void> {
    this.#asked += 1;
    await this.saveNow();
    const { options } = this;
    if (options && JSON.stringify(options) !== this.#saved) await this.#save(options);
  }

  async #save(options: ExportOptions): Promise<void> {
    this.#saved = JSON.stringify(options);
    this.failure = await this.#calendars.save(this.#id, options);
    if (this.failure) this.#saved = "";
  }

  async #weigh(options: ExportOptions, kind: ExportKind, asked: number): Promise<void> {
    try {
      const { message, files } = await exportPreview(this.#id, options, kind);
      if (asked !== this.#asked) return;
      this.#refused = null;
      this.said = message;
      this.files = files.length;
      clearTimeout(this.#timer);
      this.#waiting = JSON.stringify(options) === this.#saved ? null : options;
      this.#timer = setTimeout(() => void this.saveNow(), PAUSE);
    } catch (error) {
      if (asked === this.#asked) this.#refused = problemOf(error);
    }
  }
}

/** A date of it, as a field for dates wants it. */
export class DateText {
  readonly #contents: Contents;
  readonly #field: "from" | "to";
  readonly #name: string;

  /** `name` is what the core calls the field. */
  constructor(contents: Contents, field: "from" | "to", name: string) {
    this.#contents = contents;
    this.#field = field;
    this.#name = name;
  }

  get text(): string {
    return this.#contents.typed[this.#field];
  }

  get isRefused(): boolean {
    return this.#contents.refusal?.field === this.#name;
  }

  set(text: string): void {
    this.#contents.typed[this.#field] = text;
  }

  previewSoon(text: string): void {
    this.set(text);
  }

  /** What can be used is saved by itself. */
  commit(): Promise<void> {
    return this.#contents.saveNow();
  }

  key(event: KeyboardEvent): void {
    if (event.key === "Enter") void this.commit();
  }
}
