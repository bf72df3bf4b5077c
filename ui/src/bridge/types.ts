// Generated from the Rust types by `UPDATE_TYPES=1 cargo test types`. Do not edit.

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/**
 * What the page is told first.
 */
export type Opened = { 
/**
 * The plan as it was left.
 */
view: View, 
/**
 * The window as it was left.
 */
settings: Settings, 
/**
 * What the learner should know, such as a file that was damaged.
 */
notices: Array<string>, 
/**
 * Every time zone's name.
 */
zones: Array<string>, };

/**
 * Everything the window draws.
 */
export type View = { 
/**
 * What the learner can change.
 */
plan: PlanView, 
/**
 * What follows from it, in words and figures.
 */
summary: Summary, 
/**
 * What its target dates leave and take; none without such a date.
 */
answers: Answers | null, 
/**
 * What follows from it, in time.
 */
chart: Chart, 
/**
 * What does not fit, and why.
 */
findings: Array<Finding>, 
/**
 * What can be undone and redone.
 */
history: History, 
/**
 * The focus timer.
 */
timer: TimerView | null, 
/**
 * What is at hand.
 */
agenda: AgendaView, 
/**
 * The schedules to measure against, the last set first.
 */
baselines: Array<BaselineView>, 
/**
 * Where the learner stands.
 */
progress: ProgressView, };

/**
 * The plan's own values.
 */
export type PlanView = { 
/**
 * The roadmap's title.
 */
title: string, 
/**
 * Hours of study a week.
 */
hoursPerWeek: number, 
/**
 * The first day.
 */
start: string, 
/**
 * IANA name of the time zone.
 */
zone: string, 
/**
 * The days studied on.
 */
days: Weekday[], 
/**
 * The weekly windows that follow from hours and days.
 */
windows: Array<WindowView>, 
/**
 * What else says when there is time.
 */
time: TimeView, 
/**
 * The date by which all of it should be finished.
 */
target: string | null, 
/**
 * The shortest session.
 */
sessionMinMinutes: number, 
/**
 * The longest session.
 */
sessionMaxMinutes: number, 
/**
 * The hours a week that the roadmap's own weeks are meant for.
 */
nominalHoursPerWeek: number, 
/**
 * The first assumption that the roadmap states.
 */
assumption: string, 
/**
 * The fewest hours a week a plan can have.
 */
minHoursPerWeek: number, 
/**
 * The most hours a week a plan can have.
 */
maxHoursPerWeek: number, };

/**
 * A weekly window, with times as on a clock.
 */
export type WindowView = { 
/**
 * Its day.
 */
day: Weekday, 
/**
 * Such as "19:00".
 */
from: string, 
/**
 * Such as "20:30".
 */
to: string, };

/**
 * Everything that says when there is time, beyond hours, days and zone.
 */
export type TimeView = { 
/**
 * The windows of the learner's own, whole; none in the quick way.
 */
ownWindows: Array<WindowView>, 
/**
 * What is otherwise on some dates.
 */
exceptions: Array<ExceptionEntry>, 
/**
 * Where the learner travels to, in order of date.
 */
journeys: Array<MoveEntry>, 
/**
 * The calendar files that busy time was read from.
 */
busy: Array<BusyView>, 
/**
 * The sessions that the learner put somewhere.
 */
pins: Array<PinView>, 
/**
 * The most minutes on one day.
 */
dayCapMinutes: number | null, 
/**
 * The most minutes in one week.
 */
weekCapMinutes: number | null, 
/**
 * Minutes of break between two sessions.
 */
breakMinutes: number, 
/**
 * Minutes kept free around busy time.
 */
bufferMinutes: number, 
/**
 * Percent of each week for repeating what was learnt.
 */
reviewPercent: number, 
/**
 * The day that weeks begin on.
 */
weekStart: Weekday, 
/**
 * How many items of a phase are worked on side by side.
 */
inParallel: number, 
/**
 * The career track's percent of each week; none: it follows the core.
 */
careerPercent: number | null, 
/**
 * Days from the present in which a re-plan moves nothing.
 */
freezeDays: number, };

