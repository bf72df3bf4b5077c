// The commands that can be run now. A component offers those of its own while it is mounted.

import { onMount } from "svelte";
import type { CommandId, Entry } from "./table";
import { TABLE } from "./table";
import { isKey } from "./keys";

/** Carries out a command. False, or a promise of it, means that the core rejected it. */
export type Run = () => unknown;

/** The commands of a component; null for one that can't be run now. */
export type Offer = { [Id in CommandId]?: Run | { name: string; run: Run } | null };

export interface Command extends Entry {
  run: Run;
}

let offers: { list: () => Offer }[] = $state.raw([]);

/** Offers commands, and runs them by their keys, while the component is mounted. */
export function offer(list: () => Offer): void {
  const mine = { list };
  onMount(() => {
    if (offers.length === 0) addEventListener("keydown", keydown);
    offers = [...offers, mine];
    return () => {
      offers = offers.filter((each) => each !== mine);
      if (offers.length === 0) removeEventListener("keydown", keydown);
    };
  });
}

/** All commands that can be run now, in the order of the table. */
export function commands(): Command[] {
  const all: Offer = Object.assign({}, ...offers.map(({ list }) => list())) as Offer;
  return TABLE.flatMap((entry: Entry): Command[] => {
    const given = all[entry.id as CommandId];
    if (!given) return [];
    return [typeof given === "function" ? { ...entry, run: given } : { ...entry, ...given }];
  });
}

/** Runs a command, if it can be run now. */
export function run(id: CommandId): void {
  void commands()
    .find((command) => command.id === id)
    ?.run();
}

/** Text fields have keys of their own, and so do dialogs. */
const TYPING = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select";
const ELSEWHERE = "input, textarea, select, dialog, [role=dialog]";

function keydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const on = event.target instanceof Element ? event.target : document.body;
  if (document.querySelector("dialog[data-covers]")) return;
  const isPlain = !event.ctrlKey && !event.metaKey && event.key.length === 1;
  const found = commands().find(
    ({ keys, inFields }) =>
      keys?.some((key) => isKey(key, event)) &&
      !on.closest(isPlain ? ELSEWHERE : inFields ? "dialog" : TYPING),
  );
  if (!found) return;
  event.preventDefault();
  void found.run();
}
