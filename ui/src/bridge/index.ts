// The only module that talks to the core. Each command of the shell has one function here.
import { Channel, invoke as send } from "@tauri-apps/api/core";
import type {
  Added,
  BusySpan,
  CalendarView,
  Change,
  CheckIn,
  RecoveryOption,
  RoadmapFacts,
  RoadmapFormat,
  Refusal,
  DeletedAnswer,
  EntryView,
  ExceptionEntry,
  Exported,
  ExportKind,
  ExportOptions,
  ExportPreview,
  ForecastView,
  EarlierView,
  Imported,
  ImportResult,
  Login,
  MergeView,
  Notice,
  Opened,
  OutlineView,
  InputError,
  Picture,
  PictureKind,
  PlanSource,
  Question,
  ServerCalendar,
  ServerChoice,
  Settings,
  ShareOptions,
  Shelf,
  ShelfChange,
  Synced,
  SyncStep,
  TimerAction,
  TypedClient,
  Upload,
  UseOutline,
  View,
  WebBusy,
  WebCalendar,
  WindowNews,
} from "./types";

export { CHANGE_FIELDS } from "./changes";
export type * from "./types";

/** Between the core's dates and times and the learner's. */
export interface Translation {
  told: <Answer>(answer: Answer) => Answer;
  meant: <Sent extends Change | null>(change: Sent) => Sent;
  inStyle: (sentence: string) => string;
}

const same = <Given>(given: Given): Given => given;
let translation: Translation = { told: same, meant: same, inStyle: same };

/** Translates every answer and every change from now on. */
export function translate(by: Translation): void {
  translation = by;
}

/** An answer of the core, with its dates and times as the learner wants them. */
async function invoke<Answer>(
  command: string,
  args?: Record<string, unknown>,
): Promise<Answer> {
  const answer = await send<Answer>(command, args);
  // The first answer says how dates are written.
  return command === "open" ? answer : translation.told(answer);
}

/** The saved plan and the state of the window. */
export const open = () => invoke<Opened>("open");

/** The messages that the learner hasn't dismissed. */
export const notices = () => invoke<Notice[]>("notices");

/** Dismisses a message, and gives the others. */
export const dismissNotice = (id: string) => invoke<Notice[]>("dismiss_notice", { id });

/** Why the plan couldn't be opened; null if it is open. */
export const refusal = () => invoke<Refusal | null>("refusal");

/** Tries again to open the plan, and says why it couldn't be opened; null if it is open now. */
export const retryStart = () => invoke<Refusal | null>("retry_start");

/** Makes an earlier copy the plan; null if it is open now. */
export const openCopy = (name: string) => invoke<Refusal | null>("open_copy", { name });

/** Uses the plan as it was edited outside Waymark; null if it is open now. */
export const acceptEdits = () => invoke<Refusal | null>("accept_edits");

/** Shows the folder of the file that can't be opened. */
export const showFolder = () => invoke<null>("show_folder");

/** Ends the program. */
export const quit = () => invoke<null>("quit");

/** The view after a change. Nothing is saved. */
export const preview = (change: Change) =>
  invoke<View>("preview", { change: translation.meant(change) });

/** Makes a change, saves it, and gives the new view. */
export const apply = (change: Change) =>
  invoke<View>("apply", { change: translation.meant(change) });

/** The plan as of now. Rejected with `plan-edited` if its file was edited outside Waymark. */
export const look = () => invoke<View>("look");

/** Uses the plan as it was edited outside Waymark, or keeps the one in the window. */
export const settleEdits = (accepts: boolean) => invoke<View>("settle_edits", { accepts });

/** The forecast of the finish, after `change` if there is one. Nothing is saved. */
export const forecast = (change: Change | null) =>
  invoke<ForecastView>("forecast", { change: translation.meant(change) });

/**
 * The recovery options of a late plan. `windows` are extra free times to consider. Nothing is
 * saved.
 */