/**
 * A pinned session.
 */
export type PinView = { 
/**
 * Where it is.
 */
pin: PinEntry, 
/**
 * What its item is called.
 */
title: string, };

/**
 * A calendar file that busy time was read from.
 */
export type BusyView = { 
/**
 * Its name, by which it is known.
 */
source: string, 
/**
 * How many stretches of busy time it has.
 */
times: number, };

/**
 * The answers about the target dates of a plan.
 */
export type Answers = { 
/**
 * Whether all of them are met.
 */
isMet: boolean, 
/**
 * The answer in a few words: "met, 30 h to spare".
 */
short: string, 
/**
 * Whether they are met, with how much to spare, or what does not fit and why.
 */
verdict: string, 
/**
 * How many hours a week they take.
 */
takes: string, };

/**
 * The answer in a few figures.
 */
export type Summary = { 
/**
 * The day of the last session; none if nothing could be laid.
 */
finish: string | null, 
/**
 * The day on which the phases that the roadmap gives weeks to are finished.
 */
coreFinish: string | null, 
/**
 * Weeks from the start to the finish, a begun one counted whole.
 */
weeks: number, 
/**
 * Minutes of work laid out.
 */
effortMinutes: number, 
/**
 * How many sessions that is.
 */
sessions: number, 
/**
 * All of it in one sentence.
 */
sentence: string, };

/**
 * The Gantt chart. Times are minutes of wall-clock time since `origin` 00:00, so that a day is always 1440 wide.
 */
export type Chart = { 
/**
 * The plan's first day: time 0.
 */
origin: string, 
/**
 * Days from the first to the last, both counted.
 */
days: number, 
/**
 * The present; none if it lies far outside the chart.
 */
today: number | null, 
/**
 * The end of the plan's target date.
 */
target: number | null, 
/**
 * Why sessions are when they are: items name these by number.
 */
reasons: Array<ReasonView>, 
/**
 * The first day of a week.
 */
weekStart: Weekday, 
/**
 * The rows, as a tree.
 */
phases: Array<PhaseRow>, };

/**
 * Why a session is when it is.
 */
export type ReasonView = { 
/**
 * A stable name for the kind of reason, such as `pinned`.
 */
code: string, 
/**
 * It as a part of a sentence.
 */
text: string, };

/**
 * A phase and its items.
 */
export type PhaseRow = { 
/**
 * Its id in the roadmap.
 */
id: string, 
/**
 * 1 for the first phase.
 */
number: number, 
/**
 * What it is called.
 */
title: string, 
/**
 * Core, or career.
 */
track: Track, 
/**
 * The start of its first session.
 */
start: number | null, 
/**
 * The end of its last session.
 */
end: number | null, 
/**
 * The first and the last week it takes part of, counted from the start date, from 1.
 */
weeks: [number, number] | null, 
/**
 * Minutes of work laid out.
 */
effortMinutes: number, 
/**
 * How many sessions that is.
 */
sessions: number, 
/**
 * The date of its own by which it should be finished.
 */
target: string | null, 
/**
 * The study time that is left over before a target date breaks; less than 0 if some is missing.
 */
slackMinutes: number | null, 
/**
 * The milestone at its end.
 */
outcome: OutcomeView, 
/**
 * Its items.
 */
items: Array<ItemRow>, };

/**
 * The part of the roadmap a phase belongs to.
 */
export type Track = "core" | "career";

/**
 * A milestone.
 */
export type OutcomeView = { 
/**
 * Its id in the roadmap.
 */
id: string, 
/**
 * What is reached.
 */
title: string, 
/**
 * When.
 */
at: number | null, 
/**
 * Whether the learner says that it is reached.
 */
reached: boolean, };

/**
 * An item and its sessions.
 */
