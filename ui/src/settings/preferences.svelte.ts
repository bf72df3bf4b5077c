// The state of the window: theme, folds, zoom. The core stores it; losing it loses no plan.

import { SvelteSet } from "svelte/reactivity";
import type { Settings } from "../bridge";
import { saveSettings } from "../bridge";

const PAUSE = 400;
const THEMES: readonly Settings["theme"][] = ["system", "light", "dark"];

export class Preferences {
  theme: Settings["theme"];
  readonly folded: SvelteSet<string>;
  zoom: number;
  /** The panel beside the chart; null if it is closed. */
  panel: Settings["panel"];
  /** The name of the baseline the chart shows; null for the newest. */
  baseline: string | null;
  /** The id of the calendar the dialog shows; null for the first. */
  calendar: string | null;
  #saved: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: Settings) {
    this.theme = $state(settings.theme);
    this.folded = new SvelteSet(settings.folded);
    this.zoom = $state(settings.zoom);
    this.panel = $state(settings.panel);
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

  nextTheme(): void {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length] ?? "system";
  }

  get #settings(): Settings {
    const { theme, zoom, panel, baseline, calendar } = this;
    return { theme, folded: [...this.folded], zoom, panel, baseline, calendar };
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
