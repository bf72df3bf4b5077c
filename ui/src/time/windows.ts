// Weekly windows as they are edited. Times are text, which the core parses.

import type { Weekday, WindowEntry } from "../bridge";

const USUAL = { from: "19:00", to: "20:30" };

/** The windows with another one on this day: after its last one, or at the time of the others. */
export function withAnother(windows: WindowEntry[], day: Weekday): WindowEntry[] {
  const last = windows.filter((window) => window.day === day).at(-1);
  const next = last ? after(last.to) : null;
  const { from, to } = next ?? windows[0] ?? USUAL;
  return last && !next ? windows : [...windows, { day, from, to }];
}

export function withTimes(
  windows: WindowEntry[],
  at: number,
  times: Partial<Pick<WindowEntry, "from" | "to">>,
): WindowEntry[] {
  return windows.map((window, index) => (index === at ? { ...window, ...times } : window));
}

export function without(windows: WindowEntry[], at: number): WindowEntry[] {
  return windows.filter((_, index) => index !== at);
}

/** An hour that begins half an hour after a window's end; null if the day is too short. */
function after(to: string): { from: string; to: string } | null {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(to.trim());
  if (!parts) return null;
  const start = Number(parts[1]) * 60 + Number(parts[2]) + 30;
  return start + 60 <= 24 * 60 ? { from: clock(start), to: clock(start + 60) } : null;
}

function clock(minutes: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