export type ItemRow = { 
/**
 * Its id in the roadmap.
 */
id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * What sort of thing it is.
 */
kind: ItemKind, 
/**
 * The heading it stands under.
 */
group: string, 
/**
 * A sentence on what to do.
 */
summary: string, 
/**
 * Minutes of work; 0 for an entry that is only ticked off.
 */
effortMinutes: number, 
/**
 * Left out unless the learner adds it.
 */
optional: boolean, 
/**
 * Whether it is in the plan.
 */
included: boolean, 
/**
 * The start of its first session.
 */
start: number | null, 
/**
 * The end of its last session.
 */
end: number | null, 
/**
 * Start, length, start, length, and so on.
 */
sessions: Array<number>, 
/**
 * What became of each of them.
 */
states: Array<SessionState>, 
/**
 * Minutes that were logged.
 */
doneMinutes: number, 
/**
 * Minutes that are left.
 */
leftMinutes: number, 
/**
 * Whether the learner called it done.
 */
finished: boolean, 
/**
 * For each session, the number of its reason; none for those of the past.
 */
whys: Array<number | null>, 
/**
 * Minutes that are known already.
 */
knownMinutes: number, 
/**
 * Items of a higher priority come first.
 */
priority: number, 
/**
 * The work that can be added to it before a target date breaks; none if no date waits for it.
 */
slackMinutes: number | null, 
/**
 * No item has less slack.
 */
critical: boolean, };

/**
 * What sort of thing an item is.
 */
export type ItemKind = "topic" | "tool" | "project" | "certification" | "portfolio" | "skill" | "question" | "trend";

/**
 * Something that does not fit.
 */
export type Finding = { 
/**
 * A stable name for the kind of finding.
 */
code: string, 
/**
 * It in a sentence.
 */
message: string, };

/**
 * The names of changes that can be taken back or made again.
 */
export type History = { 
/**
 * The latest change first.
 */
undo: Array<string>, 
/**
 * The next one first.
 */
redo: Array<string>, };

/**
 * A focus timer as it is drawn: `seconds` were measured when the view was made, and go on if it runs.
 */
export type TimerView = { 
/**
 * The item's id.
 */
item: string, 
/**
 * What the item is called.
 */
title: string, 
/**
 * Seconds that it has run.
 */
seconds: number, 
/**
 * Whether it runs.
 */
running: boolean, 
/**
 * Whether it has run longer at a stretch than anyone works, so that the learner is to be asked.
 */
absurd: boolean, };

/**
 * What is at hand.
 */
export type AgendaView = { 
/**
 * Today, where the learner is.
 */
date: string, 
/**
 * What the learner's clock shows, such as "2027-02-01T18:00".
 */
now: string, 
/**
 * The sessions that begin today.
 */
today: Array<AgendaSession>, 
/**
 * Sessions from before today that were not done, or not to the end, and whose item has work left: the latest first,
 * a few of them. Those from before the plan was last laid are not here, since their work was laid anew.
 */
missed: Array<AgendaSession>, 
/**
 * How many of these there are.
 */
missedCount: number, 
/**
 * The sessions after today, the first few.
 */
next: Array<AgendaSession>, 
/**
 * Minutes of work that have no session until the next re-plan.
 */
waitingMinutes: number, };

/**
 * A session that can be ticked or started.
 */
export type AgendaSession = { 
/**
 * The item's id.
 */
item: string, 
/**
 * What the item is called.
 */
title: string, 
/**
 * The number of the item's phase, from 1.
 */
phase: number, 
/**
 * When it starts on the learner's clock, such as "2027-02-01T19:00".
 */
start: string, 
/**
 * When it ends, such as "20:30".
 */
end: string, 
/**
 * How long it is.
 */
minutes: number, 
/**
 * Minutes of it that were done.
 */
doneMinutes: number, 
/**
 * What became of it.
 */
state: SessionState, 
/**
 * When its work is taken to have begun if it is ticked now: at its start, or if that is still to come, just so long ago.
 */
begun: string, };

/**
 * Work that was really done.
 */
export type EntryView = { 
/**
 * Its id, by which it is edited or removed.
 */
id: number, 
/**
 * The item's id.
 */
item: string, 
/**
 * What the item is called.
 */
title: string, 
/**
 * When it was begun on the learner's clock, such as "2027-02-01T19:00".
 */
start: string, 
/**
 * How long it took.
 */
minutes: number, 
/**
 * What the learner wrote about it.
 */
note: string, };

