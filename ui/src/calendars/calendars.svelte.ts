// The learner's calendars as the core has them, the one that is shown, and the syncs with servers.

import type {
  Added,
  Calendar,
  CalendarsState,
  CalendarView,
  ExportOptions,
  Login,
  InputError,
  Question,
  ServerChoice,
  Upload,
} from "../bridge";
import {
  addCalendar,
  addLiveFile,
  addServerCalendar,
  calendars,
  keepLiveFileHere,
  putLiveFile,
  saveCalendarOptions,
  problemOf,
  removeCalendar,
  renameCalendar,
  setAutoSync,
} from "../bridge";
import type { Planner } from "../planner/planner.svelte";
import type { Preferences } from "../settings/preferences.svelte";
import { Sync } from "./sync.svelte";

export class Calendars {
  /** Null until they are loaded. */
  all: CalendarView[] | null = $state.raw(null);
  /** The state of those that sync automatically; null if there are none. */
  state: CalendarsState | null = $state.raw(null);
  /** Why they couldn't be loaded. */
  problem: InputError | null = $state.raw(null);
  /** A notice about the calendar that was added last. */
  notice: string | null = $state.raw(null);
  /** Whether a request is under way; a second press is then ignored. */
  isBusy = $state(false);
  /** Whether they are on the screen. */
  isSeen = false;
  readonly planner: Planner;
  /** Reports the end of a sync that nobody watched. */
  readonly tell: (message: string, isProblem: boolean) => void;
  readonly #preferences: Preferences;
  readonly #syncs: Record<string, Sync> = {};
  #last: Promise<unknown> = Promise.resolve();

  constructor(planner: Planner, preferences: Preferences, tell: Calendars["tell"]) {
    this.planner = planner;
    this.tell = tell;
    this.#preferences = preferences;
  }

  /** The calendar that is shown; null if there is none. */
  get chosen(): CalendarView | null {
    const all = this.all ?? [];
    return (
      all.find(({ calendar }) => calendar.id === this.#preferences.calendar) ?? all[0] ?? null
    );
  }

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

  /** The sync of a calendar. It continues while the dialog is closed. */
  syncOf(id: string): Sync {
    const known = this.#syncs[id];
    if (known) return known;
    const sync = new Sync(id, this);
    const calendar = this.list.find((each) => each.id === id);
    if (calendar) sync.hear(calendar);
    return (this.#syncs[id] = sync);
  }

  async load(): Promise<void> {
    this.notice = null;
    this.problem = await this.#ask(async () => {
      this.#show(await calendars());
    });
  }

  /** Hears of a sync that nobody asked for. */
  async hear(state: CalendarsState | null): Promise<void> {
    this.state = state;
    if (!this.all) return;
    await this.#ask(async () => this.#show(await calendars()));
  }

  /** Switches automatic sync of a calendar on or off. Null once that is saved. */
  setAutoSync(id: string, isOn: boolean): Promise<InputError | null> {
    return this.#ask(async () => this.#show(await setAutoSync(id, isOn)));
  }

  /** Puts a live file to a place on the web from now on. Null once it is there. */
  putLiveFile(
    id: string,
    upload: Upload,
    password: string,
    keeps: boolean,
  ): Promise<InputError | null> {
    const typed = password === "" ? null : password;
    return this.#ask(async () => {
      const put = await putLiveFile(id, upload, typed, keeps);
      this.#show(put.calendars);
      this.notice = put.notice;
    });
  }

  /** Puts it there no more. Null once that is saved. */
  keepLiveFileHere(id: string): Promise<InputError | null> {
    return this.#ask(async () => this.#show(await keepLiveFileHere(id)));
  }

  #show(all: CalendarView[]): void {
    this.all = all;
    for (const { calendar } of all) this.#syncs[calendar.id]?.hear(calendar);
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

  /** Saves the contents of a calendar. Null once that is done. */
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

  /** Updates the questions left about sessions that were deleted in a calendar. */
  asks(id: string, questions: Question[]): void {
    this.#change(id, (view) => ({ ...view, questions }));
  }

  #change(id: string, change: (view: CalendarView) => CalendarView): void {
    this.all = (this.all ?? []).map((view) => (view.calendar.id === id ? change(view) : view));
  }

  /** Adds a calendar and shows it. Null if that worked, or if the learner cancelled. */
  #add(add: () => Promise<Added | null>): Promise<InputError | null> {
    return this.#ask(async () => {
      const added = await add();
      if (!added) return;
      this.all = added.calendars;
      this.choose(added.id);
      this.notice = added.notice;
    });
  }

  /** Queues a request to the core. Null once it has succeeded. */
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
