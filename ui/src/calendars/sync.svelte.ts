// The sync of one calendar on a server: its progress, and the result of the last one.

import type {
  Calendar,
  DeletedAnswer,
  ExportOptions,
  PinView,
  TimeView,
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
  /** Reports what the sync would do, and changes nothing. */
  trial: boolean;
  /** The answer for all deleted sessions; null to be asked about each. */
  deleted: DeletedAnswer | null;
  /** Takes over the events of the plan's id that the calendar has already. */
  adopt: boolean;
  /** As typed; empty to use the saved one. */
  password: string;
  savesPassword: boolean;
}

/** The calendars that a sync belongs to, as far as it needs them. */
export interface Owner {
  readonly planner: Planner;
  /** Whether they are on the screen. */
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
  /** The options of the last sync, once it has ended. */
  ended: SyncOptions | null = $state.raw(null);
  /** The report of the last sync. */
  lines: string[] = $state.raw([]);
  problem: InputError | null = $state.raw(null);
  /** Why the password wasn't saved. */
  notice: string | null = $state.raw(null);
  /** The name of the change that pinned sessions moved in the calendar, for undo. */
  pinned: string | null = $state.raw(null);
  /** Whether a decision waits for the next sync. */
  isDecided = $state(false);
  /** Whether `problem` is of a sync that nobody asked for. */
  #isHeard = false;
  readonly #id: string;
  readonly #calendars: Owner;

  constructor(id: string, calendars: Owner) {
    this.#id = id;
    this.#calendars = calendars;
  }

  /** Whether the server needs a password. */
  get wantsPassword(): boolean {
    return this.problem?.code === "password-needed" || this.problem?.code === "server-password";
  }

  /** Whether the learner has to sign in to Google. */
  get wantsSignIn(): boolean {
    return this.problem?.code === "sign-in-needed" || this.problem?.code === "sign-in";
  }

  /** Whether all coming events are gone from the calendar, and the learner has to decide. */
  get isEmptied(): boolean {
    return this.problem?.code === "calendar-emptied";
  }

  /** Whether the calendar has events that may be another plan's, and the learner has to say. */
  get isShared(): boolean {
    return this.problem?.code === "shared-plan-id";
  }

  /** Takes over the result of the last automatic sync, with the question that it waits for. */
  hear({ autoSync, trouble }: Pick<Calendar, "autoSync" | "trouble">): void {
    if (this.isRunning) return;
    if (autoSync && !trouble) this.isDecided = false;
    if (trouble) {
      const { code, message } = trouble;
      this.problem = { code: code as InputError["code"], field: "", value: "", message };
    } else if (this.#isHeard) {
      this.problem = null;
    }
    this.#isHeard = trouble !== null;
  }

  /** Leaves events alone that may be another plan's. */
  leaveAlone(): void {
    this.#clear();
    this.notice = "Nothing was sent. Add a separate calendar for this plan.";
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

  /** Saves the sign-in to Google in the keyring. */
  async keepSignIn(): Promise<void> {
    await savePassword(this.#id).catch((error) => (this.notice = problemOf(error).message));
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await stopSync(this.#id).catch(() => (this.isStopping = false));
  }

  /** Decides about a session that was deleted in the calendar. */
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
    const before = placedIn(planner.saved.plan.time);
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
    // Queued behind other changes: the learner may have changed the plan in the meantime.
    await planner.run("sync", look);
    const { plan, history } = planner.saved;
    if (hasMore(placedIn(plan.time), before)) this.pinned = history.undo[0] ?? null;
  }

  /** Reports the result if nobody watched. */
  #tell(): void {
    if (this.#calendars.isSeen) return;
    const end = this.problem?.message ?? this.lines.at(-1) ?? "";
    this.#calendars.tell(`${this.#calendars.nameOf(this.#id)}: ${end}`, this.problem !== null);
  }

  #clear(): void {
    this.ended = null;
    this.lines = [];
    this.problem = null;
    this.#isHeard = false;
    this.notice = null;
    this.pinned = null;
  }
}

/** The sessions that the learner placed. */
function placedIn({ pins, moved }: TimeView): PinView[] {
  return [...pins, ...moved];
}

function hasMore(pins: PinView[], before: PinView[]): boolean {
  const known = new Set(before.map(({ pin }) => JSON.stringify(pin)));
  return pins.some(({ pin }) => !known.has(JSON.stringify(pin)));
}