export const catchUp = (windows: ExceptionEntry[]) =>
  invoke<RecoveryOption[]>("catch_up", { windows });

/** The check-in after a missed session or with a new week; null if there is none. */
export const checkIn = () => invoke<CheckIn | null>("check_in");

/** Marks the check-in as seen, so that it doesn't return. */
export const seen = () => invoke<View>("seen");

/** The log, latest entry first. */
export const worklog = () => invoke<EntryView[]>("worklog");

/** The busy times that touch the days from `first` on. */
export const busyTimes = (first: string, days: number) =>
  invoke<BusySpan[]>("busy_times", { first, days });

/** The prerequisites in the plan's roadmap, and its texts to read. */
export const roadmapFacts = () => invoke<RoadmapFacts>("roadmap_facts");

/** Opens a link outside Waymark. Only https and mailto addresses are accepted. */
export const openLink = (address: string) => invoke<null>("open_link", { address });

/** An outline as it is understood. Nothing is saved. */
export const readOutline = (outline: UseOutline) =>
  invoke<OutlineView>("read_outline", { outline });

/** Asks for a file with an outline, and gives its text. Null if the learner cancels. */
export const chooseOutline = () => invoke<string | null>("choose_outline");

/** The plan's roadmap as text, each part with its id. */
export const roadmapText = () => invoke<string>("roadmap_text");

/** The differences that an edited text makes to the plan's roadmap. Nothing is saved. */
export const readMerge = (text: string) => invoke<MergeView>("read_merge", { text });

/** Asks for a path and writes the plan's roadmap there. Null if the learner cancels. */
export const saveRoadmap = (format: RoadmapFormat) =>
  invoke<Exported | null>("save_roadmap", { format });

/** Undoes the latest change. */
export const undo = () => invoke<View>("undo");

/** Redoes the change undone last. */
export const redo = () => invoke<View>("redo");

/** Starts, pauses or stops the focus timer. */
export const timer = (action: TimerAction) => invoke<View>("timer", { action });

/** The learner's calendars. */
export const calendars = () => invoke<CalendarView[]>("calendars");

/** Adds a calendar for import files. */
export const addCalendar = (name: string) => invoke<Added>("add_calendar", { name });

/** Asks for a path and keeps a calendar file there up to date. Null if the learner cancels. */
export const addLiveFile = (name: string) => invoke<Added | null>("add_live_file", { name });

/** The calendars on a server. Waymark remembers `password` until it quits. */
export const serverCalendars = (login: Login, password: string | null) =>
  invoke<ServerCalendar[]>("server_calendars", { login, password });

/**
 * Opens Google's page in the browser, and waits until the learner has signed in there. Without a
 * client, that of the last sign-in is used.
 */
export const signIn = (login: Login, client: TypedClient | null) =>
  invoke<null>("sign_in", { login, client });

/** Ends the sign-in under way. */
export const cancelSignIn = () => invoke<null>("cancel_sign_in");

/** Adds a calendar on a server and creates it there if it is new. The first sync fills it. */
export const addServerCalendar = (
  login: Login,
  password: string | null,
  choice: ServerChoice,
  keepPassword: boolean,
) => invoke<Added>("add_server_calendar", { login, password, choice, keepPassword });

export const renameCalendar = (id: string, name: string) =>
  invoke<CalendarView[]>("rename_calendar", { id, name });

/** Forgets a calendar and its export record. The calendar itself isn't changed. */
export const removeCalendar = (id: string) => invoke<CalendarView[]>("remove_calendar", { id });

/** Saves the contents of a calendar. */
export const saveCalendarOptions = (id: string, options: ExportOptions) =>
  invoke<null>("keep_calendar_options", { id, options });

/**
 * A preview of the next export or sync, without asking the server. Nothing is written, sent or
 * saved.
 */
export const exportPreview = (id: string, options: ExportOptions, kind: ExportKind) =>
  invoke<ExportPreview>("export_preview", { id, options, kind });

