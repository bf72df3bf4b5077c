// The prerequisites in the plan's roadmap, and its texts to read. Read once, when a part of the
// window first shows them.

import type { NeedView, ReferenceGroup } from "../bridge";
import { roadmapFacts } from "../bridge";

export class Facts {
  summary = $state("");
  reference: readonly ReferenceGroup[] = $state.raw([]);
  #needs: Readonly<Record<string, NeedView[] | undefined>> = $state.raw({});
  #isAsked = false;

  /** Call in each part that shows them. */
  load(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    roadmapFacts()
      .then(({ summary, needs, reference }) => {
        [this.summary, this.#needs, this.reference] = [summary, needs, reference];
      })
      .catch(() => (this.#isAsked = false));
  }

  /** The items and phases that come before an item. */
  needsOf(item: string): readonly NeedView[] {
    return this.#needs[item] ?? [];
  }
}
