// The learner's calendars as the core has them, which of them is shown, and the syncs of those on servers.

import type {
  Added,
  Calendar,
  CalendarView,
  ExportOptions,
  Login,
  InputError,
  Question,
  ServerChoice,
} from "../bridge";
import {
  addCalendar,
  addLiveFile,
  addServerCalendar,
  calendars,
  saveCalendarOptions,
  problemOf,
  removeCalendar,
  renameCalendar,
} from "../bridge";
import type { Planner } from "../planner/planner.svelte";
import type { Preferences } from "../settings/preferences.svelte";
import { Sync } from "./sync.svelte";

export class Calendars {
  /** None before they were asked for. */
  all: CalendarView[] | null = $state.raw(null);
  /** Why they could not be asked for. */
  problem: InputError | null = $state.raw(null);
  /** What the learner should know of the one that was added last. */
  notice: string | null = $state.raw(null);
  /** The core is being asked for something: a second press is none. */
  isBusy = $state(false);
  /** They are on the screen. */
  isSeen = false;
  readonly planner: Planner;
  /** Tells what came of a sync while nobody looked. */
  readonly tell: (message: string, isProblem: boolean) => void;
  readonly #preferences: Preferences;
  readonly #syncs: Record<string, Sync> = {};
  #last: Promise<unknown> = Promise.resolve();

  constructor(planner: Planner, preferences: Preferences, tell: Calendars["tell"]) {
    this.planner = planner;
    this.tell = tell;
    this.#preferences = preferences;
  }

  /** The one that is shown; none if there is none. */
  get chosen(): CalendarView | null {
    const all = this.all ?? [];
    return (
      all.find(({ calendar }) => calendar.id === this.#preferences.calendar) ?? all[0] ?? null
    );
  }

  /** What a calendar is called. */
  nameOf(id: string): string {
    return this.list.find((calendar) => calendar.id === id)?.name ?? "";
  }

  get list(): Calendar[] {
    return (this.all ?? []).map(({ calendar }) => calendar);
  }

  choose(id: string): void {
    this.#preferences.calendar = id;
    this.notice = null;
  }

  /** The sync of a calendar, which goes on while nobody looks. */
  syncOf(id: string): Sync {
    return (this.#syncs[id] ??= new Sync(id, this));
  }

  async load(): Promise<void> {
    this.notice = null;
    this.problem = await this.#ask(async () => {
      this.all = await calendars();
    });
  }

  addFiles = (name: string) => this.#add(() => addCalendar(name));

  addLiveFile = (name: string) => this.#add(() => addLiveFile(name));

  addOfServer = (login: Login, choice: ServerChoice, keepsPassword: boolean) =>
    this.#add(() => addServerCalendar(login, null, choice, keepsPassword));

  rename(id: string, name: string): Promise<InputError | null> {
    return this.#ask(async () => {
      this.all = await renameCalendar(id, name);
    });
  }

  remove(id: string): Promise<InputError | null> {
    return this.#ask(async () => {
      this.all = await removeCalendar(id);
      this.notice = null;
    });
  }

  /** Keeps what one is to hold. */
  async save(id: string, options: ExportOptions): Promise<InputError | null> {
    try {
      await saveCalendarOptions(id, options);
      this.#change(id, (view) => ({
        ...view,
        calendar: { ...view.calendar, options },
        problem: null,
      }));
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }

  /** What is left to decide about sessions that were deleted there. */
  asks(id: string, questions: Question[]): void {
    this.#change(id, (view) => ({ ...view, questions }));
  }

  #change(id: string, change: (view: CalendarView) => CalendarView): void {
    this.all = (this.all ?? []).map((view) => (view.calendar.id === id ? change(view) : view));
  }

  /** Adds one and shows it. Null where that is done, or where the learner thought better of it. */
  #add(add: () => Promise<Added | null>): Promise<InputError | null> {
    return this.#ask(async () => {
      const added = await add();
      if (!added) return;
      this.all = added.calendars;
      this.choose(added.id);
      this.notice = added.notice;
    });
  }

  /** Asks the core for one thing after the other. Null once it has done it. */
  #ask(work: () => Promise<void>): Promise<InputError | null> {
    const asked = this.#last.then(async () => {
      this.isBusy = true;
      try {
        await work();
        return null;
      } catch (error) {
        return problemOf(error);
      } finally {
        this.isBusy = false;
      }
    });
    this.#last = asked;
    return asked;
  }
}
