// Calendar servers that people have, and what each wants to be told.

export interface Provider {
  id: string;
  name: string;
  /** Its address, or the name by which the shell knows it; none where everybody has another. */
  address: string | null;
  /** How such an address looks, where it has to be typed. */
  example?: string;
  /** What the user is called there. */
  user: string;
  /** Which password it wants. */
  password: string;
}

export const PROVIDERS: readonly Provider[] = [
  {
    id: "icloud",
    name: "iCloud",
    address: "iCloud",
    user: "The e-mail address of your Apple Account",
    password:
      "iCloud wants a password made for one app, not your own. You make it on account.apple.com, under Sign-In and Security.",
  },
  {
    id: "fastmail",
    name: "Fastmail",
    address: "Fastmail",
    user: "Your whole e-mail address",
    password:
      "Fastmail wants a password made for one app, not your own. You make it in its settings, under Privacy & Security.",
  },
  {
    id: "nextcloud",
    name: "Nextcloud",
    address: null,
    example: "https://cloud.example.org",
    user: "Your name there",
    password:
      "Your password there, or better one made for one app: in its settings, under Security. With two-factor sign-in you need that one.",
  },
  {
    id: "other",
    name: "Another server",
    address: null,
    example: "https://calendar.example.org or Posteo",
    user: "Your name there",
    password:
      "The password that other calendar programs use for it (CalDAV). mailbox.org, Posteo, GMX, WEB.DE and Yahoo are found by their names; Yahoo wants a password made for one app.",
  },
];

/** Why the one that most people have is not among them. */
export const NO_GOOGLE =
  "Google lets programs into its calendars only through a sign-in of its own, which Waymark does not have. Choose “Files to import” above.";
