// Generated from the Rust types by `UPDATE_TYPES=1 cargo test types`. Do not edit.

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/**
 * The first data of the page.
 */
export type Opened = { 
/**
 * The plan.
 */
view: View, 
/**
 * The saved settings of the window.
 */
settings: Settings, 
/**
 * The locale for dates, such as "en-US"; `None` to ask the page's engine.
 */
locale: string | null, 
/**
 * Messages for the learner, for example about a damaged file.
 */
notices: Array<Notice>, 
/**
 * The names of all time zones.
 */
zones: Array<string>, };

/**
 * Everything the window draws.
 */
export type View = { 
/**
 * The values that the learner can change.
 */
plan: PlanView, 
/**
 * Its status, with the reason and what to do about it.
 */
status: StatusReport, 
/**
 * The answer in words and figures.
 */
summary: Summary, 
/**
 * The answers about its target dates; `None` without any.
 */
answers: Answers | null, 
/**
 * The result as a chart.
 */
chart: Chart, 
/**
 * The work that doesn't fit, and why.
 */
findings: Array<Finding>, 
/**
 * The sessions that the learner moved outside the study time, in sentences. They are no
 * findings, but worth knowing while one is dragged.
 */
outside: Array<string>, 
/**
 * The changes that can be undone and redone.
 */
history: History, 
/**
 * The focus timer.
 */
timer: TimerView | null, 
/**
 * Today's sessions and those around them.
 */
agenda: AgendaView, 
/**
 * The schedules to measure against, the last set first.
 */
baselines: Array<BaselineView>, 
/**
 * The learner's progress.
 */
progress: ProgressView, };

/**
 * The plan's own values.
 */
export type PlanView = { 
/**
 * The plan's own name, or its roadmap's title.
 */
title: string, 
/**
 * The plan's own name; `None` if it has the title of its roadmap.
 */
ownName: string | null, 
/**
 * The roadmap's title.
 */
roadmap: string, 
/**
 * Hours of study a week.
 */
hoursPerWeek: number, 
/**
 * How much of the hours a week busy times usually take, and on which days. `None` if they take
 * nothing.
 */
busyShare: string | null, 
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
 * Everything else that sets the study time.
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
 * Whether the minutes of ticked steps lower the work that is left.
 */
stepsCount: boolean, 
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
 * Everything that sets the study time beyond hours, days and zone.
 */
export type TimeView = { 
/**
 * The learner's own windows; empty if hours are spread over days.
 */
ownWindows: Array<WindowView>, 
/**
 * Exceptions on some dates.
 */
exceptions: Array<ExceptionEntry>, 
/**
 * Trips to other time zones, in order of date.
 */
journeys: Array<MoveEntry>, 
/**
 * The calendar files that busy time was read from.
 */
busy: Array<BusyView>, 
/**
 * Whether the sessions of the learner's other plans are busy time.
 */
countsOtherPlans: boolean, 
/**
 * The other plans whose sessions are busy time.
 */
otherPlans: Array<OtherPlanView>, 
/**
 * The sessions that the learner pinned.
 */
pins: Array<PinView>, 
/**
 * The sessions that the learner moved by hand.
 */
moved: Array<PinView>, 
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
 * Percent of each week that is kept free for missed work.
 */
reservePercent: number, 
/**
 * The day that weeks begin on.
 */
weekStart: Weekday, 
/**
 * How many items of a phase are worked on side by side.
 */
inParallel: number, 
/**
 * The career track's percent of each week; `None` if it follows the core.
 */
careerPercent: number | null, 
/**
 * Days from now in which a re-plan moves nothing.
 */
freezeDays: number, };

/**
 * A pinned session.
 */
export type PinView = { 
/**
 * The pin itself.
 */
pin: PinEntry, 
/**
 * The title of its item.
 */
title: string, };

/**
 * Another plan whose sessions are busy time.
 */
export type OtherPlanView = { 
/**
 * Its title.
 */
title: string, 
/**
 * The number of its busy times: sessions without a break between them are one.
 */
times: number, };

/**
 * A calendar that busy time was read from.
 */
export type BusyView = { 
/**
 * Its name in the plan, as a rule that of its file.
 */
source: string, 
/**
 * The calendar's own name. `None` if the file gives none.
 */
name: string | null, 
/**
 * The number of busy times.
 */
times: number, 
/**
 * The result of reading it, a sentence a line. Empty if an earlier Waymark read it.
 */
report: Array<string>, };

/**
 * The answers about the target dates of a plan.
 */
export type Answers = { 
/**
 * Whether all of them are met.
 */
isMet: boolean, 
/**
 * The answer in a few words: "met as planned, 30 h to spare".
 */
short: string, 
/**
 * Whether they are met and with how much time to spare, or what doesn't fit and why.
 */
verdict: string, 
/**
 * The hours a week they take.
 */
takes: string, };

/**
 * The result in a few figures.
 */
export type Summary = { 
/**
 * The finish date as of now, at the same hours. `None` if some work doesn't fit, or if there
 * is no work.
 */
finish: string | null, 
/**
 * The finish date of the plan as it is, which the chart shows: without the work that waits.
 * `None` if some work couldn't be scheduled.
 */
plannedFinish: string | null, 
/**
 * The date on which the phases with weeks in the roadmap are finished.
 */
coreFinish: string | null, 
/**
 * Weeks from the start to that date, a partial one counted whole; 0 without one.
 */
coreWeeks: number, 
/**
 * Minutes of work in those phases: done and to come.
 */
coreMinutes: number, 
/**
 * Weeks from the start to the finish, a partial one counted whole.
 */
weeks: number, 
/**
 * Minutes of work in all: done and to come.
 */
effortMinutes: number, 
/**
 * Number of sessions, missed ones not counted.
 */
sessions: number, 
/**
 * The answer in a sentence.
 */
sentence: string, };

/**
 * A status in words, with its lever.
 */
export type StatusReport = { 
/**
 * The status.
 */
status: Status, 
/**
 * The status in a few words: "Late by 21 days".
 */
title: string, 
/**
 * Why, in a sentence.
 */
reason: string, 
/**
 * The action that it offers.
 */
lever: Lever, 
/**
 * Label of the lever: "See your options". Empty if there is none.
 */
leverLabel: string, 
/**
 * The change that the lever makes. `None` if it only opens a panel.
 */
change: Change | null, 
/**
 * The work that waits, in a sentence. `None` if no work waits, or if the status is about it.
 */
note: string | null, };

/**
 * Status of a plan, in the order in which the statuses are tried.
 */
export type Status = "finished" | "notBegun" | { "paused": { 
/**
 * The day of the last logged work, or of the first session if there is none.
 */
since: string, } } | { "doesNotFit": { 
/**
 * Minutes of it.
 */
minutes: number, } } | { "late": { 
/**
 * Days from the target date to the finish date.
 */
days: number, } } | { "tight": { 
/**
 * Minutes to spare.
 */
minutes: number, } } | { "behind": { 
/**
 * Minutes of it beyond the reserve.
 */
minutes: number, } } | "onTrack";

/**
 * The one action that a status offers the learner.
 */
export type Lever = "none" | "begin" | "startAgain" | "makeRoom" | "seeOptions" | "planIn";

/**
 * The Gantt chart. Times are minutes of wall-clock time since `origin` 00:00, so a day is always
 * 1440 wide.
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
 * The present; `None` if it is far outside the chart.
 */
today: number | null, 
/**
 * The end of the plan's target date.
 */
target: number | null, 
/**
 * The reasons for the sessions' times; items refer to them by index.
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
 * The reason for a session's time.
 */
export type ReasonView = { 
/**
 * A stable name for the kind of reason, such as `pinned`.
 */
code: string, 
/**
 * The reason, phrased to follow "because".
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
 * The phase's title.
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
 * The first and the last week it takes part in, counted from the start date, from 1.
 */
weeks: [number, number] | null, 
/**
 * Minutes of work, logged and left, without work that could not be scheduled.
 */
effortMinutes: number, 
/**
 * Minutes of work that were logged.
 */
doneMinutes: number, 
/**
 * Minutes of work that are left.
 */
leftMinutes: number, 
/**
 * The number of sessions that the work is in.
 */
sessions: number, 
/**
 * Its own target date.
 */
target: string | null, 
/**
 * The study time to spare before a target date is missed; negative if some is missing.
 */
slackMinutes: number | null, 
/**
 * About when it would have to end at the latest, at the usual hours a week, before a target
 * date is missed. `None` if there is nothing to spare.
 */
cushionEnd: number | null, 
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
 * The outcome's title.
 */
title: string, 
/**
 * The time it is reached.
 */
at: number | null, 
/**
 * Whether the learner marked it as reached.
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
 * The item's title.
 */
title: string, 
/**
 * Its kind.
 */
kind: ItemKind, 
/**
 * Its heading within the phase.
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
 * The status of each session.
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
 * Minutes of them that wait without a session.
 */
waitingMinutes: number, 
/**
 * Minutes of them that don't fit.
 */
unplacedMinutes: number, 
/**
 * Whether the learner marked it as done.
 */
finished: boolean, 
/**
 * For each session, the index of its reason; `None` for past sessions.
 */
whys: Array<number | null>, 
/**
 * Minutes of prior knowledge.
 */
knownMinutes: number, 
/**
 * Items of a higher priority come first.
 */
priority: number, 
/**
 * The date before which it doesn't begin.
 */
notBefore: string | null, 
/**
 * The work that can be added to it before a target date is missed; `None` if no target depends
 * on it.
 */
slackMinutes: number | null, 
/**
 * No item has less slack.
 */
critical: boolean, };

/**
 * The kind of an item.
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
 * The finding in a sentence.
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
 * A focus timer as it is drawn: `seconds` were measured when the view was made, and go on if it
 * runs.
 */
export type TimerView = { 
/**
 * The item's id.
 */
item: string, 
/**
 * The item's title.
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
 * Whether it has run longer at a stretch than anyone works, so that the learner is to be
 * asked.
 */
absurd: boolean, };

/**
 * The sessions to show now.
 */
export type AgendaView = { 
/**
 * Today's date where the learner is.
 */
date: string, 
/**
 * The time on the learner's clock, such as "2027-02-01T18:00".
 */
now: string, 
/**
 * The sessions that begin today.
 */
today: Array<AgendaSession>, 
/**
 * The latest sessions from before today that were not completed, and whose item has work left,
 * latest first. Sessions from before the last re-plan are not included, since their work was
 * rescheduled.
 */
missed: Array<AgendaSession>, 
/**
 * The number of all such sessions.
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
 * The item's title.
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
 * Its length in minutes.
 */
minutes: number, 
/**
 * Minutes of it that were done.
 */
doneMinutes: number, 
/**
 * Its status.
 */
state: SessionState, 
/**
 * The start of the log entry if the session is ticked now: its own start, or if that is still
 * to come, as long ago as it takes.
 */
begun: string, };

/**
 * Work that was really done.
 */
export type EntryView = { 
/**
 * The id, for editing or removing the entry.
 */
id: number, 
/**
 * The item's id.
 */
item: string, 
/**
 * The item's title.
 */
title: string, 
/**
 * The start on the learner's clock, such as "2027-02-01T19:00".
 */
start: string, 
/**
 * Its length in minutes.
 */
minutes: number, 
/**
 * The learner's note.
 */
note: string, };

/**
 * A time that is taken, on the learner's clock.
 */
export type BusySpan = { 
/**
 * The calendar file that it was read from, or the title of another plan; `None` for time that
 * the learner keeps free.
 */
source: string | null, 
/**
 * Whether it is a session of another plan.
 */
isPlan: boolean, 
/**
 * Such as "2027-02-01T19:00".
 */
start: string, 
/**
 * Such as "2027-02-01T20:30".
 */
end: string, };

/**
 * The parts of a roadmap beside its phases and items.
 */
export type RoadmapFacts = { 
/**
 * Its summary.
 */
summary: string, 
/**
 * The prerequisites of each item that has some, by the item's id.
 */
needs: { [key in string]: Array<NeedView> }, 
/**
 * The texts of each item that has some, by the item's id.
 */
texts: { [key in string]: ItemTexts }, 
/**
 * The facts of each phase, in order.
 */
phases: Array<PhaseFacts>, 
/**
 * Texts to read: trends, strategy, outcomes.
 */
reference: Array<ReferenceGroup>, };

/**
 * An item or a phase that comes before another item.
 */
export type NeedView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its title.
 */
title: string, };

