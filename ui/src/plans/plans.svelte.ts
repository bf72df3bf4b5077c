// The learner's plans in the window: the list, and each change of it. A change can open another
// plan, which the whole window then shows.

import type { InputError, Refusal, Shelf, ShelfChange } from "../bridge";
import {
  bringBackPlan,
  look,
  planRefusal,
  plans,
  problemOf,
  removePlan,
  switchPlan,
} from "../bridge";
import type { Planner } from "../planner/planner.svelte";

/** A report for the learner, with a way back. */
export interface Told {
  message: string;
  /** The plan that was removed, by the name to bring it back by. */
  removed: string | null;
  /** The plan to open again with it, because it was open. */
  reopened: string | null;
}

/** A plan that couldn't be opened, and why. */
export interface RefusedPlan {
  id: string;
  title: string;
  refusal: Refusal;
}

export class Plans {
  /** The list; null until it was read. */
  shelf: Shelf | null = $state.raw(null);
  /** Why the list couldn't be read. */
  unread: InputError | null = $state.raw(null);
  /** The plan that couldn't be opened just now. */
  refused: RefusedPlan | null = $state.raw(null);
  /** Whether a change is under way. */
  isBusy = $state(false);
  readonly #planner: Planner;
  readonly #onchanged: (told: Told | null, isSwitched: boolean) => void;

  /** The field of the planner that rejected changes belong to. */
  static readonly FIELD = "plans";

  /** `onchanged` receives a report, and whether another plan is open now. */
  constructor(planner: Planner, onchanged: (told: Told | null, isSwitched: boolean) => void) {
    this.#planner = planner;
    this.#onchanged = onchanged;
  }

  /** Why the latest change was rejected; null if it wasn't. */
  get problem(): InputError | null {
    return this.#planner.problemOf(Plans.FIELD) ?? this.unread;
  }

  /** Forgets what was rejected. */
  forgive(): void {
    this.#planner.revert(Plans.FIELD);
  }

  async load(): Promise<void> {
    try {
      this.shelf = await plans();
      this.unread = null;
    } catch (error) {
      this.unread = problemOf(error);
    }
  }

  /**
   * Carries out a change of the list, after all earlier decisions about the open plan. Null if the
   * learner cancelled it or the core rejected it.
   */
  async change(
    ask: () => Promise<ShelfChange | null>,
    tell: (change: ShelfChange) => Told | string | null = () => null,
  ): Promise<ShelfChange | null> {
    if (this.isBusy) return null;
    this.isBusy = true;
    this.#planner.revertPreview();
    const made: { change: ShelfChange | null } = { change: null };
    await this.#planner.run(Plans.FIELD, async () => {
      made.change = await ask();
      if (!made.change) return this.#planner.saved;
      this.shelf = made.change.shelf;
      if (!made.change.isSwitched) return look();
      // Nothing that was decided about the former plan may reach the new one.
      this.#planner.close();
      return this.#planner.saved;
    });
    this.isBusy = false;
    const { change } = made;
    if (change) {
      const told = tell(change);
      this.#onchanged(
        typeof told === "string" ? { message: told, removed: null, reopened: null } : told,
        change.isSwitched,
      );
    }
    return change;
  }

  async open(id: string): Promise<ShelfChange | null> {
    this.refused = null;
    const change = await this.change(() => switchPlan(id));
    if (!change && this.problem) await this.#explain(id);
    return change;
  }

  /** Offers what a start offers for a plan that can't be opened. */
  async #explain(id: string): Promise<void> {
    try {
      const refusal = await planRefusal(id);
      const title = this.shelf?.plans.find((plan) => plan.id === id)?.title ?? id;
      if (refusal) this.refused = { id, title, refusal };
    } catch {
      // The reason of the rejected change is shown already.
    }
  }

  remove(id: string, title: string): Promise<ShelfChange | null> {
    return this.change(
      () => removePlan(id),
      ({ removed, isSwitched }) => ({
        message: `Removed “${title}”.`,
        removed,
        reopened: isSwitched ? id : null,
      }),
    );
  }

  /** Takes a removal back: the plan is there again, and open if it was. */
  undo({ removed, reopened }: Told): Promise<ShelfChange | null> {
    return this.change(async () => {
      if (removed === null) return null;
      const change = await bringBackPlan(removed);
      return reopened === null ? change : switchPlan(reopened);
    });
  }
}
