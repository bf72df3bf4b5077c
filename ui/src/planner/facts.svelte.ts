// The prerequisites in the plan's roadmap, the texts of its items, and its texts to read. Read when
// a part of the window first shows them, and again after each change.

import type { ItemTexts, NeedView, PhaseFacts, ReferenceGroup, RoadmapFacts } from "../bridge";
import { roadmapFacts } from "../bridge";

const NO_TEXTS: ItemTexts = { doneWhen: "", links: [], notes: "", steps: [], source: "" };
const NONE: RoadmapFacts = { summary: "", needs: {}, texts: {}, phases: [], reference: [] };

export class Facts {
  #facts: RoadmapFacts = $state.raw(NONE);
  #isAsked = false;
  #latest = 0;

  get summary(): string {
    return this.#facts.summary;
  }

  get reference(): readonly ReferenceGroup[] {
    return this.#facts.reference;
  }

  /** Call in each part that shows them. */
  load(): void {
    if (!this.#isAsked) this.#read();
  }

  /** Call after each change. */
  follow(): void {
    if (this.#isAsked) this.#read();
  }

  /** The items and phases that come before an item. */
  needsOf(item: string): readonly NeedView[] {
    return this.#facts.needs[item] ?? [];
  }

  /** The facts of a phase. */
  phaseOf(phase: string): PhaseFacts | undefined {
    return this.#facts.phases.find(({ id }) => id === phase);
  }

  /** The texts of an item. */
  textsOf(item: string): ItemTexts {
    return this.#facts.texts[item] ?? NO_TEXTS;
  }

  #read(): void {
    this.#isAsked = true;
    this.#latest += 1;
    const number = this.#latest;
    roadmapFacts()
      .then((facts) => {
        if (number === this.#latest) this.#facts = facts;
      })
      .catch(() => {
        if (number === this.#latest) this.#isAsked = false;
      });
  }
}