/**
 * The parts of a phase that no schedule has.
 */
export type PhaseFacts = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its weeks in the roadmap, if it has some.
 */
weeks: number | null, 
/**
 * Its summary, or empty.
 */
summary: string, 
/**
 * Its line in the source, as a sentence, or empty.
 */
source: string, };

/**
 * The texts of an item.
 */
export type ItemTexts = { 
/**
 * The sentence that says when it is done, or empty.
 */
doneWhen: string, 
/**
 * Links to learn from.
 */
links: Array<LinkView>, 
/**
 * Notes, with the links and emphasis of Markdown.
 */
notes: string, 
/**
 * Its checklist.
 */
steps: Array<StepView>, 
/**
 * Its line in the source, as a sentence, or empty.
 */
source: string, };

/**
 * A link of an item.
 */
export type LinkView = { 
/**
 * Its title, or empty.
 */
title: string, 
/**
 * Its address.
 */
address: string, };

/**
 * A step of a checklist.
 */
export type StepView = { 
/**
 * Its title, by which it is ticked.
 */
title: string, 
/**
 * Its minutes, if it has some.
 */
minutes: number | null, 
/**
 * Whether it is ticked.
 */
ticked: boolean, };

/**
 * Texts under one heading.
 */
export type ReferenceGroup = { 
/**
 * The heading.
 */
title: string, 
/**
 * The texts.
 */
entries: Array<ReferenceText>, };

/**
 * A text to read.
 */
export type ReferenceText = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * A sentence about it.
 */
summary: string, 
/**
 * Its line in the source, as a sentence, or empty.
 */
source: string, };

/**
 * The meaning of a line.
 */
export type Meaning = "title" | "phase" | "group" | "item" | "optional" | "outcome" | "link" | "note" | "reference" | "left-out" | "layout";

/**
 * A meaning that the learner gives to a line.
 */
export type LineMeaning = { 
/**
 * The index of the line, from 0.
 */
line: number, 
/**
 * Its meaning.
 */
meaning: Meaning, };

/**
 * An answer to a question, which gives lines other meanings.
 */
export type OutlineAnswer = { 
/**
 * The answer in a word or two, such as "12 phases".
 */
label: string, 
/**
 * The lines and their meanings.
 */
lines: Array<LineMeaning>, };

/**
 * An outline as it was understood.
 */
export type OutlineView = { 
/**
 * The roadmap's title.
 */
title: string, 
/**
 * Such as "11 phases, 67 items, 44 weeks; 14 lines left out, 3 questions".
 */
summary: string, 
/**
 * Each line of the text, in order.
 */
lines: Array<OutlineLine>, 
/**
 * The phases of the roadmap.
 */
phases: Array<OutlinePhaseView>, 
/**
 * Titles of the reference: trends, strategy, outcomes.
 */
reference: Array<string>, 
/**
 * The questions that only the learner can answer.
 */
questions: Array<QuestionView>, 
/**
 * Sentences about parts that couldn't be used, each with its line.
 */
findings: Array<string>, 
/**
 * The number of ticked items.
 */
ticked: number, 
/**
 * Why it can't be used as a roadmap yet; `None` if it can.
 */
obstacle: string | null, };

/**
 * A line of the text.
 */
export type OutlineLine = { 
/**
 * Its number in the input, from 1.
 */
number: number, 
/**
 * The line.
 */
text: string, 
/**
 * Its meaning.
 */
meaning: Meaning, };

/**
 * A phase of the roadmap so far.
 */
