// The report of what was done, or an error.

import type { Told } from "../plans/plans.svelte";

export interface Report {
  message: string;
  isProblem: boolean;
  /** The change of the list of plans that it reports, with a way back. */
  told?: Told;
}

export function reportOf(told: Told): Report {
  return { message: told.message, isProblem: false, told };
}