/** Asks for a path and writes the files of a calendar there. Null if the learner cancels. */
export const exportCalendar = (id: string, options: ExportOptions, kind: ExportKind) =>
  invoke<Exported | null>("export_calendar", { id, options, kind });

interface SyncRequest {
  id: string;
  options: ExportOptions;
  /** Null to use the saved one. */
  password: string | null;
  /** The answer for all deleted sessions; null to be asked about each. */
  deleted: DeletedAnswer | null;
  /** Takes over the events of the plan's id that the calendar has already. */
  adopt: boolean;
  /** Reports what the sync would do, and changes nothing. */
  trial: boolean;
}

/** Syncs a calendar on a server. `onstep` receives its progress. */
export function syncCalendar(request: SyncRequest, onstep: (step: SyncStep) => void) {
  const steps = new Channel<SyncStep>();
  steps.onmessage = onstep;
  return invoke<Synced>("sync_calendar", { ...request, steps });
}

/**
 * Asks for a calendar's own file and makes its lost record again from it. Null if the learner
 * cancels.
 */
export const readCalendarFile = (id: string) =>
  invoke<string | null>("read_calendar_file", { id });

/** Saves the password given last for a calendar's server in the system's keyring. */
export const savePassword = (id: string) => invoke<null>("keep_password", { id });

/** Stops the sync of a calendar after the current event. */
export const stopSync = (id: string) => invoke<null>("stop_sync", { id });

/** Puts a live file to a place on the web, now and after each change. */
export const putLiveFile = (
  id: string,
  upload: Upload,
  password: string | null,
  keepPassword: boolean,
) => invoke<Added>("put_live_file", { id, upload, password, keepPassword });

/** Puts a live file to its place on the web no more. */
export const keepLiveFileHere = (id: string) =>
  invoke<CalendarView[]>("keep_live_file_here", { id });

/** Switches automatic sync of a calendar on or off. */
export const setAutoSync = (id: string, isOn: boolean) =>
  invoke<CalendarView[]>("set_auto_sync", { id, isOn });

/**
 * Answers the question about a session deleted in a calendar, and returns the remaining questions.
 * The next sync applies the answer.
 */
export const answerDeleted = (id: string, question: Question, answer: DeletedAnswer) =>
  invoke<Question[]>("answer_deleted", { id, question, answer });

/** The calendars on the web whose busy times the plan has. */
export const webCalendars = () => invoke<WebCalendar[]>("web_calendars");

/** The calendars on a server, also those that can only be read. */
export const readableCalendars = (login: Login, password: string | null) =>
  invoke<ServerCalendar[]>("readable_calendars", { login, password });

/** Adds a calendar that is published at an address, and reads its busy times. */
export const addWebAddress = (name: string, address: string) =>
  invoke<WebBusy>("add_web_address", { name, address });

/** Adds a calendar on a server, and reads its busy times. */
export const addWebServer = (name: string, login: Login, calendar: ServerCalendar) =>
  invoke<WebBusy>("add_web_server", { name, login, password: null, calendar });

/** Reads a calendar on the web again. */
export const refreshWeb = (id: string) => invoke<WebBusy>("refresh_web", { id });

/** Removes a calendar on the web, with its busy times. */
export const removeWeb = (id: string) => invoke<WebBusy>("remove_web", { id });

/** The earlier plans with what has changed since, the latest first. */
export const earlierPlans = () => invoke<EarlierView[]>("earlier_plans");

/** The view that an earlier plan would have. Nothing is saved. */
export const previewEarlier = (number: number) => invoke<View>("preview_earlier", { number });

/** Restores an earlier plan, as a change that can be undone. */
export const restorePlan = (number: number) => invoke<View>("restore_plan", { number });

/** Asks for a path and writes the whole plan there. Null if the learner cancels. */
export const exportPlan = () => invoke<Exported | null>("export_plan");