export type OutlinePhaseView = { 
/**
 * Its title.
 */
title: string, 
/**
 * Its weeks, if the text states them.
 */
weeks: number | null, 
/**
 * Its outcome, if the text states one.
 */
outcome: string, 
/**
 * Its items.
 */
items: Array<OutlineItemView>, };

/**
 * An item of the roadmap so far.
 */
export type OutlineItemView = { 
/**
 * Its title.
 */
title: string, 
/**
 * Minutes of work: stated, shared out of weeks, or guessed.
 */
minutes: number, 
/**
 * Left out of the plan unless the learner adds it.
 */
optional: boolean, 
/**
 * Ticked in the text.
 */
ticked: boolean, };

/**
 * A question with the answer that holds until the learner decides.
 */
export type QuestionView = { 
/**
 * The kind of question.
 */
id: string, 
/**
 * The line it is about, if it is about one.
 */
line: number | null, 
/**
 * The question.
 */
question: string, 
/**
 * The answer assumed until then.
 */
guess: string, 
/**
 * Answers to choose instead.
 */
answers: Array<OutlineAnswer>, };

/**
 * The differences that a text makes to the roadmap.
 */
export type MergeView = { 
/**
 * Such as "2 renamed, 1 moved, 1 removed", or how many lines can't be used.
 */
summary: string, 
/**
 * Each difference, in the order of the text; removed parts come last.
 */
lines: Array<MergedLine>, 
/**
 * Sentences about lines that can't be used. With any of them nothing is merged.
 */
problems: Array<string>, };

/**
 * A difference.
 */
export type MergedLine = { 
/**
 * The way in which the part differs.
 */
kind: MergeKind, 
/**
 * Its line of the text; `None` if the text lacks it.
 */
line: number | null, 
/**
 * Such as "Python → Python 3".
 */
words: string, };

/**
 * The way in which a part differs.
 */
export type MergeKind = "renamed" | "moved" | "added" | "changed" | "removed";

/**
 * A form in which a roadmap is shared.
 */
export type RoadmapFormat = "text" | "json";

/**
 * A baseline as the chart draws it. Times are minutes as in [`Chart`](super::Chart).
 */
export type BaselineView = { 
/**
 * Its name, as shown.
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
 * Days by which the current plan ends later than this baseline; negative if earlier.
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
 * The learner's progress.
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
 * Figures about the learner's habits.
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
 * A figure with its name and meaning.
 */
export type Figure = { 
/**
 * Such as "Attendance".
 */
name: string, 
/**
 * Such as "82%"; "–" if there is no figure yet.
 */
value: string, 
/**
 * Its meaning, in a sentence.
 */
text: string, };

/**
 * Planned and finished work of a week.
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
 * The message for everywhere but the forecast's own page. Until the learner's own record
 * weighs half it has finish dates of real schedules, then P80 as exactly as it is known.
 */
headline: string, 
/**
 * Whether the learner's own record weighs half. Until then neither P80 nor the chance is shown
 * anywhere but on the forecast's own page.
 */
isOwn: boolean, 
/**
 * Weeks until the learner's own record weighs half.
 */
weeksToOwn: number, 
/**
 * Finish dates of real schedules; empty once the record weighs half.
 */
ladder: Array<Rung>, 
/**
 * The hours a week for the target date; `None` without one, and until the record weighs half.
 */
targetHours: TargetHours | null, 
/**
 * For the whole plan. `None` if nothing is left to do, or some of it could not be scheduled.
 */
whole: QuantilesView | null, 
/**
 * The target date at the learner's own pace; `None` without one, while the plan is paused, and
 * until the record weighs half.
 */
target: TargetAtPace | null, 
/**
 * The forecast in a sentence.
 */
sentence: string, 
/**
 * Whether it is based on assumptions alone.
 */
assumed: boolean, 
/**
 * The weight of the learner's own record, in percent; the rest is assumption.
 */
own: number, 
/**
 * Its basis, in a sentence.
 */
basis: string, 
/**
 * Phase by phase.
 */
phases: Array<PhaseForecast>, };

/**
 * How likely the learner meets the target date at their own pace. It stands beside the plan's
 * answer to that date, which assumes that every session is attended and takes as long as planned.
 */
export type TargetAtPace = { 
/**
 * Whether at least half of the rounds meet it.
 */
isLikely: boolean, 
/**
 * In a few words: "1% at your pace".
 */
short: string, };

/**
 * The hours a week that a target date takes.
 */
export type TargetHours = { 
/**
 * Minutes a week without ever missing a session; `None` if no hours are enough.
 */
neverMissMinutes: number | null, 
/**
 * Minutes a week to meet the date in 80% of the rounds; `None` if no hours are enough.
 */
sureMinutes: number | null, 
/**
 * "5 h 30 min a week if you never miss; 14 h to be 80% sure".
 */
sentence: string, };

/**
 * A finish date for a share of the study days that are kept.
 */
export type Rung = { 
/**
 * Such as "all 6 evenings", "5 of 6".
 */
kept: string, 
/**
 * The time that it leaves out, such as "one study day a week"; empty for the first.
 */
missed: string, 
/**
 * The day of the last session of that schedule; `None` if some work can't be scheduled then.
 */
finish: string | null, };

/**
 * Dates by which 50, 80 and 95% of the rounds are finished; `None` for a date after 2099, the end
 * of the calendar.
 */
export type QuantilesView = { p50: string | null, p80: string | null, p95: string | null, };

/**
 * When a phase will be finished.
 */
export type PhaseForecast = { 
/**
 * 1 for the first phase.
 */
number: number, 
/**
 * The phase's title.
 */
title: string, 
/**
 * The dates.
 */
finish: QuantilesView, };

/**
 * A picture, with the same in words and figures. Lengths are pixels.
 */
export type Picture = { 
/**
 * Such as "Hours a week".
 */
title: string, 
/**
 * Its message.
 */
sentence: string, width: number, height: number, 
/**
 * The marks to draw, the hindmost first.
 */
marks: Array<PictureMark>, 
/**
 * The parts that can be looked at one by one, in the order of time.
 */
cells: Array<PictureCell>, 
/**
 * Number of cells in a column.
 */
stride: number, 
/**
 * Index of the cell of the present.
 */
present: number, 
/**
 * The same in figures.
 */
table: PictureTable, };

/**
 * A picture of the learner's progress.
 */
export type PictureKind = "burnUp" | "studyDays" | "hours";

/**
 * A part of a picture that is drawn.
 */
export type PictureMark = { 
/**
 * Its meaning, which sets its look.
 */
role: MarkRole, shape: MarkShape, };

/**
 * The meaning of a mark.
 */
export type MarkRole = "ink" | "faint" | "rule" | "baseline" | "done" | "fanNear" | "fanFar" | "sure" | "plan" | "rung" | "now" | "target" | "planned" | "filled" | "level0" | "level1" | "level2" | "level3" | "level4";

/**
 * The shape of a mark.
 */
export type MarkShape = { "kind": "box", x: number, y: number, width: number, height: number, 
/**
 * The radius of its corners.
 */
round: number, } | { "kind": "path", d: string, } | { "kind": "text", x: number, y: number, text: string, anchor: Anchor, };

/**
 * The end of a text that is at its position.
 */
export type Anchor = "start" | "middle" | "end";

/**
 * A day or a week of a picture, with its figures in words.
 */
export type PictureCell = { x: number, y: number, width: number, height: number, 
/**
 * Such as "Tue 3 Nov 2026: 1 h 30 min".
 */
label: string, };

/**
 * The figures of a picture.
 */
export type PictureTable = { columns: Array<string>, rows: Array<Array<string>>, };

/**
 * One recovery option.
 */
