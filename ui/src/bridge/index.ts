// The one door to the core: each command of the shell, and nothing else, has its function here.
import { invoke } from "@tauri-apps/api/core";
import type {
  Change,
  CheckIn,
  Choice,
  EntryView,
  ExceptionEntry,
  Exported,
  ExportKind,
  ExportOptions,
  ExportPreview,
  ForecastView,
  Imported,
  LiveFile,
  Opened,
  Problem,
  Settings,
  TimerAction,
  View,
} from "./types";

export type * from "./types";

/** The plan as it was kept, and how the window was left. */
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
export const catchUp = (windows: ExceptionEntry[]) => invoke<Choice[]>("catch_up", { windows });

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

/** What an export would do to the calendar. Nothing is written. */
export const exportPreview = (options: ExportOptions, kind: ExportKind) =>
  invoke<ExportPreview>("export_preview", { options, kind });

/** Asks where to write the calendar, and writes it. `null`: the learner thought better of it. */
export const exportCalendar = (options: ExportOptions, kind: ExportKind) =>
  invoke<Exported | null>("export_calendar", { options, kind });

/** Asks where, and keeps a calendar file there up to date; without options, stops it. Gives the one there is then. */
export const keepLiveFile = (options: ExportOptions | null) =>
  invoke<LiveFile | null>("keep_live_file", { options });

/** The live file there is, and why it could not be written after the latest change. */
export const liveFile = () => invoke<[LiveFile | null, string | null]>("live_file");

/** Asks for a calendar file, and takes its busy time into the plan. `null`: the learner thought better of it. */
export const importBusy = () => invoke<Imported | null>("import_busy");

/** Asks where to write the chart as a picture, and writes it. `null`: as above. */
export const savePicture = () => invoke<Exported | null>("save_picture");

export const keepSettings = (settings: Settings) => invoke<null>("keep_settings", { settings });

/** Tells the shell that the first chart is on the screen. */
export const drawn = () => invoke<null>("drawn");

/** What a command was refused with. A failure of the bridge itself is said in the same form. */
export function problemOf(error: unknown): Problem {
  if (typeof error === "object" && error !== null && "message" in error && "code" in error) {
    return error as Problem;
  }
  const said = error instanceof Error ? error.message : String(error);
  return {
    code: "no-answer",
    field: "",
    value: "",
    message: `Waymark could not do that: ${said}`,
  };
}
