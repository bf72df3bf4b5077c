// Generated from the kinds of changes by `UPDATE_TYPES=1 cargo test types`. Do not edit.

import type { Change } from "./types";

interface ChangeField {
  /** The change's own field that tells two fields of the page apart. */
  per: "item" | "phase" | null;
  /** Whether a later change replaces an earlier one of the same field that still waits. */
  isReplaced: boolean;
}

/** The field of the page that each kind of change belongs to. */
export const CHANGE_FIELDS: Readonly<Record<Change["kind"], ChangeField>> = {
  hours: { per: null, isReplaced: true },
  start: { per: null, isReplaced: true },
  zone: { per: null, isReplaced: true },
  days: { per: null, isReplaced: true },
  sessions: { per: null, isReplaced: true },
  target: { per: null, isReplaced: true },
  include: { per: "item", isReplaced: true },
  windows: { per: null, isReplaced: true },
  exception: { per: null, isReplaced: false },
  travel: { per: null, isReplaced: false },
  dayCap: { per: null, isReplaced: true },
  weekCap: { per: null, isReplaced: true },
  break: { per: null, isReplaced: true },
  buffer: { per: null, isReplaced: true },
  review: { per: null, isReplaced: true },
  reserve: { per: null, isReplaced: true },
  weekStart: { per: null, isReplaced: true },
  parallel: { per: null, isReplaced: true },
  frozen: { per: null, isReplaced: true },
  career: { per: null, isReplaced: true },
  known: { per: "item", isReplaced: true },
  priority: { per: "item", isReplaced: true },
  pin: { per: null, isReplaced: false },
  unpin: { per: "item", isReplaced: false },
  release: { per: null, isReplaced: true },
  notThisWeek: { per: null, isReplaced: true },
  swap: { per: null, isReplaced: false },
  leaveOut: { per: null, isReplaced: false },
  phaseTarget: { per: "phase", isReplaced: true },
  log: { per: "item", isReplaced: false },
  unlog: { per: null, isReplaced: false },
  estimate: { per: "item", isReplaced: true },
  done: { per: "item", isReplaced: true },
  doneWhen: { per: "item", isReplaced: true },
  notes: { per: "item", isReplaced: true },
  links: { per: "item", isReplaced: true },
  steps: { per: "item", isReplaced: true },
  tick: { per: "item", isReplaced: false },
  countSteps: { per: null, isReplaced: true },
  replan: { per: null, isReplaced: true },
  startAgain: { per: null, isReplaced: true },
  baseline: { per: null, isReplaced: false },
  dropBaseline: { per: null, isReplaced: false },
  busy: { per: null, isReplaced: false },
  dropBusy: { per: null, isReplaced: false },
  all: { per: null, isReplaced: false },
};
