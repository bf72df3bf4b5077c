import type { PhaseRow } from "../bridge";
import { PHASE_COLOURS } from "../bridge/palette";

/** The number of a phase's colour in the palette, from 1: the class `hue-1` and so on. */
export function hueOf({ number }: Pick<PhaseRow, "number">): number {
  return (Math.max(number - 1, 0) % PHASE_COLOURS) + 1;
}