/**
 * A baseline as the chart draws it. Times are minutes as in [`Chart`](super::Chart).
 */
export type BaselineView = { 
/**
 * What it is called.
 */
name: string, 
/**
 * The day on which it was set.
 */
set: string, 
/**
 * The day of its last session.
 */
finish: string | null, 
/**
 * Days that the plan ends later than it as things stand; less than 0 if earlier.
 */
daysLate: number | null, 
/**
 * For each phase of the roadmap, from its first session to the end of its last one.
 */
phases: Array<[number, number] | null>, 
/**
 * The same for each item, in the order of the rows.
 */
items: Array<[number, number] | null>, };

/**
 * Where the learner stands.
 */
export type ProgressView = { 
/**
 * Behind, on time, or ahead.
 */
side: Side, 
/**
 * In a few words, such as "3 h behind".
 */
short: string, 
/**
 * In a sentence.
 */
sentence: string, 
/**
 * What a learner wants to know of their habits.
 */
habits: Array<Figure>, 
/**
 * The figures of earned value and earned schedule.
 */
figures: Array<Figure>, 
/**
 * The latest weeks, the present one last.
 */
weeks: Array<WeekView>, };

/**
 * On which side of the baseline the learner is.
 */
export type Side = "behind" | "onTime" | "ahead";

/**
 * A figure with its name, and what it says.
 */
export type Figure = { 
/**
 * Such as "Attendance".
 */
name: string, 
/**
 * Such as "82 %"; "–" where there is nothing to tell yet.
 */
value: string, 
/**
 * What it says, in a sentence.
 */
text: string, };

/**
 * What was planned and done in a week.
 */
export type WeekView = { 
/**
 * Its first day.
 */
start: string, 
/**
 * Minutes that were planned.
 */
plannedMinutes: number, 
/**
 * Minutes that were done.
 */
doneMinutes: number, };

/**
 * A forecast as the window shows it.
 */
export type ForecastView = { 
/**
 * For all of it; none where nothing is left to do, or some of it has no place.
 */
whole: QuantilesView | null, 
/**
 * The chance to be done by the target date, in percent; none without one.
 */
chance: number | null, 
/**
 * All of it in a sentence.
 */
sentence: string, 
/**
 * Whether it rests on assumptions alone.
 */
assumed: boolean, 
/**
 * How much of the time that it reckons with is the learner's own record, in percent; the rest is assumption.
 */
own: number, 
/**
 * What it rests on, in a sentence.
 */
basis: string, 
/**
 * Phase by phase.
 */
phases: Array<PhaseForecast>, };

/**
 * Dates by which something is finished in 50, 80 and 95 of 100 rounds.
 */
export type QuantilesView = { p50: string, p80: string, p95: string, };

/**
 * When a phase will be finished.
 */
export type PhaseForecast = { 
/**
 * 1 for the first phase.
 */
number: number, 
/**
 * What it is called.
 */
title: string, 
/**
 * When.
 */
finish: QuantilesView, };

/**
 * One way out.
 */
export type RecoveryOption = { 
/**
 * A stable name: `same-hours`, `free-windows`, `more-hours`, `sprint`, `drop`, `move-target` or `mix`.
 */
id: string, 
/**
 * What it is called in a few words; also the name under which it can be undone.
 */
name: string, 
/**
 * What taking it changes; nothing where it cannot work.
 */
changes: Array<Change>, 
/**
 * What it gives; none where it cannot work, or is not needed.
 */
outcome: OptionOutcome | null, 
/**
 * What it asks and gives, or why it cannot work.
 */
sentence: string, };

/**
 * What a way out gives and costs.
 */
