// Sends changes to the core one at a time. A slider is faster than the core, so previews that were
// overtaken before they were sent are dropped. Decisions never are.

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
  /** A view to draw that is no change, such as an earlier plan. */
  looked(view: View, field: string): void;
  /** The plan has changed, after a decision in a field. */
  saved(view: View, field: string): void;
  /** The core rejected a value. The view that is drawn stays. */
  rejected(problem: InputError, field: string): void;
}

interface Preview {
  field: string;
  /** Draws what the core gives. */
  look: () => Promise<() => void>;
  ended: () => void;
}

interface Decision {
  field: string;
  /** Null for a command that isn't a change, such as undo. */
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
  #isClosed = false;
  /** Raised by `revert`, so that a preview under way isn't drawn when it arrives. */
  #age = 0;

  constructor(core: Core, listener: Listener) {
    this.#core = core;
    this.#listener = listener;
  }

  /** Ends once it is drawn, rejected or overtaken. */
  preview(change: Change, asked = performance.now()): Promise<void> {
    return this.#await(fieldOf(change), async () => {
      const view = await this.#core.preview(change);
      return () => this.#listener.previewed(view, change, asked);
    });
  }

  /** Draws another view until `revert`. Nothing is saved. */
  look(field: string, ask: () => Promise<View>): void {
    void this.#await(field, async () => {
      const view = await ask();
      return () => this.#listener.looked(view, field);
    });
  }

  #await(field: string, look: Preview["look"]): Promise<void> {
    return new Promise((ended) => {
      this.#drop();
      this.#waiting = { field, look, ended };
      void this.#run();
    });
  }

  /** Drops the preview that waits. */
  #drop(): void {
    this.#waiting?.ended();
    this.#waiting = null;
  }

  /** True once the core has made the change; false if it rejected it or a later one replaced it. */
  apply(change: Change): Promise<boolean> {
    const at = this.#decisions.findIndex((waiting) => replaces(change, waiting));
    this.#decisions[at]?.done(false);
    if (at >= 0) this.#decisions.splice(at, 1);
    this.#drop();
    return this.#decide(fieldOf(change), change, () => this.#core.apply(change));
  }

  /** Runs another command that returns a view, after all earlier decisions. True if it succeeds. */
  run(field: string, ask: () => Promise<View>): Promise<boolean> {
    return this.#decide(field, null, ask);
  }

  /** Sends nothing more: the core has another plan open. */
  close(): void {
    this.#isClosed = true;
  }

  /** Drops the previews. Decisions still go to the core. */
  revert(): void {
    this.#drop();
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
      if (this.#isClosed) {
        this.#decisions.splice(0).forEach(({ done }) => done(false));
        this.#drop();
        break;
      }
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
      if (!replaced) this.#listener.rejected(this.#core.problemOf(error), field);
      done(false);
    }
  }

  async #look({ field, look, ended }: Preview): Promise<void> {
    const age = this.#age;
    try {
      const draw = await look();
      if (age === this.#age) draw();
    } catch (error) {
      // An error about a value that has been replaced helps nobody.
      const overtaken = this.#waiting !== null || this.#decisions.length > 0;
      if (age === this.#age && !overtaken) {
        this.#listener.rejected(this.#core.problemOf(error), field);
      }
    }
    ended();
  }
}

function replaces(later: Change | null, earlier: { change: Change | null }): boolean {
  return later !== null && earlier.change !== null && standsIn(later, earlier.change);
}