export type RecoveryOption = { 
/**
 * A stable name: `same-hours`, `start-again`, `free-windows`, `more-hours`, `sprint`, `drop`,
 * `move-target` or `mix`.
 */
id: string, 
/**
 * Its name in a few words, under which it can also be undone.
 */
name: string, 
/**
 * The changes it makes; empty if it can't work.
 */
changes: Array<Change>, 
/**
 * The single change that takes it, undone as a whole: its changes, and a baseline of its name.
 * `None` if it can't work.
 */
change: Change | null, 
/**
 * Its result; `None` if it can't work or isn't needed.
 */
outcome: OptionOutcome | null, 
/**
 * Its cost and result, or why it can't work, in a sentence.
 */
sentence: string, 
/**
 * Why it is the recommended one; `None` for the others.
 */
recommended: string | null, };

/**
 * The result and the cost of a recovery option.
 */
export type OptionOutcome = { 
/**
 * The day of the last session.
 */
finish: string, 
/**
 * The day on which the phases with weeks in the roadmap are finished; `None` if they have no
 * session.
 */
coreFinish: string | null, 
/**
 * Whether that is by the goal, or by the target that this option sets.
 */
inTime: boolean, 
/**
 * The date by which 80% of all cases finish; `None` if there is none, and while the learner's
 * own record weighs less than half.
 */
p80: string | null, 
/**
 * The same, as exactly as it is known: "mid-March 2028".
 */
p80InWords: string | null, 
/**
 * The chance of meeting the target date, from 0 to 1; `None` without one, and while the
 * learner's own record weighs less than half.
 */
chance: number | null, 
/**
 * The same in words: "1%".
 */
chanceInWords: string | null, 
/**
 * Additional minutes of study in the week that has the most of them.
 */
extraWeekMinutes: number, 
/**
 * Additional minutes of study in all weeks up to the finish.
 */
extraMinutes: number, 
/**
 * Sessions with another time or length than now.
 */
moved: number, 
/**
 * Sessions of the next 14 days that don't stay as they are.
 */
movedSoon: number, 
/**
 * Additional sessions.
 */
added: number, 
/**
 * Ids of the items that it leaves out.
 */
dropped: Array<string>, };

/**
 * A check-in.
 */
export type CheckIn = { 
/**
 * The reason for it.
 */
occasion: Occasion, 
/**
 * The time after which sessions ended that it reports.
 */
since: string, 
/**
 * Minutes that were planned since then.
 */
plannedMinutes: number, 
/**
 * Minutes that were done since then, planned or not.
 */
doneMinutes: number, 
/**
 * Sessions of that time without any work done.
 */
missed: number, 
/**
 * Minutes of work that have no session until the next re-plan.
 */
waitingMinutes: number, 
/**
 * The end of the current schedule, without waiting work.
 */
standingFinish: string | null, 
/**
 * The end after a re-plan at the same hours.
 */
freshFinish: string | null, 
/**
 * The target date, or the end of the baseline.
 */
goal: string | null, 
/**
 * A title of a few words.
 */
title: string, 
/**
 * The check-in in sentences.
 */
sentences: Array<string>, 
/**
 * Whether there is something to catch up with.
 */
isLate: boolean, };

/**
 * The reason for a check-in.
 */
export type Occasion = "missed" | "newWeek" | "return";

/**
 * Status of a session.
 */
export type SessionState = "done" | "part" | "missed" | "due" | "planned" | "freed";

/**
 * Something the learner changes about a plan, as it was typed or clicked.
 *
 * Texts are read here, for the window and the terminal alike, so that both reject the same
 * input in the same words.
 */
export type Change = { "kind": "hours" } & SetHours | { "kind": "start" } & SetStart | { "kind": "zone" } & SetZone | { "kind": "days" } & SetDays | { "kind": "sessions" } & SetSessionLength | { "kind": "target" } & SetTarget | { "kind": "include" } & IncludeItem | { "kind": "windows" } & SetWindows | { "kind": "exception" } & SetException | { "kind": "travel" } & SetJourney | { "kind": "dayCap" } & SetDayCap | { "kind": "weekCap" } & SetWeekCap | { "kind": "break" } & SetBreak | { "kind": "buffer" } & SetBuffer | { "kind": "review" } & SetReview | { "kind": "reserve" } & SetReserve | { "kind": "weekStart" } & SetWeekStart | { "kind": "parallel" } & SetParallel | { "kind": "frozen" } & SetFrozenDays | { "kind": "career" } & SetCareer | { "kind": "known" } & SetKnown | { "kind": "priority" } & SetPriority | { "kind": "notBefore" } & SetNotBefore | { "kind": "pin" } & PinSession | { "kind": "place" } & PlaceSession | { "kind": "unpin" } & UnpinSession | { "kind": "release" } & ReleaseSessions | { "kind": "notThisWeek" } & NotThisWeek | { "kind": "swap" } & SwapTopic | { "kind": "setAside" } & SetAside | { "kind": "phaseTarget" } & SetPhaseTarget | { "kind": "log" } & LogWork | { "kind": "unlog" } & RemoveLogEntry | { "kind": "estimate" } & SetEstimate | { "kind": "done" } & SetDone | { "kind": "useOutline" } & UseOutline | { "kind": "mergeText" } & MergeText | { "kind": "addItem" } & AddItem | { "kind": "renameItem" } & RenameItem | { "kind": "effort" } & SetEffort | { "kind": "itemKind" } & SetKind | { "kind": "optional" } & SetOptional | { "kind": "moveItem" } & MoveItem | { "kind": "removeItem" } & RemoveItem | { "kind": "split" } & SplitItem | { "kind": "merge" } & MergeItems | { "kind": "prerequisite" } & SetPrerequisite | { "kind": "addPhase" } & AddPhase | { "kind": "renamePhase" } & RenamePhase | { "kind": "outcome" } & SetOutcome | { "kind": "phaseWeeks" } & SetPhaseWeeks | { "kind": "movePhase" } & MovePhase | { "kind": "removePhase" } & RemovePhase | { "kind": "doneWhen" } & SetDoneWhen | { "kind": "notes" } & SetNotes | { "kind": "links" } & SetLinks | { "kind": "steps" } & SetSteps | { "kind": "tick" } & TickStep | { "kind": "countSteps" } & CountSteps | { "kind": "replan" } & Replan | { "kind": "startAgain" } & StartAgain | { "kind": "baseline" } & SetBaseline | { "kind": "dropBaseline" } & RemoveBaseline | { "kind": "busy" } & SetBusy | { "kind": "dropBusy" } & RemoveBusy | { "kind": "planName" } & SetPlanName | { "kind": "otherPlans" } & SetOtherPlans | { "kind": "countOthers" } & CountOtherPlans | { "kind": "all" } & Together;

/**
 * Sets the hours of study a week.
 */
export type SetHours = { 
/**
 * Such as `10`, `7.5` or `7 h 30 min`, as typed.
 */
value: string, };

/**
 * Sets the day the plan starts.
 */
export type SetStart = { 
/**
 * Such as `2027-01-04`, as typed.
 */
value: string, };

/**
 * Sets the time zone. The past of a plan under way stays on the clock of the zone it was in.
 */
export type SetZone = { 
/**
 * IANA name, such as `Europe/Berlin`, as typed.
 */
value: string, };

/**
 * Sets the study days.
 */
export type SetDays = { 
/**
 * At least one of them.
 */
days: Weekday[], };

/**
 * Sets the shortest and the longest session.
 */
export type SetSessionLength = { 
/**
 * Minutes, as typed.
 */
min: string, 
/**
 * Minutes, as typed.
 */
max: string, };

/**
 * Sets the date by which everything should be finished.
 */
export type SetTarget = { 
/**
 * As typed; empty for no target.
 */
value: string, };

/**
 * Adds an optional item to the plan, or leaves it out.
 */
export type IncludeItem = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Added or left out.
 */
included: boolean, };

/**
 * Sets weekly windows of the learner's own.
 */
export type SetWindows = { 
/**
 * In any order; empty for hours spread over the days.
 */
windows: Array<WindowEntry>, };

/**
 * Adds or removes an exception.
 */
export type SetException = { 
/**
 * The exception and its dates.
 */
exception: ExceptionEntry, 
/**
 * Added or removed.
 */
added: boolean, };

/**
 * Adds or removes a stay in another zone.
 */