export type OptionOutcome = { 
/**
 * The day of the last session.
 */
finish: string, 
/**
 * Whether that is by the goal, or by the target that this way sets.
 */
inTime: boolean, 
/**
 * The day by which it is done in 80 of 100 cases; none if there is no such day.
 */
p80: string | null, 
/**
 * The chance to be done by the target date, from 0 to 1; none without one.
 */
chance: number | null, 
/**
 * Minutes of study more than now, in the week that has the most of them.
 */
extraWeekMinutes: number, 
/**
 * Minutes of study more than now, in all weeks up to the finish.
 */
extraMinutes: number, 
/**
 * Sessions that are not where they were.
 */
moved: number, 
/**
 * Sessions that come to those there are.
 */
added: number, 
/**
 * Ids of the items that are left out.
 */
dropped: Array<string>, };

/**
 * What there is to tell.
 */
export type CheckIn = { 
/**
 * Why now.
 */
occasion: Occasion, 
/**
 * What it is about: all that was to end after this.
 */
since: string, 
/**
 * Minutes that were planned since then.
 */
plannedMinutes: number, 
/**
 * Minutes that were done since then, whatever was planned.
 */
doneMinutes: number, 
/**
 * Sessions of this time of which nothing was done.
 */
missed: number, 
/**
 * Minutes of work that have no session until the next re-plan.
 */
waitingMinutes: number, 
/**
 * The end of the plan as it stands, without what waits.
 */
standingFinish: string | null, 
/**
 * The end of what is left if it is planned anew at the same hours.
 */
freshFinish: string | null, 
/**
 * The target date, or the end of the baseline.
 */
goal: string | null, 
/**
 * A few words to begin with.
 */
title: string, 
/**
 * All of it in sentences.
 */
sentences: Array<string>, 
/**
 * Whether there is something to catch up with.
 */
isLate: boolean, };

/**
 * Why there is something to tell.
 */
export type Occasion = "missed" | "newWeek" | "return";

/**
 * What became of a session.
 */
export type SessionState = "done" | "part" | "missed" | "due" | "planned" | "freed";

/**
 * Something the learner changes about a plan, as it was typed or clicked.
 *
 * Texts are read here, for the window and the terminal alike, so that both refuse the same in the same words.
 * Each change is undone by applying the plan's former value the same way.
 */
export type Change = { "kind": "hours", 
/**
 * As typed.
 */
value: string, } | { "kind": "start", 
/**
 * As typed.
 */
value: string, } | { "kind": "zone", 
/**
 * As typed.
 */
value: string, } | { "kind": "days", 
/**
 * At least one of them.
 */
days: Weekday[], } | { "kind": "sessions", 
/**
 * As typed.
 */
min: string, 
/**
 * As typed.
 */
max: string, } | { "kind": "target", 
/**
 * As typed.
 */
value: string, } | { "kind": "include", 
/**
 * The item's id.
 */
item: string, 
/**
 * In or out.
 */
included: boolean, } | { "kind": "windows", 
/**
 * In any order.
 */
windows: Array<WindowEntry>, } | { "kind": "exception", 
/**
 * What is otherwise, and when.
 */
exception: ExceptionEntry, 
/**
 * In or out.
 */
added: boolean, } | { "kind": "travel", 
/**
 * Where to, and when.
 */
journey: MoveEntry, 
/**
 * In or out.
 */
added: boolean, } | { "kind": "dayCap", 
/**
 * As typed.
 */
value: string, } | { "kind": "weekCap", 
/**
 * As typed.
 */
value: string, } | { "kind": "break", 
/**
 * As typed.
 */
value: string, } | { "kind": "buffer", 
/**
 * As typed.
 */
value: string, } | { "kind": "review", 
/**
 * As typed.
 */
value: string, } | { "kind": "weekStart", 
/**
 * Any day.
 */
day: Weekday, } | { "kind": "parallel", 
/**
 * As typed.
 */
value: string, } | { "kind": "frozen", 
/**
 * As typed.
 */
value: string, } | { "kind": "career", 
/**
 * As typed.
 */
value: string, } | { "kind": "known", 
/**
 * The item's id.
 */
item: string, 
/**
 * How much of it.
 */
known: KnownEntry | null, } | { "kind": "priority", 
/**
 * The item's id.
 */
item: string, 
/**
 * As typed.
 */
value: string, } | { "kind": "pin", 
/**
 * The item, when and how long.
 */
pin: PinEntry, 
/**
 * The start of the session of this item that is moved there, if it is one. It leaves its old time, and all others stay where they still fit.
 */
instead: string | null, } | { "kind": "unpin", 
/**
 * The item's id.
 */
item: string, 
/**
 * When it starts, such as `2027-01-09T14:00`.
 */
start: string, } | { "kind": "phaseTarget", 
/**
 * The phase's id.
 */
phase: string, 
/**
 * As typed.
 */
value: string, } | { "kind": "log", 
/**
 * The item's id.
 */
item: string, 
/**
 * When it was begun, on the learner's clock, such as `2027-01-04T19:00`.
 */
start: string, 
/**
 * How many minutes it took, as typed.
 */
minutes: string, 
/**
 * What the learner wrote about it.
 */
note: string, 
/**
 * The id of the entry that this one replaces.
 */
entry: number | null, } | { "kind": "unlog", 
/**
 * Its id.
 */
entry: number, } | { "kind": "estimate", 
/**
 * The item's id.
 */
item: string, 
/**
 * Minutes that are left, as typed.
 */
minutes: string, } | { "kind": "done", 
/**
 * The id of the item or the outcome.
 */
item: string, 
/**
 * Done or not.
 */
done: boolean, } | { "kind": "replan", 
/**
 * What stays where it is.
 */
keep: Keep, } | { "kind": "baseline", 
/**
 * What it is called; one of the same name is replaced.
 */
name: string, } | { "kind": "dropBaseline", 
/**
 * What it is called.
 */
name: string, } | { "kind": "busy", 
/**
 * The file's name, such as `work.ics`.
 */
source: string, 
/**
 * When something else is on.
 */
times: Array<BusyEntry>, } | { "kind": "dropBusy", 
/**
 * The file's name.
 */
source: string, } | { "kind": "all", 
/**
 * What they are called together.
 */
name: string, 
/**
 * None of them another `All`.
 */
changes: Array<Change>, };

