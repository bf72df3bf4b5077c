// Names of calendars.

import type { Calendar, Way } from "../bridge";

/** The name, with a number after it if another calendar already has it. */
export function freeName(wanted: string, calendars: readonly Calendar[]): string {
  const taken = new Set(calendars.map((calendar) => calendar.name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name)) return name;
  }
}

/** How a calendar gets the plan, in a few words. */
export function wayOf(way: Way): string {
  switch (way.kind) {
    case "files":
      return "Files to import";
    case "live":
      return "A file kept up to date";
    case "server":
      return `On ${hostOf(way.address)}`;
  }
}

/** The server's name in an address, as a person may have typed it. */
export function hostOf(address: string): string {
  return address
    .trim()
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/\/.*$/, "");
}