export type SetJourney = { 
/**
 * The zone, and the first day there.
 */
journey: MoveEntry, 
/**
 * Added or removed.
 */
added: boolean, };

/**
 * Sets the most minutes on one day.
 */
export type SetDayCap = { 
/**
 * Minutes, as typed; empty for no cap.
 */
value: string, };

/**
 * Sets the most minutes in one week.
 */
export type SetWeekCap = { 
/**
 * Minutes, as typed; empty for no cap.
 */
value: string, };

/**
 * Sets the break between two sessions.
 */
export type SetBreak = { 
/**
 * Minutes, as typed.
 */
value: string, };

/**
 * Sets the time kept free around busy time.
 */
export type SetBuffer = { 
/**
 * Minutes, as typed.
 */
value: string, };

/**
 * Sets the part of each week that is for review.
 */
export type SetReview = { 
/**
 * Percent, as typed.
 */
value: string, };

/**
 * Sets the part of each week that is kept free for missed work.
 */
export type SetReserve = { 
/**
 * Percent, as typed.
 */
value: string, };

/**
 * Sets the first day of the week.
 */
export type SetWeekStart = { 
/**
 * Any day.
 */
day: Weekday, };

/**
 * Sets how many items of a phase are studied side by side.
 */
export type SetParallel = { 
/**
 * As typed.
 */
value: string, };

/**
 * Sets the days from now in which a re-plan moves nothing.
 */
export type SetFrozenDays = { 
/**
 * As typed.
 */
value: string, };

/**
 * Sets when the career track is studied.
 */
export type SetCareer = { 
/**
 * Percent of each week, as typed; empty for after the core.
 */
value: string, };

/**
 * Sets the prior knowledge of an item.
 */
export type SetKnown = { 
/**
 * The item's id.
 */
item: string, 
/**
 * How much of it; `None` for nothing.
 */
known: KnownEntry | null, };

/**
 * Sets the priority of an item.
 */
export type SetPriority = { 
/**
 * The item's id.
 */
item: string, 
/**
 * A whole number, as typed.
 */
value: string, };

/**
 * Sets the date before which an item doesn't begin, whatever time is free. Pinned sessions and
 * those of the frozen days stay all the same.
 */
export type SetNotBefore = { 
/**
 * The item's id.
 */
item: string, 
/**
 * As typed; empty for no such date.
 */
value: string, };

/**
 * Puts a session somewhere for good, or moves it there.
 */
export type PinSession = { 
/**
 * The item, when and how long.
 */
pin: PinEntry, 
/**
 * Start of the item's session that moves there, if it is one. It leaves its old time; all
 * others stay if they still fit. It stays until the learner reschedules with more than the
 * least disruption, or for good if it was pinned.
 */
instead: string | null, };

/**
 * Gives waiting work a session. It stays there as one that was moved by hand does: until the
 * learner reschedules with more than the least disruption.
 */
export type PlaceSession = { 
/**
 * The item, when and how long.
 */
session: PinEntry, };

/**
 * Lets a pinned session go where the plan has room for it.
 */
export type UnpinSession = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Its start, such as `2027-01-09T14:00`.
 */
start: string, };

/**
 * Lets sessions that the learner placed go where the plan has room for them.
 */
export type ReleaseSessions = { 
/**
 * Whether pinned sessions are released too, and not only those moved by hand.
 */
pinned: boolean, };

/**
 * Takes the rest of a week off: its sessions move on, and the others with them, in their order.
 * Pinned sessions stay.
 */
export type NotThisWeek = { 
/**
 * Any day of the week, such as `2027-01-06`; empty for the week that it is now.
 */
day: string, };

/**
 * Studies another item in a session. That item's next session gives up its time, which the work of
 * the first one can take.
 */
export type SwapTopic = { 
/**
 * The id of the session's item.
 */
item: string, 
/**
 * Start and length of the session, and the id of the item to study instead.
 */
session: PinEntry, };

/**
 * Sets a session aside: its time stays free of work, and its work waits until the learner places
 * it or reschedules.
 */
export type SetAside = { 
/**
 * The session: its item, start and length.
 */
session: PinEntry, };

/**
 * Sets the date by which a phase should be finished.
 */
export type SetPhaseTarget = { 
/**
 * The phase's id.
 */
phase: string, 
/**
 * As typed; empty for no target.
 */
value: string, };

/**
 * Logs work that was done.
 */
export type LogWork = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Start on the learner's clock, such as `2027-01-04T19:00`.
 */
start: string, 
/**
 * Minutes it took, as typed.
 */
minutes: string, 
/**
 * The learner's note.
 */
note: string, 
/**
 * The id of the entry that this one replaces.
 */
entry: number | null, 
/**
 * Whether to log it even if the log has the same work already, or the day has no room for it.
 */
again?: boolean, };

/**
 * Removes an entry from the log.
 */
export type RemoveLogEntry = { 
/**
 * The entry's id.
 */
entry: number, };

/**
 * Sets the work that is left of an item.
 */
export type SetEstimate = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Minutes that are left, as typed.
 */
minutes: string, };

/**
 * Marks an item as done or an outcome as reached, or takes that back.
 */
export type SetDone = { 
/**
 * The id of the item or the outcome.
 */
item: string, 
/**
 * Done or not.
 */
done: boolean, };

/**
 * Uses an outline as the plan's roadmap. Items with the same id keep what was decided about them,
 * and the log stays whole.
 */
export type UseOutline = { 
/**
 * The text: of any format that outlines can have.
 */
text: string, 
/**
 * The meanings that the learner gave to lines.
 */
corrected: Array<LineMeaning>, 
/**
 * Hours of each topic without a stated time, as typed; empty for the guess.
 */
hours: string, 
/**
 * Whether ticked items are known already.
 */
known: boolean, };

/**
 * Merges a text of the roadmap, as [`text::write`] writes it and a person edited it. Parts with a
 * known id are that item or phase, those without one are added, and those that are missing are
 * removed. The log stays whole.
 */
export type MergeText = { 
/**
 * The text.
 */
text: string, };

/**
 * Adds an item to a phase.
 */
export type AddItem = { 
/**
 * The phase's id.
 */
phase: string, 
/**
 * The id of the item before which it is added; `None` for the end of the phase.
 */
before: string | null, 
/**
 * Its title.
 */
title: string, 
/**
 * Its effort, as typed.
 */
effort: string, };

/**
 * Gives an item another title.
 */
export type RenameItem = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Its title.
 */
title: string, };

/**
 * Sets the roadmap's effort of an item, in place of the learner's estimate too.
 */
export type SetEffort = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Such as `12h`, `90m`, `1.5 h` or `2 weeks` of the plan's hours.
 */
value: string, };

/**
 * Sets the kind of an item.
 */
export type SetKind = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Its kind.
 */
value: ItemKind, };

/**
 * Makes an item optional, or a fixed part of the roadmap. One that becomes optional stays in the
 * plan until the learner leaves it out.
 */
export type SetOptional = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Optional or not.
 */
optional: boolean, };

/**
 * Moves an item to another place, in its phase or another one.
 */
export type MoveItem = { 
/**
 * The item's id.
 */
item: string, 
/**
 * The id of the phase it moves to.
 */
phase: string, 
/**
 * The id of the item before which it is put; `None` for the end of the phase.
 */
before: string | null, };

/**
 * Removes an item. Its log stays.
 */
export type RemoveItem = { 
/**
 * The item's id.
 */
item: string, 
/**
 * Whether to remove it even if work was logged on it.
 */
confirmed: boolean, };

/**
 * Splits an item: a part of its effort becomes an item of its own, right after it.
 */
export type SplitItem = { 
/**
 * The item's id. It keeps its log.
 */
item: string, 
/**
 * The title of the new item.
 */
title: string, 
/**
 * The effort of the new item, as typed.
 */
effort: string, };

/**
 * Merges two items. Effort, texts and log of the second one join those of the first.
 */
export type MergeItems = { 
/**
 * The id of the item that stays.
 */
item: string, 
/**
 * The id of the other one.
 */
with: string, };

/**
 * Adds or removes a prerequisite of an item.
 */
