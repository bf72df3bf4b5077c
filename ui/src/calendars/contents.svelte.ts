// The contents of the selected calendar while the learner types. The core previews each change, and
// the result is saved once typing has paused.

import type { ExportKind, ExportOptions, InputError } from "../bridge";
import { exportPreview, problemOf } from "../bridge";
import type { Calendars } from "./calendars.svelte";
import type { Reading, Rejection, Typed } from "./contents";
import { optionsOf, typedOf } from "./contents";

/** Typing pauses this long before it is saved, in milliseconds. */
const PAUSE = 500;

export class Contents {
  readonly typed: Typed;
  /** The kind of the next export. */
  kind: ExportKind = $state("full");
  /** A sentence about the events that the calendar would receive. */
  message = $state("");
  /** The number of files that would be written. */
  files = $state(0);
  /** Why the options couldn't be saved; null if they were. */
  failure: InputError | null = $state.raw(null);
  readonly #calendars: Calendars;
  readonly #id: string;
  #rejected: InputError | null = $state.raw(null);
  /** Raised to preview again although nothing was typed. */
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

  /** A value that was rejected, and its field. */
  get rejection(): Rejection | null {
    return this.#reading.rejection ?? this.#rejected;
  }

  /** Whether nobody knows what the calendar has, because its record was lost. */
  get isLost(): boolean {
    return this.#rejected?.code === "ledger-lost";
  }

  /** The options to write or send; null while a value is rejected. */
  get options(): ExportOptions | null {
    return this.#rejected ? null : this.#reading.options;
  }

  /** Previews the options whenever they change. For an effect. */
  follow(): void {
    const { options } = this.#reading;
    void this.#round;
    const asked = ++this.#asked;
    if (options) void this.#weigh(options, this.kind, asked);
  }

  /** Previews again after the calendar received something. */
  again(): void {
    this.#round += 1;
  }

  /** Saves waiting options at once. */
  async saveNow(): Promise<void> {
    clearTimeout(this.#timer);
    const options = this.#waiting;
    this.#waiting = null;
    if (options) await this.#save(options);
  }

  /** Saves the options, as the calendar is no longer shown. */
  async leave(): Promise<void> {
    this.#asked += 1;
    await this.saveNow();
    // The rejected text may be half of this one, which has no answer yet. Saving gives one.
    const { options } = this.#reading;
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
      this.#rejected = null;
      this.message = message;
      this.files = files.length;
      clearTimeout(this.#timer);
      this.#waiting = JSON.stringify(options) === this.#saved ? null : options;
      this.#timer = setTimeout(() => void this.saveNow(), PAUSE);
    } catch (error) {
      if (asked === this.#asked) this.#rejected = problemOf(error);
    }
  }
}

/** One of its dates, in the form a date field needs. */
export class DateText {
  readonly #contents: Contents;
  readonly #field: "from" | "to";
  readonly #name: string;

  /** `name` is the core's name of the field. */
  constructor(contents: Contents, field: "from" | "to", name: string) {
    this.#contents = contents;
    this.#field = field;
    this.#name = name;
  }

  get text(): string {
    return this.#contents.typed[this.#field];
  }

  get isRejected(): boolean {
    return this.#contents.rejection?.field === this.#name;
  }

  set(text: string): void {
    this.#contents.typed[this.#field] = text;
  }

  previewSoon(text: string): void {
    this.set(text);
  }

  /** Valid options are saved automatically. */
  commit(): Promise<void> {
    return this.#contents.saveNow();
  }

  key(event: KeyboardEvent): void {
    if (event.key === "Enter") void this.commit();
  }
}
