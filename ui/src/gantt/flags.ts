// The flags on the time axis that name a day: today, and the target date. They have a lane of their own, so that they never cover a label.

export interface Flag {
  kind: "today" | "target";
  label: string;
  /** Where its line stands. */
  at: number;
}

export interface PlacedFlag extends Flag {
  /** Its left edge. */
  x: number;
  width: number;
}

/** Of a 10.5 pixel font that runs wide. */
const CHARACTER = 6.6;
const PADDING = 14;
const GAP = 4;

/** Each flag in the middle of its line, but inside the sheet and beside the one before it; what has no room is left out. */
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
