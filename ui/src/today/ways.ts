// The ways from Today to other parts of the window.

import type { AgendaSession } from "../bridge";

export interface Ways {
  goToPlan: () => void;
  goToRoadmap: () => void;
  setTarget: () => void;
  openCalendars: () => void;
  /** Shows a session in its week, where it can be moved. */
  goToSession: (session: AgendaSession) => void;
  /** Opens the recovery options. */
  seeOptions: () => void;
}
