// What a calendar is to hold, as it is typed and clicked. What the core refuses is refused there; here stands only what could not even be sent to it.

import type { ExportOptions, InputError } from "../bridge";
import { parseDay } from "../words/dates";
import { readReminders } from "./reminders";

/** The options, with texts where one types. */
export interface Typed extends Omit<ExportOptions, "from" | "to" | "reminders" | "link"> {
  from: string;
  to: string;
  reminders: string;
  link: string;
}

/** What was refused, and the field in which it stands. */
export type Refusal = Pick<InputError, "field" | "message">;

export type Reading =
  { options: ExportOptions; refusal: null } | { options: null; refusal: Refusal };

export function typedOf(options: ExportOptions): Typed {
  return {
    ...options,
    from: options.from ?? "",
    to: options.to ?? "",
    reminders: options.reminders.join(", "),
    link: options.link ?? "",
  };
}

export function optionsOf(typed: Typed): Reading {
  const from = typed.from.trim();
  const to = typed.to.trim();
  for (const [field, text] of [
    ["first date", from],
    ["last date", to],
  ] as const) {
    if (text !== "" && parseDay(text) === null) {
      const message = `“${text}” is no date: give one such as 2027-01-04, or nothing.`;
      return { options: null, refusal: { field, message } };
    }
  }
  const reminders = readReminders(typed.reminders);
  if (!reminders) {
    const message = "Give the reminders in minutes, such as 10, 60, or nothing.";
    return { options: null, refusal: { field: "reminders", message } };
  }
  const link = typed.link.trim();
  const options = {
    ...typed,
    reminders,
    from: from === "" ? null : from,
    to: to === "" ? null : to,
    link: link === "" ? null : link,
  };
  return { options, refusal: null };
}

/** What stands for a field of the title, by its name. */
export type Session = Record<
  "item" | "phase" | "plan" | "session" | "sessions" | "length",
  string
>;

/** What a session's event would be called. */
export function titleOf(pattern: string, session: Session): string {
  return pattern.replace(/\{([a-z]+)\}/g, (field, name: string) =>
    Object.hasOwn(session, name) ? session[name as keyof Session] : field,
  );
}