export type WindowEntry = { day: Weekday, from: string, to: string, };

export type ExceptionEntry = { "kind": "time-off", first: string, last: string, } | { "kind": "other-hours", first: string, last: string, week_minutes: number, } | { "kind": "extra-window", first: string, last: string, from: string, to: string, };

export type MoveEntry = { from: string, zone: string, };

export type KnownEntry = "whole" | { "minutes": number };

export type BusyEntry = { start: string, end: string, };

export type PinEntry = { item: string, start: string, minutes: number, };

/**
 * What a re-plan leaves where it is.
 */
export type Keep = "frozen" | "fitting";

/**
 * What is done with the focus timer.
 */
export type TimerAction = { "kind": "start", 
/**
 * The item's id.
 */
item: string, } | { "kind": "toggle" } | { "kind": "stop", 
/**
 * What the learner says it was, in minutes; none for what was measured.
 */
minutes: string | null, } | { "kind": "discard" };

/**
 * An error as the page receives it: with its sentence.
 */
export type InputError = { code: ErrorCode, 
/**
 * The rejected field with the places that hold it.
 */
field: string, 
/**
 * The rejected value.
 */
value: string, 
/**
 * The sentence to show.
 */
message: string, };

/**
 * The kind of an [`InputError`], written in kebab case: stable, for the page and for programs.
 */
