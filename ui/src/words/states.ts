// What a session's state is called.

import type { SessionState } from "../bridge";

export const STATE_NAMES: Record<SessionState, string> = {
  done: "done",
  part: "done in part",
  missed: "missed",
  due: "on now",
  planned: "planned",
  freed: "freed",
};
