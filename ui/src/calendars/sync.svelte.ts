// The sync of one calendar on a server: how far it is, and what came of the last one.

import type {
  DeletedAnswer,
  ExportOptions,
  PinView,
  InputError,
  Question,
  SyncStep,
} from "../bridge";
import {
  answerDeleted,
  savePassword,
  look,
  problemOf,
  stopSync,
  syncCalendar,
} from "../bridge";
import type { Planner } from "../planner/planner.svelte";

export interface SyncOptions {
  options: ExportOptions;
  /** Says what it would do, and changes nothing. */
  trial: boolean;
  /** What becomes of all that was deleted there; null to be asked about each. */
  deleted: DeletedAnswer | null;
  /** As typed; nothing for the one that is known. */
  password: string;
  savesPassword: boolean;
}

/** What a sync needs of the calendars it is one of. */
export interface Owner {
  readonly planner: Planner;
  /** They are on the screen. */
  readonly isSeen: boolean;
  nameOf(id: string): string;
  /** Questions that are left about sessions deleted in a calendar. */
  asks(id: string, questions: Question[]): void;
  /** Reports the end of a sync that nobody watched. */
  tell(message: string, isProblem: boolean): void;
}

export class Sync {
  isRunning = $state(false);
  isStopping = $state(false);
  step: SyncStep | null = $state.raw(null);
  /** What the last one was asked for, once it has ended. */
  ended: SyncOptions | null = $state.raw(null);
  /** What it met and sent. */
  lines: string[] = $state.raw([]);
  problem: InputError | null = $state.raw(null);
  /** Why the password was not saved. */
  notice: string | null = $state.raw(null);
  /** The name of the change that pins what was moved there, as it can be undone. */
  pinned: string | null = $state.raw(null);
  /** Something was decided that the next sync has to act on. */
  isDecided = $state(false);
  readonly #id: string;
  readonly #calendars: Owner;

  constructor(id: string, calendars: Owner) {
    this.#id = id;
    this.#calendars = calendars;
  }

  /** The server wants to be told a password. */
  get wantsPassword(): boolean {
    return this.problem?.code === "password-needed" || this.problem?.code === "server-password";
  }

  /** All that lay ahead is gone there, and the learner has to say what that means. */
  get isEmptied(): boolean {
    return this.problem?.code === "calendar-emptied";
  }

  async run(request: SyncOptions): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    this.isStopping = false;
    this.#clear();
    try {
      await this.#sync(request);
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.ended = { ...request, password: "" };
      this.isRunning = false;
      this.step = null;
      this.#tell();
    }
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await stopSync(this.#id).catch(() => (this.isStopping = false));
  }

  /** Decides about a session that was deleted there. */
  async answer(question: Question, answer: DeletedAnswer): Promise<InputError | null> {
    try {
      this.#calendars.asks(this.#id, await answerDeleted(this.#id, question, answer));
      this.isDecided = true;
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }

  async #sync({ savesPassword, ...request }: SyncOptions): Promise<void> {
    const { planner } = this.#calendars;
    const before = planner.saved.plan.time.pins;
    const password = request.password === "" ? null : request.password;
    const synced = await syncCalendar(
      { ...request, id: this.#id, password },
      (step) => (this.step = step),
    );
    this.lines = synced.lines;
    this.problem = synced.problem;
    this.#calendars.asks(this.#id, synced.questions);
    if (password !== null && savesPassword && !this.wantsPassword) {
      await savePassword(this.#id).catch((error) => (this.notice = problemOf(error).message));
    }
    if (request.trial) return;
    if (!synced.problem) this.isDecided = false;
    // In its turn, and as the plan is by then: the learner may have changed it meanwhile.
    await planner.run("sync", look);
    const { plan, history } = planner.saved;
    if (hasMore(plan.time.pins, before)) this.pinned = history.undo[0] ?? null;
  }

  /** Where nobody looked, it is told how it ended. */
  #tell(): void {
    if (this.#calendars.isSeen) return;
    const end = this.problem?.message ?? this.lines.at(-1) ?? "";
    this.#calendars.tell(`${this.#calendars.nameOf(this.#id)}: ${end}`, this.problem !== null);
  }

  #clear(): void {
    this.ended = null;
    this.lines = [];
    this.problem = null;
    this.notice = null;
    this.pinned = null;
  }
}

function hasMore(pins: PinView[], before: PinView[]): boolean {
  const known = new Set(before.map(({ pin }) => JSON.stringify(pin)));
  return pins.some(({ pin }) => !known.has(JSON.stringify(pin)));
}
