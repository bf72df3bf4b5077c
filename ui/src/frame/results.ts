// Everything that the palette finds beside commands: items, phases, sessions and dates.

import type { Change, ItemRow, ItemTexts, View } from "../bridge";
import type { Result } from "../commands/Palette.svelte";
import type { DateRange, Typed } from "../commands/dates";
import { datesIn } from "../commands/dates";
import { found, scoreOf } from "../commands/search";
import type { Facts } from "../planner/facts.svelte";
import { keyOf } from "../planner/sessions";
import { effort } from "../words/amounts";
import {
  DAY_MINUTES,
  dayAndMonth,
  dayOf,
  formatDay,
  plainRange,
  shortDate,
  timeText,
} from "../words/dates";
import { STATE_NAMES } from "../words/states";

/** The effects that a result can have. */
export interface Doing {
  goToRow: (id: string) => void;
  goToDay: (day: number, block?: string) => void;
  /** Makes a change and then shows a day. */
  apply: (change: Change, day: number) => Promise<boolean>;
}

/** At most this many sessions of an item: the ones to come. */
const SESSIONS = 3;

export function resultsOf(
  query: string,
  view: View,
  facts: Pick<Facts, "textsOf" | "reference">,
  doing: Doing,
): Result[] {
  if (query.trim() === "") return [];
  const { agenda, chart } = view;
  const now = { today: dayOf(agenda.date), weekStart: chart.weekStart };
  return [
    ...datesIn(query, now).flatMap((typed) => dateResults(typed, now.today, doing)),
    ...rowResults(query, view, facts, doing),
    ...referenceResults(query, facts, doing),
  ];
}

function dateResults({ range, rest }: Typed, today: number, doing: Doing): Result[] {
  const name = nameOf(range);
  const [first, last] = [formatDay(range.first), formatDay(range.last)];
  const all: (Result & { words: string; isOff?: boolean })[] = [
    {
      id: `date ${first} ${last}`,
      name: `Show ${name}`,
      words: "go week",
      kind: "Date",
      run: () => doing.goToDay(range.first),
    },
    {
      id: `off ${first} ${last}`,
      name: `Take ${name} off`,
      words: "holiday vacation free time off",
      kind: "Date",
      isChange: true,
      isOff: range.last < today,
      run: () =>
        doing.apply(
          { kind: "exception", exception: { kind: "time-off", first, last }, added: true },
          range.first,
        ),
    },
    {
      id: `target ${last}`,
      name: `Finish by ${shortDate(range.last)}`,
      words: "target date due deadline done",
      kind: "Date",
      isChange: true,
      isOff: range.last < today,
      run: () => doing.apply({ kind: "target", value: last }, today),
    },
  ];
  return found(
    rest,
    all.filter(({ isOff }) => !isOff),
  );
}

function nameOf({ first, last }: DateRange): string {
  return first === last ? shortDate(first) : plainRange(first, last);
}

function rowResults(
  query: string,
  { chart, agenda }: View,
  facts: Pick<Facts, "textsOf">,
  doing: Doing,
): Result[] {
  const today = dayOf(agenda.date) - dayOf(chart.origin);
  const rows = chart.phases.flatMap((phase) => [
    {
      name: phase.title,
      words: `phase ${phase.number}`,
      kind: "Phase",
      id: phase.id,
      item: null as ItemRow | null,
    },
    ...phase.items.map((item) => ({
      name: item.title,
      words: `${phase.title} ${item.group} ${item.summary} ${textOf(facts.textsOf(item.id))}`,
      kind: `Item of ${phase.title}`,
      id: item.id,
      item,
    })),
  ]);
  return found(query, rows).flatMap(({ id, name, kind, item }) => {
    const row: Result = { id: `row ${id}`, name, kind, run: () => doing.goToRow(id) };
    // Words of a summary find the item; its sessions only come with its name.
    if (!item || scoreOf(query, { name }) === 0) return [row];
    return [row, ...sessionResults(item, chart.origin, today, doing)];
  });
}

/** Everything that can be searched in the texts of an item. */
function textOf({ doneWhen, links, notes, steps }: ItemTexts): string {
  const all = [
    doneWhen,
    ...links.flatMap(({ title, address }) => [title, address]),
    notes,
    ...steps.map(({ title }) => title),
  ];
  return all.join(" ");
}

/** Texts to read: trends, strategy and outcomes. */
function referenceResults(
  query: string,
  { reference }: Pick<Facts, "reference">,
  doing: Doing,
): Result[] {
  const entries = reference.flatMap((group) =>
    group.entries.map(({ id, title, summary }) => ({
      name: title,
      words: `${group.title} ${summary}`,
      id,
      group: group.title,
    })),
  );
  return found(query, entries).map(({ id, name, group }) => ({
    id: `reference ${id}`,
    name,
    kind: group,
    run: () => doing.goToRow(`reference ${group}`),
  }));
}

function sessionResults(item: ItemRow, origin: string, today: number, doing: Doing): Result[] {
  return item.states
    .map((state, at) => ({ state, at, start: item.sessions[at * 2] ?? 0 }))
    .filter(({ state, start }) => state !== "freed" && start >= today * DAY_MINUTES)
    .slice(0, SESSIONS)
    .map(({ state, at, start }) => {
      const day = dayOf(origin) + Math.floor(start / DAY_MINUTES);
      const length = effort(item.sessions[at * 2 + 1] ?? 0);
      return {
        id: `session ${item.id} ${at}`,
        name: `${item.title}, ${dayAndMonth(day)}, ${timeText(start)}`,
        kind: `Session · ${length}, ${STATE_NAMES[state]}`,
        run: () => doing.goToDay(day, keyOf(item.id, at)),
      };
    });
}
