// The one door to the core: each command of the shell, and nothing else, has its function here.
import { Channel, invoke } from "@tauri-apps/api/core";
import type {
  Added,
  CalendarView,
  Change,
  CheckIn,
  RecoveryOption,
  DeletedAnswer,
  EntryView,
  ExceptionEntry,
  Exported,
  ExportKind,
  ExportOptions,
  ExportPreview,
  ForecastView,
  Imported,
  Login,
  Opened,
  InputError,
  Question,
  ServerCalendar,
  ServerChoice,
  Settings,
  Synced,
  SyncStep,
  TimerAction,
  View,
} from "./types";

export type * from "./types";

/** The plan as it was saved, and how the window was left. */
export const open = () => invoke<Opened>("open");

/** The view that a change would give. Nothing is stored. */
export const preview = (change: Change) => invoke<View>("preview", { change });

/** Makes a change, keeps it, and gives the new view. */
export const apply = (change: Change) => invoke<View>("apply", { change });

/** The plan as it stands by now. */
export const look = () => invoke<View>("look");

/** When all of it will really be finished, after a change if one is given. Nothing is stored. */
export const forecast = (change: Change | null) => invoke<ForecastView>("forecast", { change });

/** The ways out of a plan that is late, `windows` being times that are free besides. Nothing is stored. */
export const catchUp = (windows: ExceptionEntry[]) =>
  invoke<RecoveryOption[]>("catch_up", { windows });

/** What there is to tell after a missed session or with a new week. */
export const checkIn = () => invoke<CheckIn | null>("check_in");

/** What was missed up to now is not told again. */
export const seen = () => invoke<View>("seen");

/** All that was logged, the latest first. */
export const worklog = () => invoke<EntryView[]>("worklog");

/** Takes the latest change back. */
export const undo = () => invoke<View>("undo");

/** Makes the change again that was taken back last. */
export const redo = () => invoke<View>("redo");

/** Starts, pauses or stops the focus timer. */
export const timer = (action: TimerAction) => invoke<View>("timer", { action });

/** Every calendar of the learner's that gets the plan. */
export const calendars = () => invoke<CalendarView[]>("calendars");

/** Adds a calendar that files are imported into. */
export const addCalendar = (name: string) => invoke<Added>("add_calendar", { name });

/** Asks where, and keeps a calendar file there up to date. `null`: the learner thought better of it. */
export const addLiveFile = (name: string) => invoke<Added | null>("add_live_file", { name });

/** The calendars on a server. A password that was given is remembered as long as Waymark runs. */
export const serverCalendars = (login: Login, password: string | null) =>
  invoke<ServerCalendar[]>("server_calendars", { login, password });

/** Adds a calendar of a server, and makes it there if it is new. The first sync fills it. */
export const addServerCalendar = (
  login: Login,
  password: string | null,
  choice: ServerChoice,
  keepPassword: boolean,
) => invoke<Added>("add_server_calendar", { login, password, choice, keepPassword });

export const renameCalendar = (id: string, name: string) =>
  invoke<CalendarView[]>("rename_calendar", { id, name });

/** Forgets a calendar and what it was given. The calendar itself stays as it is. */
export const removeCalendar = (id: string) => invoke<CalendarView[]>("remove_calendar", { id });

/** Keeps what a calendar is to hold. */
export const saveCalendarOptions = (id: string, options: ExportOptions) =>
  invoke<null>("keep_calendar_options", { id, options });

/** What a calendar would be told, by what is known here. Nothing is written, sent or saved. */
export const exportPreview = (id: string, options: ExportOptions, kind: ExportKind) =>
  invoke<ExportPreview>("export_preview", { id, options, kind });

/** Asks where to write the files for a calendar, and writes them. `null`: the learner thought better of it. */
export const exportCalendar = (id: string, options: ExportOptions, kind: ExportKind) =>
  invoke<Exported | null>("export_calendar", { id, options, kind });

interface SyncRequest {
  id: string;
  options: ExportOptions;
  /** Null for the one that is known. */
  password: string | null;
  /** What becomes of all that was deleted there; null to be asked about each. */
  deleted: DeletedAnswer | null;
  /** Says what it would do, and changes nothing. */
  trial: boolean;
}

/** Syncs a calendar on a server. `onstep` is told how far it is. */
export function syncCalendar(request: SyncRequest, onstep: (step: SyncStep) => void) {
  const steps = new Channel<SyncStep>();
  steps.onmessage = onstep;
  return invoke<Synced>("sync_calendar", { ...request, steps });
}

/** Has the system's keyring keep the password of a calendar's server that was given last. */
export const savePassword = (id: string) => invoke<null>("keep_password", { id });

/** Has the sync of a calendar end after the event it is at. */
export const stopSync = (id: string) => invoke<null>("stop_sync", { id });

/** Decides about a session that was deleted in a calendar; gives what is left to decide. The next sync acts on it. */
export const answerDeleted = (id: string, question: Question, answer: DeletedAnswer) =>
  invoke<Question[]>("answer_deleted", { id, question, answer });

/** Asks for a calendar file, and takes its busy time into the plan. `null`: the learner thought better of it. */
export const importBusy = () => invoke<Imported | null>("import_busy");

/** Asks where to write the chart as a picture, and writes it. `null`: as above. */
export const savePicture = () => invoke<Exported | null>("save_picture");

export const saveSettings = (settings: Settings) => invoke<null>("keep_settings", { settings });

/** Tells the shell that the first chart is on the screen. */
export const drawn = () => invoke<null>("drawn");

/** What a command was refused with. A failure of the bridge itself is said in the same form. */
export function problemOf(error: unknown): InputError {
  if (typeof error === "object" && error !== null && "message" in error && "code" in error) {
    return error as InputError;
  }
  const said = error instanceof Error ? error.message : String(error);
  return {
    code: "no-answer",
    field: "",
    value: "",
    message: `Waymark could not do that: ${said}`,
  };
}