export type SetPrerequisite = { 
/**
 * The item's id.
 */
item: string, 
/**
 * The item or phase that comes before it, by its id or its title.
 */
needs: string, 
/**
 * Added or removed.
 */
added: boolean, };

/**
 * Adds a phase.
 */
export type AddPhase = { 
/**
 * The id of the phase before which it is added; `None` for the end.
 */
before: string | null, 
/**
 * Its title.
 */
title: string, };

/**
 * Gives a phase another title.
 */
export type RenamePhase = { 
/**
 * The phase's id.
 */
phase: string, 
/**
 * Its title.
 */
title: string, };

/**
 * Sets the outcome of a phase.
 */
export type SetOutcome = { 
/**
 * The phase's id.
 */
phase: string, 
/**
 * The outcome's title.
 */
title: string, };

/**
 * Sets the weeks of a phase: its items share them in proportion to their effort. Without weeks the
 * efforts stay, and the phase is part of the career track.
 */
export type SetPhaseWeeks = { 
/**
 * The phase's id.
 */
phase: string, 
/**
 * Whole weeks, as typed; empty for none.
 */
value: string, };

/**
 * Moves a phase. It comes after the phase before it, and the next one after it.
 */
export type MovePhase = { 
/**
 * The phase's id.
 */
phase: string, 
/**
 * The id of the phase before which it is put; `None` for the end.
 */
before: string | null, };

/**
 * Removes a phase with its items. Their log stays.
 */
export type RemovePhase = { 
/**
 * The phase's id.
 */
phase: string, 
/**
 * Whether to remove it even if work was logged on its items.
 */
confirmed: boolean, };

/**
 * Sets the sentence that says when an item is done.
 */
export type SetDoneWhen = { 
/**
 * The item's id.
 */
item: string, 
/**
 * The sentence; empty for none.
 */
value: string, };

/**
 * Sets the notes on an item: plain text with the links and emphasis of Markdown, kept as typed.
 */
export type SetNotes = { 
/**
 * The item's id.
 */
item: string, 
/**
 * The notes; empty for none.
 */
value: string, };

/**
 * Sets the links of an item.
 */
export type SetLinks = { 
/**
 * The item's id.
 */
item: string, 
/**
 * One link a line, such as `Handbook: https://example.org`. The title can be left out.
 */
value: string, };

/**
 * Sets the checklist of an item. A step that keeps its title or its place keeps its tick.
 */
export type SetSteps = { 
/**
 * The item's id.
 */
item: string, 
/**
 * One step a line, with minutes if it has some: `Install it (30 min)`.
 */
value: string, };

/**
 * Ticks a step of an item's checklist, or takes the tick back.
 */
export type TickStep = { 
/**
 * The item's id.
 */
item: string, 
/**
 * The step's title.
 */
step: string, 
/**
 * Ticked or not.
 */
ticked: boolean, 
/**
 * Whether its minutes lower the work that is left, or raise it again.
 */
counts: boolean, };

/**
 * Says whether the minutes of a ticked step lower the work that is left.
 */
export type CountSteps = { 
/**
 * Whether they do.
 */
counted: boolean, };

/**
 * Reschedules what is left from now on. Sessions moved by hand stay only with the least
 * disruption.
 */
export type Replan = { 
/**
 * The sessions that stay where they are.
 */
keep: Keep, };

/**
 * Reschedules what is left from today on. The log stays; the sessions of the past, missed ones
 * above all, are forgotten.
 */
export type StartAgain = { 
/**
 * The sessions that stay where they are.
 */
keep: Keep, };

/**
 * Sets a baseline: the schedule as it is now.
 */
export type SetBaseline = { 
/**
 * Name; a baseline of the same name is replaced.
 */
name: string, };

/**
 * Removes a baseline.
 */
export type RemoveBaseline = { 
/**
 * Its name.
 */
name: string, };

/**
 * Sets the busy time of a calendar file.
 */
export type SetBusy = { 
/**
 * The file's name, such as `work.ics`.
 */
source: string, 
/**
 * Times that are taken.
 */
times: Array<BusyEntry>, 
/**
 * The calendar in the file. Without it, the busy time replaces what the plan has under
 * `source`.
 */
calendar: BusyCalendar | null, 
/**
 * The calendar of the plan that this one replaces. `None` to keep it beside the others.
 */
instead: string | null, };

/**
 * Removes the busy time of a calendar file.
 */
export type RemoveBusy = { 
/**
 * The calendar's name in the plan.
 */
source: string, };

/**
 * Gives the plan a name of its own.
 */
export type SetPlanName = { 
/**
 * As typed; empty for the title of the roadmap.
 */
value: string, };

/**
 * Sets the sessions of the learner's other plans, in place of those that the plan knew. Made
 * together with a change that reschedules.
 */
export type SetOtherPlans = { 
/**
 * Their sessions to come, by the plan's title.
 */
plans: { [key in string]: Array<BusyEntry> }, };

/**
 * Counts the sessions of the learner's other plans as busy time, or leaves them out of account.
 */
export type CountOtherPlans = { 
/**
 * Whether they count.
 */
counts: boolean, };

/**
 * Makes several changes as one, with one name.
 */
