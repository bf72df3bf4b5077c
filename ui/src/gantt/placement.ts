// Where a box stands that hangs on something: below it, or above where there is no room; never off the screen.

import type { Anchor } from "./viewport.svelte";

const GAP = 6;
const EDGE = 8;

export interface Size {
  width: number;
  height: number;
}

export function placed(anchor: Anchor, box: Size, screen: Size): { left: number; top: number } {
  const left = Math.max(Math.min(anchor.left, screen.width - box.width - EDGE), EDGE);
  const below = anchor.bottom + GAP;
  if (below + box.height + EDGE <= screen.height) return { left, top: below };
  const above = anchor.top - GAP - box.height;
  const lowest = screen.height - box.height - EDGE;
  return { left, top: Math.max(above >= EDGE ? above : lowest, EDGE) };
}
