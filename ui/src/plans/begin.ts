// The first content of the window after it has opened another plan: the same view, and a report.

import type { ViewName } from "../bridge";
import type { Told } from "./plans.svelte";

export interface Begin {
  view: ViewName;
  told: Told | null;
}
