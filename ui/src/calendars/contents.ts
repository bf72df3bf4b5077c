// The contents of a calendar as typed and clicked. The core checks them; only text that can't even
// be sent to it is rejected here.

import type { ExportOptions, InputError } from "../bridge";
import { parseDay } from "../words/dates";
import { dateIn } from "../words/translation";
import { readReminders } from "./reminders";

/** The options, with text for the fields that are typed into. */
export interface Typed extends Omit<
  ExportOptions,
  "from" | "to" | "weeksAhead" | "reminders" | "link"
> {
  from: string;
  to: string;
  /** Empty for the whole plan. */
  weeksAhead: string;
  reminders: string;
  link: string;
}

/** A rejected value: the reason, and its field. */
export type Rejection = Pick<InputError, "field" | "message">;

export type Reading =
  { options: ExportOptions; rejection: null } | { options: null; rejection: Rejection };

export function typedOf(options: ExportOptions): Typed {
  return {
    ...options,
    from: options.from ?? "",
    to: options.to ?? "",
    weeksAhead: options.weeksAhead === null ? "" : String(options.weeksAhead),
    reminders: options.reminders.join(", "),
    link: options.link ?? "",
  };
}

export function optionsOf(typed: Typed): Reading {
  const from = dateIn(typed.from.trim());
  const to = dateIn(typed.to.trim());
  for (const [field, text] of [
    ["first date", from],
    ["last date", to],
  ] as const) {
    if (text !== "" && parseDay(text) === null) {
      const message = `“${text}” isn’t a date. Enter one such as 2027-01-04, or leave the field empty.`;
      return { options: null, rejection: { field, message } };
    }
  }
  const reminders = readReminders(typed.reminders);
  if (!reminders) {
    const message = "Enter the reminders in minutes, such as 10, 60, or leave the field empty.";
    return { options: null, rejection: { field: "reminders", message } };
  }
  const weeks = typed.weeksAhead.trim();
  if (!/^\d{0,4}$/.test(weeks)) {
    const message = "Enter the weeks ahead as a number, such as 8, or leave the field empty.";
    return { options: null, rejection: { field: "weeks ahead", message } };
  }
  const link = typed.link.trim();
  const options = {
    ...typed,
    reminders,
    from: from === "" ? null : from,
    to: to === "" ? null : to,
    weeksAhead: weeks === "" ? null : Number(weeks),
    link: link === "" ? null : link,
  };
  return { options, rejection: null };
}

/** The value of each field of the title, by its name. */
export type Session = Record<"item" | "phase" | "plan" | "length", string>;

/** The title of a session's event. */
export function titleOf(pattern: string, session: Session): string {
  return pattern.replace(/\{([a-z]+)\}/g, (field, name: string) =>
    Object.hasOwn(session, name) ? session[name as keyof Session] : field,
  );
}
