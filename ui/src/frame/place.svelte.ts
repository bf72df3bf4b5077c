// The place of the learner in the window: the view, and what it shows.

import type { ViewName, Weekday } from "../bridge";
import { weekOf } from "../words/dates";

/** A row of the plan, or a part of it. */
export interface Selected {
  /** The id of the phase or item. */
  line: string;
  /** The line itself, one of its sessions (by number), or the phase's milestone. */
  part: "line" | "outcome" | number;
}

export class Place {
  readonly #shown: { view: ViewName };
  /** The first day of the week that the Week view shows; null for its own choice. */
  week: number | null = $state(null);
  /** The key of the week's session with the focus. */
  block = $state("");
  /** The id of the phase or item that the Roadmap view shows. */
  row = $state("");
  /** The subject of the pane of details; null if it is closed. */
  selected: Selected | null = $state.raw(null);
  /** Whether the details were opened by keys, and take the focus. */
  isByKeys = false;
  /** The day of which the learner said that it is enough; empty for none. */
  enough = $state("");
  /** Whether the Progress view has the form for other time open. */
  isLogging = $state(false);
  /** Whether an outline is pasted, in the place of the Roadmap view. */
  isPasting = $state(false);
  /** Whether the roadmap is edited as text, in the place of its view. */
  isEditingText = $state(false);
  /** Raised to ask the view for the focus, after it has changed. */
  asked = $state(0);

  /** `shown` remembers the view for the next start. */
  constructor(shown: { view: ViewName }) {
    this.#shown = shown;
  }

  get view(): ViewName {
    return this.#shown.view;
  }

  set view(view: ViewName) {
    this.#shown.view = view;
  }

  /** Shows a view, with the focus in it. */
  go(view: ViewName): void {
    this.view = view;
    this.asked += 1;
  }

  /** Shows the details of something. */
  select(selected: Selected, isByKeys: boolean): void {
    this.isByKeys = isByKeys;
    this.selected = selected;
  }

  /** Shows the week of a day, and the session with this key in it. */
  goToDay(day: number, weekStart: Weekday, block = ""): void {
    this.week = weekOf(day, weekStart);
    this.block = block;
    this.go("week");
  }

  /** Shows a phase or an item in the roadmap. */
  goToRow(row: string): void {
    this.row = row;
    this.go("roadmap");
  }
}
