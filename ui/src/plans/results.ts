// The plans that the palette finds, to be opened.

import type { Result } from "../commands/Palette.svelte";
import { found } from "../commands/search";
import type { Plans } from "./plans.svelte";

export function planResults(query: string, plans: Pick<Plans, "shelf" | "open">): Result[] {
  if (query.trim() === "") return [];
  const others = plans.shelf?.plans.filter(({ isOpen }) => !isOpen) ?? [];
  const entries = others.map(({ id, title, isArchived }) => ({
    id,
    name: `Open “${title}”`,
    words: "plan switch",
    kind: isArchived ? "Archived plan" : "Plan",
  }));
  return found(query, entries).map(({ id, name, kind }) => ({
    id: `plan ${id}`,
    name,
    kind,
    run: () => plans.open(id),
  }));
}
