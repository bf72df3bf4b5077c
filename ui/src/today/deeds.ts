// Changes that Today makes with one press.

import type { AgendaSession, AgendaView, Change } from "../bridge";
import { count } from "../words/amounts";

/** Logs the rest of a session as done. */
export function doneChange({ item, begun, minutes, doneMinutes }: AgendaSession): Change {
  const left = String(minutes - doneMinutes);
  return { kind: "log", item, start: begun, minutes: left, note: "", entry: null };
}

/** Logs the rest of several sessions, as planned, in one step. */
export function allDoneChange(sessions: readonly AgendaSession[]): Change {
  const changes = sessions.map(doneChange);
  return {
    kind: "all",
    name: `${count(changes.length, "session")} logged as planned`,
    changes,
  };
}

/** Today's sessions that have begun and aren't done. */
export function openToday({ today, now }: AgendaView): AgendaSession[] {
  return today.filter(({ state, start }) => state !== "done" && start <= now);
}

/** The session moved to tonight; null if tonight is over, or it is today anyway. */
export function tonightChange(
  session: AgendaSession,
  { now, date }: AgendaView,
): Change | null {
  const start = `${date}T19:00`;
  if (now >= start || session.start.slice(0, 10) === date) return null;
  const { item, minutes } = session;
  return { kind: "pin", pin: { item, start, minutes }, instead: session.start };
}