export type Together = { 
/**
 * Their name in the list of what can be undone.
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

/**
 * A calendar file, as it was read last.
 */
export type BusyCalendar = { 
/**
 * The file's name, such as `basic.ics`.
 */
file: string, 
/**
 * The calendar's own name (X-WR-CALNAME). `None` if the file gives none.
 */
name?: string | null, 
/**
 * The UIDs of its events.
 */
uids?: string, 
/**
 * The result of reading it, a sentence a line.
 */
report?: Array<string>, };

export type PinEntry = { item: string, start: string, minutes: number, };

/**
 * The sessions that a re-plan leaves where they are.
 */
export type Keep = "frozen" | "soon" | "fitting";

/**
 * An action of the focus timer.
 */
export type TimerAction = { "kind": "start", 
/**
 * The item's id.
 */
item: string, } | { "kind": "toggle" } | { "kind": "stop", 
/**
 * Minutes entered by the learner; `None` for the measured ones.
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
export type ErrorCode = "baseline-name" | "calendar-address" | "calendar-emptied" | "calendar-name" | "calendar-not-made" | "calendar-read-only" | "calendar-restless" | "calendar-too-large" | "calendar-twice" | "calendar-unclear" | "calendars" | "calendars-damaged" | "calendars-newer" | "change-in-change" | "export-option" | "free-window" | "has-log" | "hours-beyond-days" | "hours-beyond-windows" | "hours-out-of-range" | "in-use" | "ledger-damaged" | "ledger-lost" | "ledger-newer" | "ledger-of-another-calendar" | "shared-plan-id" | "ledger-of-another-plan" | "log-ahead" | "log-beyond-day" | "log-full" | "logged-twice" | "minutes-out-of-range" | "no-answer" | "no-keyring" | "no-plan" | "no-server" | "no-study-days" | "no-such-baseline" | "no-such-calendar" | "no-such-entry" | "no-such-template" | "no-such-way" | "not-a-calendar" | "not-a-date" | "not-a-range" | "not-an-instant" | "not-done" | "not-optional" | "not-read" | "not-removed" | "not-saved" | "not-undone" | "not-written" | "note-too-long" | "occupied" | "other-week-beyond" | "outline-binary" | "outline-empty" | "outline-too-large" | "password-needed" | "plan-damaged" | "plan-edited" | "plan-field" | "plan-newer" | "plan-not-json" | "roadmap-cycle" | "roadmap-duplicate-id" | "roadmap-field" | "roadmap-not-json" | "roadmap-too-large" | "roadmap-unknown-prerequisite" | "same-calendar" | "server-address" | "server-answer" | "server-busy" | "server-calendar-gone" | "server-conflict" | "server-elsewhere" | "server-forbids" | "server-full" | "server-no-calendars" | "server-no-events" | "server-out-of-time" | "server-password" | "server-too-large" | "server-unaccepted" | "server-unreachable" | "server-untrusted" | "server-user" | "session-out-of-range" | "sign-in" | "sign-in-needed" | "start-out-of-range" | "stopped" | "taskjuggler-years" | "too-many-baselines" | "under-way" | "unknown-day" | "unknown-source" | "unknown-zone" | "way-out-of-no-use" | "window";

/**
 * Why the plan can't be opened, and the ways on.
 */
export type Refusal = { 
/**
 * The path of the file that can't be opened.
 */
file: string, 
/**
 * The reason, in a sentence.
 */
message: string, 
/**
 * A remedy, in sentences.
 */
advice: string, 
/**
 * Whether the file was edited outside Waymark, and can be used as it is.
 */
isEdited: boolean, 
/**
 * The copies of the plan that can be opened in its place, newest first.
 */
copies: Array<EarlierCopy>, };

/**
 * A message for the learner.
 */
export type Notice = { 
/**
 * Identifies it, to dismiss it by.
 */
id: string, 
/**
 * The message, in sentences.
 */
text: string, };

/**
 * A copy of the plan from an earlier time.
 */
export type EarlierCopy = { 
/**
 * The name of its file, in the plan's folder.
 */
name: string, 
/**
 * When it was written, such as `Sun 29 Nov 2026, 14:05`; `None` if the system doesn't know.
 */
written: string | null, 
/**
 * The name of the change it is from before; empty if that isn't known.
 */
before: string, };

/**
 * The learner's settings for the window.
 */
export type Settings = { 
/**
 * Light, dark, or the system's choice.
 */
theme: Theme, 
/**
 * The order of day, month and year.
 */
dates: DateOrder, 
/**
 * The clock of 12 or 24 hours.
 */
clock: ClockHours, 
/**
 * The view that was shown last.
 */
view: ViewName, 
/**
 * The ids of the phases that are folded; `None` until the window has saved any.
 */
folded: Array<string> | null, 
/**
 * The findings that the learner has dismissed, in their words, the latest last.
 */
hidden: Array<string>, 
/**
 * Pixels per day of the chart; 0 fits the whole plan into the window.
 */
zoom: number, 
/**
 * The width of the chart's names, in pixels; `None` for one that fits the window.
 */
namesWidth: number | null, 
/**
 * The name of the baseline in the chart; `None` for the latest.
 */
baseline: string | null, 
/**
 * The id of the calendar in the dialog of calendars; `None` for the first.
 */
calendar: string | null, };

/**
 * The window's colours.
 */
export type Theme = "system" | "light" | "dark";

/**
 * The order in which the window writes dates.
 */
export type DateOrder = "system" | "dayFirst" | "monthFirst" | "yearFirst";

/**
 * The clock by which the window writes times.
 */
export type ClockHours = "system" | "hours24" | "hours12";

/**
 * The views of the window.
 */
export type ViewName = "today" | "week" | "plan" | "progress" | "roadmap";

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
 * Busy times that were read from a file.
 */
export type Imported = { 
/**
 * The plan with them.
 */
view: View, 
/**
 * The calendars of the file.
 */
read: BusyImport, };

/**
 * The result of reading a file into a plan.
 */
export type BusyImport = { 
/**
 * The calendars that are in the plan now.
 */
calendars: Array<ImportedCalendar>, 
/**
 * The calendars that may be newer versions of those in the plan.
 */
questions: Array<BusyQuestion>, 
/**
 * The other files of an archive, a sentence each.
 */
leftOut: Array<string>, };

/**
 * A calendar that was read into the plan.
 */
export type ImportedCalendar = { 
/**
 * Its name in the plan.
 */
source: string, 
/**
 * The events imported, skipped and not understood, one sentence a line.
 */
report: Array<string>, };

/**
 * Asks whether a calendar is a newer version of one that the plan has. It was not read into the
 * plan.
 */
export type BusyQuestion = { 
/**
 * The question's reason, as a sentence.
 */
message: string, 
/**
 * The calendar that the plan has.
 */
source: string, 
/**
 * The change that keeps both. With `source` as its `instead`, it replaces the other one.
 */
change: SetBusy, };

/**
 * The result of an import.
 */
export type ImportResult = { 
/**
 * The report, in sentences.
 */
message: string, 
/**
 * Whether the open plan was changed. If not, the imported one can be opened.
 */
isChange: boolean, 
/**
 * The id of the imported plan in the list.
 */
id: string, };

/**
 * The learner's plans.
 */
export type Shelf = { 
/**
 * The plans, oldest first.
 */
plans: Array<PlanEntry>, 
/**
 * The removed plans, the latest first.
 */
removed: Array<RemovedEntry>, 
/**
 * The roadmaps that a new plan can begin with.
 */
templates: Array<TemplateView>, };

/**
 * A plan in the list.
 */
export type PlanEntry = { 
/**
 * The name of its folder.
 */
id: string, 
/**
 * Its title; its id if it can't be read.
 */
title: string, 
/**
 * The title of its roadmap; empty if it can't be read.
 */
roadmap: string, 
/**
 * Its first day; empty if it can't be read.
 */
start: string, 
/**
 * Its status and finish date, such as "On track, finish 5 February 2028". Or why it can't be
 * read.
 */
status: string, 
/**
 * Whether it is the open one.
 */
isOpen: boolean, 
/**
 * Whether it is archived.
 */
isArchived: boolean, 
/**
 * Whether it can be read.
 */
isReadable: boolean, };

/**
 * A removed plan in the list.
 */
export type RemovedEntry = { 
/**
 * The name to bring it back by.
 */
name: string, 
/**
 * The id that it had.
 */
id: string, 
/**
 * Its title; its id if it can't be read.
 */
title: string, 
/**
 * When it was removed, such as "Sun 29 Nov 2026, 14:05".
 */
time: string, };

/**
 * A template, as a list shows it.
 */
export type TemplateView = { 
/**
 * A stable name, such as "guitar".
 */
id: string, 
/**
 * The roadmap's title.
 */
title: string, 
/**
 * Its length, such as "12 weeks, 5 h a week".
 */
shape: string, 
/**
 * Its summary, in a sentence or two.
 */
summary: string, };

/**
 * The roadmap that a new plan follows.
 */
export type PlanSource = { "kind": "template", 
/**
 * Its id, such as "guitar".
 */
template: string, } | { "kind": "outline", 
/**
 * The text with everything that was decided about it.
 */
outline: UseOutline, };

/**
 * The plans after a change of the list.
 */
export type ShelfChange = { 
/**
 * All plans.
 */
shelf: Shelf, 
/**
 * Whether another plan is open now, which the page is to show.
 */
isSwitched: boolean, 
/**
 * The plan that was removed, by the name to bring it back by.
 */
removed: string | null, };

/**
 * News of the window that the page didn't ask for.
 */
export type WindowNews = { "kind": "over" } | { "kind": "left" } | { "kind": "busy", 
/**
 * The plan and a report.
 */
imported: Imported, } | { "kind": "plan", 
/**
 * A report.
 */
imported: ImportResult, } | { "kind": "outline", 
/**
 * The text.
 */
text: string, } | { "kind": "rejected", 
/**
 * The reason.
 */
problem: InputError, } | { "kind": "calendars", 
/**
 * The state.
 */
state: CalendarsState | null, 
/**
 * Whether a sync moved sessions in the plan.
 */
hasMoved: boolean, } | { "kind": "command", 
/**
 * Such as "setup".
 */
id: string, };

/**
 * An earlier plan and what has changed since.
 */
export type EarlierView = { 
/**
 * Its number, to restore it by.
 */
number: number, 
/**
 * Until when it was the plan, on the learner's clock and in words.
 */
until: string, 
/**
 * The name of the change that ended it.
 */
change: string, 
/**
 * The title of its roadmap.
 */
roadmap: string, 
/**
 * Minutes of work in its log.
 */
loggedMinutes: number, 
/**
 * Its finish date at that time; `None` if some work didn't fit.
 */
finish: string | null, 
/**
 * The differences of the present plan, such as "3 sessions moved" and "2 h more logged".
 */
since: Array<string>, };

/**
 * The private parts that a page has.
 */
export type ShareOptions = { 
/**
 * The notes on the items.
 */
notes: boolean, 
/**
 * The log, with its notes.
 */
log: boolean, 
/**
 * The names of the calendars that busy times come from, and of the learner's other plans.
 */
calendars: boolean, 
/**
 * The busy times to come.
 */
busy: boolean, };

/**
 * The events of an export, and how they look. The default is what one click gives: every session,
 * in UTC, with notes and a reminder ten minutes before.
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
 * The first date, such as 2027-01-04: what starts before it is left out, and left as it is in
 * the calendar.
 */
from: string | null, 
/**
 * The last date, in the same way.
 */
to: string | null, 
/**
 * How many weeks ahead the calendar gets the plan: later events are sent once they come near.
 * `None` for the whole plan.
 */
weeksAhead: number | null, 
/**
 * One file for each phase: as calendars of their own, phases can have a colour of their own
 * everywhere.
 */
filePerPhase: boolean, 
/**
 * Minutes before a session at which the calendar is to remind of it; none for no reminder.
 */
reminders: Array<number>, 
/**
 * The title of a session's event: a text with `{item}`, `{phase}`, `{plan}` and `{length}`.
 */
title: string, 
/**
 * Whether events say what they are about.
 */
notes: boolean, 
/**
 * An address for each session, with `{item}` and `{phase}` for their ids: where the learner
 * keeps notes on it, say.
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
 * The contents of a file.
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
past: number, 
/**
 * They come after the weeks that the calendar holds, which will reach them.
 */
later: number, };

/**
 * A preview of an export.
 */
export type ExportPreview = { 
/**
 * Numbers of new, moved and removed events.
 */
counts: ExportCounts, 
/**
 * The same in words.
 */
message: string, 
/**
 * The number of events in each file; empty for a calendar without files.
 */
files: Array<number>, };

/**
 * The kind of subject that an event is about.
 */
export type EventKind = "session" | "week" | "phase" | "outcome";

/**
 * The learner's decision about a deleted session.
 */
export type DeletedAnswer = "restore" | "leave";

/**
 * The calendars on the web after a change.
 */
export type WebBusy = { 
/**
 * The plan with their busy times.
 */
view: View, 
/**
 * All of them.
 */
calendars: Array<WebCalendar>, 
/**
 * The events imported, skipped and not understood, one sentence a line.
 */
report: Array<string>, 
/**
 * Something the learner should know.
 */
notice: string | null, };

/**
 * A calendar on the web that the learner is busy by.
 */
export type WebCalendar = { 
/**
 * Identifies it, also in the keyring.
 */
id: string, 
/**
 * The learner's name for it.
 */
name: string, 
/**
 * The name of its busy times in the plan.
 */
source: string, 
/**
 * Its place.
 */
place: WebPlace, 
/**
 * When it was read last.
 */
read: string, 
/**
 * Why it couldn't be read since; `None` if it could.
 */
trouble: Trouble | null, };

/**
 * The place of a calendar on the web.
 */
export type WebPlace = { "kind": "address", 
/**
 * The host's name.
 */
host: string, } | { "kind": "server", 
/**
 * The server's address, as the learner entered it.
 */
address: string, 
/**
 * The learner's user name there.
 */
user: string, 
/**
 * The calendar's address there.
 */
calendar: string, };

/**
 * A calendar that gets the plan.
 */
export type Calendar = { 
/**
 * Identifies it, and starts the name of its ledger.
 */
id: string, 
/**
 * The learner's name for it.
 */
name: string, 
/**
 * How it gets the plan.
 */
way: Way, 
/**
 * Its contents.
 */
options: ExportOptions, 
/**
 * Whether it was given files: a missing record then means that nobody knows what it has.
 */
wasExported: boolean, 
/**
 * Whether it syncs automatically: after each change, on start, and on a timer.
 */
autoSync: boolean, 
/**
 * Why the last such sync failed; `None` once one succeeds.
 */
trouble: Trouble | null, 
/**
 * The web address that a live file is also sent to; `None` if it is only on this computer.
 */
upload: Upload | null, };

/**
 * The place on the web that a live file is put to (WebDAV).
 */
export type Upload = { 
/**
 * The file's address there, as the learner entered it.
 */
address: string, 
/**
 * The learner's user name there.
 */
user: string, 
/**
 * The address at which others can read it. Empty if it is the file's address.
 */
public: string, };

/**
 * Why a calendar isn't in step, until a sync succeeds. It is stored with the calendar, so that
 * what waits for an answer is still there after the next start.
 */
export type Trouble = { 
/**
 * The kind of error, for programs.
 */
code: string, 
/**
 * The sentence to show.
 */
message: string, 
/**
 * Since when.
 */
since: string, 
/**
 * Whether it can't go on without an answer of the learner.
 */
asks: boolean, };

/**
 * The state of all calendars that sync automatically.
 */
export type CalendarsState = { 
/**
 * The kind of state.
 */
kind: StateKind, 
/**
 * A few words for the bar.
 */
short: string, 
/**
 * The same as whole sentences.
 */
sentence: string, };

/**
 * The kind of a [`CalendarsState`], in order of importance.
 */
export type StateKind = "inStep" | "sending" | "failing" | "asks";

/**
 * How a calendar gets the plan.
 */
export type Way = { "kind": "files" } | { "kind": "live", 
/**
 * The file's path.
 */
path: string, } | { "kind": "server", 
/**
 * The server's address, as the learner entered it.
 */
address: string, 
/**
 * The learner's user name there.
 */
user: string, 
/**
 * The calendar's address there.
 */
calendar: string, };

/**
 * A server, and the learner's user name there.
 */
export type Login = { 
/**
 * The server's address.
 */
address: string, 
/**
 * The learner's user name there.
 */
user: string, };

/**
 * A calendar on a server.
 */
export type ServerCalendar = { 
/**
 * The address, as the server writes it.
 */
address: string, 
/**
 * Its name there, or the last part of its address.
 */
name: string, };

/**
 * The learner's own client, as typed.
 */
export type TypedClient = { 
/**
 * The client id.
 */
id: string, 
/**
 * The client secret.
 */
secret: string, };

/**
 * A session that the learner deleted in their calendar, to decide about.
 */
export type Question = { 
/**
 * The kind of event.
 */
about: EventKind, 
/**
 * The id of the session, week, phase or outcome.
 */
id: string, 
/**
 * Its start, in seconds since 1970.
 */
start: number, 
/**
 * A sentence with its title and time.
 */
message: string, };

/**
 * A calendar and its state.
 */
export type CalendarView = { 
/**
 * The calendar.
 */
calendar: Calendar, 
/**
 * Why the latest change couldn't be written to it; `None` if it was.
 */
problem: string | null, 
/**
 * Sessions the learner deleted in it and hasn't decided about.
 */
questions: Array<Question>, };

/**
 * A calendar that was added.
 */
export type Added = { 
/**
 * The id of the calendar.
 */
id: string, 
/**
 * All calendars, with the new one.
 */
calendars: Array<CalendarView>, 
/**
 * Something the learner should know about it.
 */
notice: string | null, };

/**
 * The calendar on a server that gets the plan.
 */
export type ServerChoice = { "kind": "existing", 
/**
 * The calendar.
 */
calendar: ServerCalendar, } | { "kind": "new", 
/**
 * Its name.
 */
name: string, };

/**
 * Progress of a running sync.
 */
export type SyncStep = { 
/**
 * The number of events sent so far.
 */
done: number, 
/**
 * The number of events to send.
 */
of: number, };

/**
 * The result of a sync.
 */
export type Synced = { 
/**
 * The changes found and sent, one sentence a line.
 */
lines: Array<string>, 
/**
 * Sessions the learner deleted there and hasn't decided about.
 */
questions: Array<Question>, 
/**
 * Why it stopped, if it did. Everything up to there is done.
 */
problem: InputError | null, 
/**
 * The plan, with the sessions that were moved there.
 */
view: View, };