export type ErrorCode = "baseline-name" | "calendar-address" | "calendar-emptied" | "calendar-name" | "calendar-not-made" | "calendar-read-only" | "calendar-restless" | "calendar-too-large" | "calendar-twice" | "calendar-unclear" | "calendars" | "calendars-damaged" | "calendars-newer" | "change-in-change" | "export-option" | "free-window" | "hours-beyond-days" | "hours-beyond-windows" | "hours-out-of-range" | "in-use" | "ledger-damaged" | "ledger-newer" | "ledger-of-another-calendar" | "ledger-of-another-plan" | "log-ahead" | "log-full" | "minutes-out-of-range" | "no-answer" | "no-keyring" | "no-plan" | "no-server" | "no-study-days" | "no-such-baseline" | "no-such-calendar" | "no-such-entry" | "no-such-way" | "not-a-calendar" | "not-a-date" | "not-a-range" | "not-an-instant" | "not-done" | "not-optional" | "not-read" | "not-removed" | "not-saved" | "not-undone" | "not-written" | "note-too-long" | "other-week-beyond" | "password-needed" | "plan-damaged" | "plan-field" | "plan-newer" | "plan-not-json" | "roadmap-cycle" | "roadmap-duplicate-id" | "roadmap-field" | "roadmap-not-json" | "roadmap-too-large" | "roadmap-unknown-prerequisite" | "same-name" | "server-address" | "server-answer" | "server-busy" | "server-calendar-gone" | "server-conflict" | "server-elsewhere" | "server-forbids" | "server-full" | "server-no-calendars" | "server-no-events" | "server-out-of-time" | "server-password" | "server-too-large" | "server-unaccepted" | "server-unreachable" | "server-untrusted" | "server-user" | "session-out-of-range" | "start-out-of-range" | "stopped" | "taskjuggler-years" | "too-many-baselines" | "under-way" | "unknown-day" | "unknown-source" | "unknown-zone" | "way-out-of-no-use" | "window";

/**
 * How the learner likes the window.
 */
export type Settings = { 
/**
 * Light, dark, or as the system has it.
 */
theme: Theme, 
/**
 * The ids of the phases that are folded.
 */
folded: Array<string>, 
/**
 * Pixels per day of the chart; 0 fits the whole plan into the window.
 */
zoom: number, 
/**
 * Which side panel is open; none while it is closed.
 */
panel: Panel | null, 
/**
 * The name of the baseline that the chart shows; none for the one that was set last.
 */
baseline: string | null, 
/**
 * The id of the calendar that the export panel shows; none for the first.
 */
calendar: string | null, };

/**
 * The window's colours.
 */
export type Theme = "system" | "light" | "dark";

/**
 * What stands beside the chart.
 */
export type Panel = "today" | "progress" | "catchUp" | "log";

/**
 * A file that was written for the learner.
 */
export type Exported = { 
/**
 * Its path.
 */
path: string, 
/**
 * The number of sessions or events in it.
 */
count: number, 
/**
 * A sentence that says so.
 */
message: string, };

/**
 * Busy time that was read from a calendar file.
 */
export type Imported = { 
/**
 * The plan with it.
 */
view: View, 
/**
 * The file's name.
 */
source: string, 
/**
 * What was taken, passed over and not understood, line by line.
 */
report: Array<string>, };

/**
 * What an export holds, and how its events look. The default is what one click gives: every session, in UTC, with notes
 * and a reminder ten minutes before.
 */
export type ExportOptions = { 
/**
 * An event for each session.
 */
sessions: boolean, 
/**
 * An all-day event for each week of the plan, with what is to be done in it.
 */
weeks: boolean, 
/**
 * An all-day event from the first to the last day of each phase.
 */
phases: boolean, 
/**
 * An all-day event on the day on which a phase reaches its outcome.
 */
milestones: boolean, 
/**
 * The first date, such as 2027-01-04: what starts before it is left out, and left as it is in the calendar.
 */
from: string | null, 
/**
 * The last date, in the same way.
 */
to: string | null, 
/**
 * One file for each phase: as calendars of their own, phases can have a colour of their own everywhere.
 */
filePerPhase: boolean, 
/**
 * Minutes before a session at which the calendar is to remind of it; none for no reminder.
 */
reminders: Array<number>, 
/**
 * What a session's event is called: a text with `{item}`, `{phase}`, `{plan}`, `{session}` (its number), `{sessions}` (of how many) and `{length}`.
 */
title: string, 
/**
 * Whether events say what they are about.
 */
notes: boolean, 
/**
 * An address for each session, with `{item}` and `{phase}` for their ids: where the learner keeps notes on it, say.
 */
link: string | null, 
/**
 * How times are written.
 */
times: ExportTimes, };

/**
 * How times are written.
 */
export type ExportTimes = "utc" | "zoned";

