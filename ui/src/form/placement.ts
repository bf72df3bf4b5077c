// Places a box that belongs to something on the screen: below it, or above it if there is no room
// below, and never off the screen.

const GAP = 6;
const EDGE = 8;

/** The place the box belongs to, in pixels of the window. */
export interface Anchor {
  left: number;
  top: number;
  bottom: number;
}

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