/** Asks for a plan file and imports it. Null if the learner cancels. */
export const importPlan = () => invoke<ImportResult | null>("import_plan");

/** All plans, those that were removed, and the templates. */
export const plans = () => invoke<Shelf>("plans");

/** Opens another plan, now and at the next start. */
export const switchPlan = (id: string) => invoke<ShelfChange>("switch_plan", { id });

/** Why a plan can't be opened, and the ways on; null if it can be. */
export const planRefusal = (id: string) => invoke<Refusal | null>("plan_refusal", { id });

/** Opens a plan from an earlier copy of it. */
export const openPlanCopy = (id: string, name: string) =>
  invoke<ShelfChange>("open_plan_copy", { id, name });

/** Opens a plan as it was edited outside Waymark. */
export const openEditedPlan = (id: string) => invoke<ShelfChange>("open_edited_plan", { id });

/** Makes a plan and opens it. Its name is the title of its roadmap if `name` is empty. */
export const newPlan = (source: PlanSource, name: string) =>
  invoke<ShelfChange>("new_plan", { source, name });

/** Asks for a file, makes a plan from it and opens it. Null if the learner cancels. */
export const newPlanFromFile = () => invoke<ShelfChange | null>("new_plan_from_file");

/** Makes a copy of a plan, with calendars and events of its own, and opens it. */
export const duplicatePlan = (id: string) => invoke<ShelfChange>("duplicate_plan", { id });

/** Renames a plan; an empty name is the title of its roadmap. */
export const renamePlan = (id: string, name: string) =>
  invoke<ShelfChange>("rename_plan", { id, name });

/** Archives a plan, or takes it out of the archive. */
export const archivePlan = (id: string, archived: boolean) =>
  invoke<ShelfChange>("archive_plan", { id, archived });

/** Removes a plan, which can be brought back. */
export const removePlan = (id: string) => invoke<ShelfChange>("remove_plan", { id });

/** Brings a removed plan back into the list. */
export const bringBackPlan = (name: string) => invoke<ShelfChange>("bring_back_plan", { name });

/** Shows the plan's folder. */
export const showFiles = () => invoke<null>("show_files");

/** Asks for a calendar file and adds its busy times to the plan. Null if the learner cancels. */
export const importBusy = () => invoke<Imported | null>("import_busy");

/** A picture of the progress, `width` pixels wide, compared with the baseline of this name. */
export const drawPicture = (kind: PictureKind, width: number, baseline: string | null) =>
  invoke<Picture>("draw_picture", { kind, width, baseline });

/**
 * Asks for a path and writes a picture of the progress there; the chart if `kind` is null. Null if
 * the learner cancels.
 */
export const savePicture = (kind: PictureKind | null, baseline: string | null = null) =>
  invoke<Exported | null>("save_picture", { kind, baseline });

/**
 * Asks for a path and writes the plan there as one HTML page, with the private parts that `options`
 * asks for. Null if the learner cancels.
 */
export const savePage = (options: ShareOptions) =>
  invoke<Exported | null>("save_page", { options });

/**
 * Tells of files that are dropped on the window, of the system's menu, and of calendars that are
 * synced automatically, from now on.
 */
export function watchWindow(onnews: (news: WindowNews) => void) {
  const news = new Channel<WindowNews>();
  news.onmessage = (each) => onnews(translation.told(each));
  return invoke<null>("watch_window", { news });
}

export const saveSettings = (settings: Settings) => invoke<null>("keep_settings", { settings });

/** Tells the shell that the first chart is on the screen. */
export const drawn = () => invoke<null>("drawn");

/** The error of a command. A failure of the bridge itself takes the same form. */
export function problemOf(error: unknown): InputError {
  if (typeof error === "object" && error !== null && "message" in error && "code" in error) {
    const problem = error as InputError;
    return { ...problem, message: translation.inStyle(problem.message) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "no-answer",
    field: "",
    value: "",
    message: `Waymark couldn’t do that (${message}). Please try again.`,
  };
}