/**
 * What a file is to say.
 */
export type ExportKind = "full" | "changes" | "removals" | "fresh";

/**
 * How many events an export is about, by what happens to them.
 */
export type ExportCounts = { 
/**
 * The calendar has not had them.
 */
new: number, 
/**
 * They are at another time.
 */
moved: number, 
/**
 * They are at the same time and say something else.
 */
reworded: number, 
/**
 * They are cancelled.
 */
removed: number, 
/**
 * They are as the calendar has them.
 */
unchanged: number, 
/**
 * They are no part of the plan any more, but lie in the past: the calendar keeps them.
 */
past: number, };

/**
 * What a calendar would be told.
 */
export type ExportPreview = { 
/**
 * How many events are new, moved, removed.
 */
counts: ExportCounts, 
/**
 * The same in words.
 */
message: string, 
/**
 * How many events each file would have; none where it is not told by files.
 */
files: Array<number>, };

/**
 * The kind of subject that an event is about.
 */
export type EventKind = "session" | "week" | "phase" | "outcome";

/**
 * What is to become of a deleted session.
 */
export type DeletedAnswer = "restore" | "leave";

/**
 * A calendar that gets the plan.
 */
export type Calendar = { 
/**
 * What it is known by; also the beginning of the name of its ledger.
 */
id: string, 
/**
 * What the learner calls it.
 */
name: string, 
/**
 * How it gets the plan.
 */
way: Way, 
/**
 * What it holds.
 */
options: ExportOptions, };

/**
 * How a calendar gets the plan.
 */
export type Way = { "kind": "files" } | { "kind": "live", 
/**
 * Where it is.
 */
path: string, } | { "kind": "server", 
/**
 * The server's address, as the learner gave it.
 */
address: string, 
/**
 * The learner's name there.
 */
user: string, 
/**
 * The calendar's address there.
 */
calendar: string, };

/**
 * A server, and who the learner is there.
 */
export type Login = { 
/**
 * The server's address.
 */
address: string, 
/**
 * The learner's name there.
 */
user: string, };

/**
 * A calendar that a server has.
 */
export type ServerCalendar = { 
/**
 * Its address.
 */
address: string, 
/**
 * What it is called there, or the last part of its address.
 */
name: string, };

/**
 * A session that the learner deleted in their calendar, and has to decide about.
 */
export type Question = { 
/**
 * What sort of thing it is about.
 */
about: EventKind, 
/**
 * The id of that.
 */
id: string, 
/**
 * When it would be, in seconds since 1970.
 */
start: number, 
/**
 * What was deleted, and when it would be.
 */
message: string, };

/**
 * A calendar, and what there is to say about it.
 */
export type CalendarView = { 
/**
 * The calendar.
 */
calendar: Calendar, 
/**
 * Why it could not be brought up to date after the latest change.
 */
problem: string | null, 
/**
 * The sessions that the learner deleted in it and has not decided about.
 */
questions: Array<Question>, };

/**
 * A calendar that was added.
 */
export type Added = { 
/**
 * Its id.
 */
id: string, 
/**
 * Every calendar there is then.
 */
calendars: Array<CalendarView>, 
/**
 * What the learner should know besides.
 */
notice: string | null, };

/**
 * The calendar of a server that is to get the plan.
 */
export type ServerChoice = { "kind": "existing", 
/**
 * Which one.
 */
calendar: ServerCalendar, } | { "kind": "new", 
/**
 * What it is to be called.
 */
name: string, };

/**
 * How far a sync is.
 */
export type SyncStep = { 
/**
 * So many events were sent.
 */
done: number, 
/**
 * Of so many.
 */
of: number, };

/**
 * What came of a sync.
 */
export type Synced = { 
/**
 * What was met and sent, a sentence a line.
 */
lines: Array<string>, 
/**
 * The sessions that the learner deleted there and has not decided about.
 */
questions: Array<Question>, 
/**
 * Why it did not go through; what was done until then is done.
 */
problem: InputError | null, 
/**
 * The plan with what was moved there.
 */
view: View, };
