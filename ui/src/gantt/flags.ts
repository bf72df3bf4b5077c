// The flags on the time axis: today and the target date. They have their own lane, so they never
// cover a label.

export interface Flag {
  kind: "today" | "target";
  label: string;
  /** The position of its line, in pixels. */
  at: number;
}

export interface PlacedFlag extends Flag {
  /** Its left edge. */
  x: number;
  width: number;
}

/** A line of the chart with its words; `at` is null if it is off the sheet. */
interface NamedLine {
  label: string;
  at: number | null;
}

/** For a wide font of 10.5 pixels. */
const CHARACTER = 6.6;
const PADDING = 14;
const GAP = 4;

/**
 * Centres each flag on its line, within the sheet and after the flag before it. Flags without room
 * are left out.
 */
export function placedFlags(flags: Flag[], width: number): PlacedFlag[] {
  const placed: PlacedFlag[] = [];
  let end = 0;
  for (const flag of [...flags].sort((a, b) => a.at - b.at)) {
    const own = Math.ceil(flag.label.length * CHARACTER + PADDING);
    const x = Math.max(Math.min(flag.at - own / 2, width - own), end);
    if (x + own > width) continue;
    placed.push({ ...flag, x, width: own });
    end = x + own + GAP;
  }
  return placed;
}

/** The flags of today and of the target date, `minutes` after the plan's start. */
export function flagsOf(
  today: NamedLine,
  target: NamedLine,
  minutes: number | null,
  width: number,
): PlacedFlag[] {
  const flags: Flag[] = [];
  if (today.at !== null) flags.push({ kind: "today", label: today.label, at: today.at });
  if (target.at !== null) flags.push({ kind: "target", label: target.label, at: target.at });
  else if (minutes !== null) {
    // Far outside the plan it is told at the edge.
    const isLater = minutes > 0;
    const label = isLater ? `${target.label} ›` : `‹ ${target.label}`;
    flags.push({ kind: "target", label, at: isLater ? width : 0 });
  }
  return placedFlags(flags, width);
}
