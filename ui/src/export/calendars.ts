// What to do in each calendar, and what it makes of a file. docs/calendar.md says how this is known.

export interface Calendar {
  name: string;
  /** How a file gets into a calendar of its own. */
  steps: string;
  /** What is best once the plan has changed. */
  again: string;
  /** What it leaves out. */
  ignores: string;
}

export const CALENDARS: readonly Calendar[] = [
  {
    name: "Google",
    steps:
      "On the web: Settings → Add calendar → Create new calendar. Then Import & export → Import: choose the file and the new calendar.",
    again:
      "Some see updates, some see nothing. The sure way: a fresh export into a new calendar; delete the old one.",
    ignores:
      "Reminders and colours of imported files. Set a default reminder for the calendar; for colours, write a file for each phase.",
  },
  {
    name: "Apple",
    steps: "File → New Calendar. Then File → Import…: choose the file and the new calendar.",
    again:
      "Some versions skip what they know already. The sure way: a fresh export into a new calendar; delete the old one.",
    ignores:
      "Colours of events. Write a file for each phase, and give each calendar its colour.",
  },
  {
    name: "Outlook",
    steps: "Add calendar → Upload from file: choose the file and a new calendar.",
    again: "The sure way: a fresh export into a new calendar; delete the old one.",
    ignores: "Colours, but for those of categories.",
  },
  {
    name: "Thunderbird",
    steps: "File → New → Calendar. Then Events and Tasks → Import.",
    again:
      "It skips what it knows already. Better: keep a file up to date, and subscribe to it as a calendar on the network.",
    ignores: "Nothing that Waymark writes.",
  },
];
