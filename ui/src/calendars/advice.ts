// Instructions for each calendar program and way, and what the program ignores. docs/calendar.md
// gives the sources.

import type { Way } from "../bridge";

export interface Advice {
  program: string;
  /** How to get the plan into a separate calendar there. */
  steps: string;
  /** The steps after the plan changes. */
  again?: string;
  /** Event details that the program does not import. */
  ignores?: string;
}

const FRESH =
  "Save the whole plan for a new, empty calendar, import it, and delete the old calendar.";

export const ADVICE: Record<Way["kind"], readonly Advice[]> = {
  files: [
    {
      program: "Google",
      steps:
        "On the web: Settings → Add calendar → Create new calendar. Then Import & export → Import. Select the file and the new calendar.",
      again: `Changes sometimes don’t show. The safe way: ${lower(FRESH)}`,
      ignores:
        "reminders and colours. Set a default reminder for the calendar. For colours, save one file per phase and import each into its own calendar.",
    },
    {
      program: "Apple",
      steps: "File → New Calendar. Then File → Import… Select the file and the new calendar.",
      again: `Some versions skip events they already have. The safe way: ${lower(FRESH)}`,
      ignores: "colours. Save one file per phase and import each into its own calendar.",
    },
    {
      program: "Outlook",
      steps: "Add calendar → Upload from file. Select the file and a new calendar.",
      again: lower(FRESH),
      ignores: "colours, except those you assign to the categories.",
    },
    {
      program: "Thunderbird",
      steps: "File → New → Calendar. Then Events and Tasks → Import.",
      again: `Thunderbird skips events it already has. ${FRESH} Or use a file kept up to date.`,
      ignores: "nothing.",
    },
    {
      program: "Others",
      steps: "Create a new calendar and import the file into it.",
      again:
        "Evolution and khal import the changes. In Evolution, import the removals afterwards. For Nextcloud, use a calendar on a server. calcurse duplicates everything unless you start with a new calendar.",
      ignores: "mostly colours.",
    },
  ],
  live: [
    {
      program: "Thunderbird",
      steps: "New Calendar → On the Network. Enter the address of the file.",
      again: "nothing. Thunderbird replaces the whole calendar, so no old events remain.",
      ignores: "nothing.",
    },
    {
      program: "Google",
      steps:
        "Google’s servers fetch the file, so it needs an address on the web. In Google Calendar: Other calendars → From URL.",
      again: "Google refreshes it every 8 to 24 hours. You can’t refresh it sooner.",
      ignores: "reminders and colours.",
    },
    {
      program: "Apple",
      steps:
        "The file needs an address, for example in a folder on the web. Then File → New Calendar Subscription…",
      again: "It refreshes as often as you choose there.",
      ignores:
        "reminders, unless you clear “Remove: Alerts” there, and colours of single events.",
    },
    {
      program: "Outlook",
      steps:
        "The file needs an address on the web. In Outlook: Add calendar → Subscribe from web.",
      again: "It refreshes automatically; you can’t set how often.",
      ignores: "colours, except those you assign to the categories.",
    },
  ],
  server: [
    {
      program: "Apple",
      steps:
        "A calendar on iCloud appears on your Apple devices automatically. For another server: Settings → Calendar Accounts → Add Account → Other, CalDAV.",
      again: "Sync. If you move or delete a session there, the next sync picks it up.",
      ignores: "colours of single events.",
    },
    {
      program: "Thunderbird",
      steps: "New Calendar → On the Network. Enter your user name and the same address.",
      again: "Sync. If you move or delete a session there, the next sync picks it up.",
      ignores: "nothing.",
    },
    {
      program: "Google",
      steps:
        "Google takes a sign-in in your browser, with a client of your own: docs/google.md has the steps. Files to import, or a file kept up to date, work without one.",
    },
    {
      program: "Outlook",
      steps: "Outlook doesn’t support CalDAV. Use files to import, or a file kept up to date.",
    },
  ],
};

function lower(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
