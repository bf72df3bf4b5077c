// Names of a session's states.

import type { SessionState } from "../bridge";

export const STATE_NAMES: Record<SessionState, string> = {
  done: "done",
  part: "partly done",
  missed: "missed",
  due: "on now",
  planned: "planned",
  freed: "freed",
};
