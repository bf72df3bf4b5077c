// What to do in each calendar program for each way, and what it leaves out. docs/calendar.md says how this is known.

import type { Way } from "../bridge";

export interface Advice {
  program: string;
  /** How the plan gets into a calendar of its own there. */
  steps: string;
  /** What is best once the plan has changed. */
  again?: string;
  /** What it leaves out. */
  ignores?: string;
}

const FRESH =
  "Write everything for a new and empty calendar, import that, and delete the old one.";

export const ADVICE: Record<Way["kind"], readonly Advice[]> = {
  files: [
    {
      program: "Google",
      steps:
        "On the web: Settings → Add calendar → Create new calendar. Then Import & export → Import: choose the file and the new calendar.",
      again: `Some see what has changed, some see nothing. The sure way: ${lower(FRESH)}`,
      ignores:
        "Reminders and colours. Set a default reminder for the calendar; for colours, write a file for each phase, each into a calendar of its own.",
    },
    {
      program: "Apple",
      steps: "File → New Calendar. Then File → Import…: choose the file and the new calendar.",
      again: `Some versions skip what they know already. The sure way: ${lower(FRESH)}`,
      ignores: "Colours. Write a file for each phase, each into a calendar of its own.",
    },
    {
      program: "Outlook",
      steps: "Add calendar → Upload from file: choose the file and a new calendar.",
      again: `The sure way: ${lower(FRESH)}`,
      ignores: "Colours, but for those that you give to the categories.",
    },
    {
      program: "Thunderbird",
      steps: "File → New → Calendar. Then Events and Tasks → Import.",
      again: `It skips what it knows already. ${FRESH} Or use a file kept up to date.`,
      ignores: "Nothing that Waymark writes.",
    },
    {
      program: "Others",
      steps: "Make a new calendar, and import the file into it.",
      again:
        "Evolution and khal take what has changed; in Evolution, import after that what was removed. For Nextcloud, a calendar on a server is better. calcurse has everything twice unless you begin anew.",
      ignores: "Mostly colours.",
    },
  ],
  live: [
    {
      program: "Thunderbird",
      steps: "New Calendar → On the Network, and give the address of the file.",
      again: "It takes each version for the whole calendar: nothing stale stays.",
      ignores: "Nothing that Waymark writes.",
    },
    {
      program: "Google",
      steps:
        "Its servers fetch the file, so that it must be in a folder that has an address on the web. There: Other calendars → From URL.",
      again: "It looks again after 8 to 24 hours, and cannot be made to look sooner.",
      ignores: "Reminders and colours.",
    },
    {
      program: "Apple",
      steps:
        "The file must have an address, such as that of a folder on the web. Then File → New Calendar Subscription…",
      again: "It looks again as often as you choose there.",
      ignores: "Reminders, unless you untick “Remove: Alerts” there; colours of single events.",
    },
    {
      program: "Outlook",
      steps:
        "The file must have an address on the web. There: Add calendar → Subscribe from web.",
      again: "It looks again by itself; how often is not for you to say.",
      ignores: "Colours, but for those that you give to the categories.",
    },
  ],
  server: [
    {
      program: "Apple",
      steps:
        "What is on iCloud shows on your Apple devices by itself. Of another server: Settings → Calendar Accounts → Add Account → Other, CalDAV.",
      again: "Sync. Move or delete a session there, and the next sync hears of it.",
      ignores: "Colours of single events.",
    },
    {
      program: "Thunderbird",
      steps: "New Calendar → On the Network: give your name and the same address.",
      again: "Sync. Move or delete a session there, and the next sync hears of it.",
      ignores: "Nothing that Waymark writes.",
    },
    {
      program: "Google",
      steps:
        "Google does not let Waymark into its calendars. Use files to import, or a file kept up to date.",
    },
    {
      program: "Outlook",
      steps:
        "Outlook by itself speaks to no such server. Use files to import, or a file kept up to date.",
    },
  ],
};

function lower(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
