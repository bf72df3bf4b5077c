// The rows of the comparison of recovery options.

import type { OptionOutcome, RecoveryOption } from "../bridge";
import { count, effort } from "../words/amounts";
import { dayOf, plainDate } from "../words/dates";

interface Value {
  text: string;
  /** Whether it is better than what a late plan has. */
  isGood?: boolean;
}

export interface Fact {
  key: string;
  name: string;
  /** One for each option. */
  values: (Value | null)[];
}

type Read = (outcome: OptionOutcome, choice: RecoveryOption) => Value | null;

/** Rows without any value are left out. */
export function factsOf(
  choices: readonly RecoveryOption[],
  titleOf: (item: string) => string,
): Fact[] {
  const rows: { key: string; name: string; read: Read }[] = [
    {
      key: "finish",
      name: "Finish",
      read: ({ finish }) => ({ text: plainDate(dayOf(finish)) }),
    },
    {
      key: "core",
      name: "Core done",
      read: ({ coreFinish }) =>
        coreFinish === null ? null : { text: plainDate(dayOf(coreFinish)) },
    },
    {
      key: "inTime",
      name: "As planned",
      read: ({ inTime }) => ({ text: inTime ? "✓ on time" : "later", isGood: inTime }),
    },
    {
      key: "sure",
      name: "80% sure by",
      read: ({ p80InWords }) => (p80InWords === null ? null : { text: p80InWords }),
    },
    {
      key: "chance",
      name: "Chance at your pace",
      read: ({ chanceInWords }) => (chanceInWords === null ? null : { text: chanceInWords }),
    },
    { key: "more", name: "More study", read: more },
    {
      key: "soon",
      name: "Next 14 days",
      read: ({ movedSoon }) => ({
        text: movedSoon === 0 ? "nothing moves" : `moves ${count(movedSoon, "session")}`,
      }),
    },
    { key: "moves", name: "Moves in all", read: moves },
    {
      key: "leavesOut",
      name: "Leaves out",
      read: ({ dropped }) =>
        dropped.length === 0 ? null : { text: dropped.map(titleOf).join(", ") },
    },
    { key: "sentence", name: "In short", read: (_, { sentence }) => ({ text: sentence }) },
  ];
  const facts = rows.map(({ key, name, read }) => ({
    key,
    name,
    values: choices.map((choice) => choice.outcome && read(choice.outcome, choice)),
  }));
  return facts.filter(({ values }) => values.some((value) => value !== null));
}

function more({ extraWeekMinutes, extraMinutes }: OptionOutcome): Value {
  if (extraMinutes === 0) return { text: "none" };
  return { text: `${effort(extraWeekMinutes)} a week, ${effort(extraMinutes)} in total` };
}

function moves({ moved, added }: OptionOutcome): Value {
  const more = added > 0 ? `, ${String(added)} added` : "";
  return { text: `${count(moved, "session")}${more}` };
}
