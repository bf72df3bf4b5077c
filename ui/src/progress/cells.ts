// The cells of a picture: the one under the pointer, and the next one by keys.

import type { Picture, PictureCell } from "../bridge";

/** The index of the cell at a place in the picture; null if there is none. */
export function cellAt(cells: readonly PictureCell[], x: number, y: number): number | null {
  const found = cells.findIndex(
    (cell) => x >= cell.x && x < cell.x + cell.width && y >= cell.y && y < cell.y + cell.height,
  );
  return found < 0 ? null : found;
}

/** The index of the cell that a key leads to; null if the key means nothing here. */
export function stepped(
  { cells, stride }: Pick<Picture, "cells" | "stride">,
  at: number,
  key: string,
): number | null {
  const last = cells.length - 1;
  const within = (next: number) => (next < 0 || next > last ? at : next);
  const isGrid = stride > 1;
  switch (key) {
    case "ArrowRight":
      return within(at + stride);
    case "ArrowLeft":
      return within(at - stride);
    case "ArrowDown":
      return isGrid ? within(at + 1) : null;
    case "ArrowUp":
      return isGrid ? within(at - 1) : null;
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
