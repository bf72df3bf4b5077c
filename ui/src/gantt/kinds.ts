import type { ItemKind } from "../bridge";

/** A glyph for each kind of item: strokes in a 16 by 16 box. */
export const GLYPHS: Record<ItemKind, string> = {
  topic:
    "M3 3.5h4.2a1 1 0 0 1 .8.5 1 1 0 0 1 .8-.5H13v9H9a1 1 0 0 0-1 .8 1 1 0 0 0-1-.8H3zM8 4v9",
  tool: "M10.5 2.8a3.2 3.2 0 0 0-3 4.3L3 11.6 4.4 13l4.5-4.5a3.2 3.2 0 0 0 4.2-4L11 6.4 9.6 5l2-2a3 3 0 0 0-1.1-.2z",
  project: "M8 2.5 13 5.2v5.6L8 13.5l-5-2.7V5.2zM3 5.2l5 2.7 5-2.7M8 7.9v5.6",
  certification:
    "M8 2.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM5.8 8.8 5 13.5l3-1.6 3 1.6-.8-4.7",
  portfolio: "M2.5 5.5h11v7h-11zM6 5.5V3.6h4v1.9M2.5 8.8h11",
  skill: "m8 2.6 1.6 3.4 3.8.5-2.8 2.6.7 3.7L8 11l-3.3 1.8.7-3.7L2.6 6.5 6.4 6z",
  question:
    "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM6.4 6.4A1.6 1.6 0 1 1 8 8.2v.9M8 11v.4",
  trend: "m2.5 11.5 3.6-4 2.6 2.4 4.4-5.4M9.8 4.5h3.3v3.2",
};
