// The meanings of a line, each with its key.

import type { Meaning } from "../bridge";

export interface MeaningKey {
  meaning: Meaning;
  key: string;
  name: string;
}

export const MEANINGS: readonly MeaningKey[] = [
  { meaning: "title", key: "t", name: "Title" },
  { meaning: "phase", key: "p", name: "Phase" },
  { meaning: "group", key: "g", name: "Group" },
  { meaning: "item", key: "i", name: "Item" },
  { meaning: "optional", key: "o", name: "Optional" },
  { meaning: "outcome", key: "u", name: "Outcome" },
  { meaning: "link", key: "l", name: "Link" },
  { meaning: "note", key: "n", name: "Note" },
  { meaning: "reference", key: "r", name: "Reference" },
  { meaning: "left-out", key: "x", name: "Left out" },
  { meaning: "layout", key: "", name: "" },
];

export function nameOf(meaning: Meaning): string {
  return MEANINGS.find((each) => each.meaning === meaning)?.name ?? "";
}

/** The meaning of a key; undefined if the key has none. */
export function meaningOf(key: string): Meaning | undefined {
  return MEANINGS.find((each) => each.key !== "" && each.key === key.toLowerCase())?.meaning;
}
