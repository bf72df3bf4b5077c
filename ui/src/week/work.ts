// Changes to the work of sessions in the week: logging them, and setting them aside.

import type { AgendaView, Change } from "../bridge";
import { count } from "../words/amounts";
import { clock, formatDay } from "../words/dates";
import type { Carried } from "../carry/carry";
import { startOf } from "../carry/carry";
import type { Block, Day } from "./week";

/** Whether a session is still to come, so that it can be moved. */
export function isAhead({ state }: Block): boolean {
  return state === "planned";
}

/** Logs the rest of a session as done; null if it is done, or on a later day. */
export function doneChange(
  { line, from, to, state }: Block,
  days: readonly Day[],
  agenda: AgendaView,
): Change | null {
  const day = days.find(({ blocks }) =>
    blocks.some((each) => each.line.id === line.id && each.from === from),
  );
  if (!day || state === "done") return null;
  const start = `${formatDay(day.day)}T${clock(from)}`;
  const entry = { kind: "log", item: line.id, note: "", entry: null } as const;
  const known = [...agenda.today, ...agenda.missed].find(
    (session) => session.item === line.id && session.start === start,
  );
  if (known) {
    const minutes = String(known.minutes - known.doneMinutes);
    return { ...entry, start: known.begun, minutes };
  }
  return start <= agenda.now ? { ...entry, start, minutes: String(to - from) } : null;
}

/** Sets sessions aside: their time stays free, and their work waits. */
export function setAsideChange(sessions: readonly Carried[]): Change {
  const changes = sessions.map((each): Change => {
    const session = { item: each.item, start: startOf(each), minutes: each.to - each.from };
    return { kind: "setAside", session };
  });
  const [only, ...others] = changes;
  if (only && others.length === 0) return only;
  return { kind: "all", name: `${count(changes.length, "session")} set aside`, changes };
}
