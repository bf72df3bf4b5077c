// What a session's state is called.

import type { State } from "../bridge";

export const STATE_NAMES: Record<State, string> = {
  done: "done",
  part: "done in part",
  missed: "missed",
  due: "on now",
  planned: "planned",
  freed: "freed",
};
