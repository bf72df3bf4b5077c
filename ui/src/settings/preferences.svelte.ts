// The state of the window: theme, folds, zoom. The core stores it; losing it loses no plan.

import { SvelteSet } from "svelte/reactivity";
import type { Settings } from "../bridge";
import { saveSettings } from "../bridge";

const PAUSE = 400;
/** Of findings that were dismissed, the latest are remembered. */
const MOST_HIDDEN = 50;

export class Preferences {
  theme: Settings["theme"];
  dates: Settings["dates"];
  clock: Settings["clock"];
  /** The view that is shown, and with which the next start begins. */
  view: Settings["view"];
  readonly folded: SvelteSet<string>;
  /** The findings that the learner has dismissed, as they were worded. */
  readonly hidden: SvelteSet<string>;
  zoom: number;
  /** The width of the chart's names in pixels; null for one that fits the window. */
  namesWidth: number | null;
  /** The name of the baseline the chart shows; null for the newest. */
  baseline: string | null;
  /** The id of the calendar the dialog shows; null for the first. */
  calendar: string | null;
  #saved: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `usual` are the phases that are folded until the learner folds any. */
  constructor(settings: Settings, usual: string[] = []) {
    this.theme = $state(settings.theme);
    this.dates = $state(settings.dates);
    this.clock = $state(settings.clock);
    this.view = $state(settings.view);
    this.folded = new SvelteSet(settings.folded ?? usual);
    this.hidden = new SvelteSet(settings.hidden);
    this.namesWidth = $state(settings.namesWidth);
    this.zoom = $state(settings.zoom);
    this.baseline = $state(settings.baseline);
    this.calendar = $state(settings.calendar);
    this.#saved = JSON.stringify(settings);
  }

  toggle(phase: string): void {
    if (!this.folded.delete(phase)) this.folded.add(phase);
  }

  foldOnly(phases: string[]): void {
    this.folded.clear();
    for (const phase of phases) this.folded.add(phase);
  }

  /** Hides a finding for as long as it says the same. */
  hide(message: string): void {
    this.hidden.add(message);
    for (const old of [...this.hidden].slice(0, -MOST_HIDDEN)) this.hidden.delete(old);
  }

  get #settings(): Settings {
    const { theme, dates, clock, view, zoom, namesWidth, baseline, calendar } = this;
    const [folded, hidden] = [[...this.folded], [...this.hidden]];
    const shown = { view, folded, hidden, zoom, namesWidth, baseline, calendar };
    return { theme, dates, clock, ...shown };
  }

  /** Saves changes after a short pause. For an effect. */
  saveSoon(): void {
    const settings = this.#settings;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(settings), PAUSE);
  }

  /** Saves at once, as the window closes. */
  saveNow(): void {
    clearTimeout(this.#timer);
    this.#save(this.#settings);
  }

  #save(settings: Settings): void {
    const text = JSON.stringify(settings);
    if (text === this.#saved) return;
    this.#saved = text;
    // Unsaved settings fall back to the old ones at the next start, and that is all.
    saveSettings(settings).catch(() => (this.#saved = ""));
  }
}
