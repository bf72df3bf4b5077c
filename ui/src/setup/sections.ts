// The sections of Setup, in their order.

import type { InputError } from "../bridge";
import type { Planner } from "../planner/planner.svelte";

export const SECTIONS = [
  { id: "plan", name: "Start and sessions" },
  { id: "windows", name: "Study times" },
  { id: "exceptions", name: "Time off" },
  { id: "busy", name: "Busy times" },
  { id: "limits", name: "Limits" },
  { id: "journeys", name: "Travel" },
  { id: "look", name: "Theme and dates" },
] as const;

/** The error of a field in the first section, which shows it. */
export function problemInSetup(planner: Planner): InputError | null {
  const problems = ["start", "zone", "sessions"].map((field) => planner.problemOf(field));
  return problems.find((problem) => problem !== null) ?? null;
}

export type SectionId = (typeof SECTIONS)[number]["id"];
