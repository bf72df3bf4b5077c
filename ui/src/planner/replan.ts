// Sends changes to the core one at a time. A slider speaks faster than the core answers, so a
// preview that was overtaken before it was sent is dropped; what a person decided is not.

import type { Change, InputError, View } from "../bridge";
import { fieldOf, standsIn } from "./fields";

export interface Core {
  preview(change: Change): Promise<View>;
  apply(change: Change): Promise<View>;
  problemOf(error: unknown): InputError;
}

export interface Listener {
  /** A preview to draw. `asked` is when the learner moved, by performance.now(). */
  previewed(view: View, change: Change, asked: number): void;
  /** The plan is another one for good, after what was decided in a field. */
  saved(view: View, field: string): void;
  /** The core said no: what is drawn stays. */
  refused(problem: InputError, field: string): void;
}

interface Preview {
  change: Change;
  asked: number;
}

interface Decision {
  field: string;
  /** None for what is no change of the plan's own, such as undo. */
  change: Change | null;
  ask: () => Promise<View>;
  done: (accepted: boolean) => void;
}

export class Replan {
  readonly #core: Core;
  readonly #listener: Listener;
  #waiting: Preview | null = null;
  #decisions: Decision[] = [];
  #busy = false;
  /** Raised by `revert`, so that a preview still under way is not drawn when it comes. */
  #age = 0;

  constructor(core: Core, listener: Listener) {
    this.#core = core;
    this.#listener = listener;
  }

  preview(change: Change, asked = performance.now()): void {
    this.#waiting = { change, asked };
    void this.#run();
  }

  /** True once the core has taken the change; false if it refused it or a later one replaced it. */
  apply(change: Change): Promise<boolean> {
    const at = this.#decisions.findIndex((waiting) => replaces(change, waiting));
    this.#decisions[at]?.done(false);
    if (at >= 0) this.#decisions.splice(at, 1);
    this.#waiting = null;
    return this.#decide(fieldOf(change), change, () => this.#core.apply(change));
  }

  /** Has the core do something else that gives a view, after all that was decided before. True once it has. */
  run(field: string, ask: () => Promise<View>): Promise<boolean> {
    return this.#decide(field, null, ask);
  }

  /** Forgets the previews. What was decided still goes to the core. */
  revert(): void {
    this.#waiting = null;
    this.#age += 1;
  }

  #decide(field: string, change: Change | null, ask: () => Promise<View>): Promise<boolean> {
    return new Promise((done) => {
      this.#decisions.push({ field, change, ask, done });
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (;;) {
      const decision = this.#decisions.shift();
      if (decision) {
        await this.#carryOut(decision);
        continue;
      }
      const waiting = this.#waiting;
      this.#waiting = null;
      if (!waiting) break;
      await this.#look(waiting);
    }
    this.#busy = false;
  }

  async #carryOut({ field, change, ask, done }: Decision): Promise<void> {
    try {
      this.#listener.saved(await ask(), field);
      done(true);
    } catch (error) {
      const replaced =
        change && this.#decisions.some((later) => replaces(later.change, { change }));
      if (!replaced) this.#listener.refused(this.#core.problemOf(error), field);
      done(false);
    }
  }

  async #look({ change, asked }: Preview): Promise<void> {
    const age = this.#age;
    try {
      const view = await this.#core.preview(change);
      if (age === this.#age) this.#listener.previewed(view, change, asked);
    } catch (error) {
      // The refusal of a value that is no longer asked for helps nobody.
      const overtaken = this.#waiting !== null || this.#decisions.length > 0;
      if (age === this.#age && !overtaken) {
        this.#listener.refused(this.#core.problemOf(error), fieldOf(change));
      }
    }
  }
}

function replaces(later: Change | null, earlier: { change: Change | null }): boolean {
  return later !== null && earlier.change !== null && standsIn(later, earlier.change);
}
