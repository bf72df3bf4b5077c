// Common calendar providers, and what each needs for a sign-in.

export interface Provider {
  id: string;
  name: string;
  /** Its address, or its name if the shell knows the address; null if each user has another. */
  address: string | null;
  /** An example of the address, if it must be typed. */
  example?: string;
  /** The label of the user name. */
  user: string;
  /** The password that it requires, as a hint. */
  password: string;
}

export const PROVIDERS: readonly Provider[] = [
  {
    id: "icloud",
    name: "iCloud",
    address: "iCloud",
    user: "Email address of your Apple Account",
    password:
      "iCloud requires an app-specific password. Create one at account.apple.com under Sign-In and Security.",
  },
  {
    id: "fastmail",
    name: "Fastmail",
    address: "Fastmail",
    user: "Your full email address",
    password:
      "Fastmail requires an app password. Create one in its settings under Privacy & Security.",
  },
  {
    id: "nextcloud",
    name: "Nextcloud",
    address: null,
    example: "https://cloud.example.org",
    user: "User name",
    password:
      "We recommend an app password: create one in Nextcloud’s settings under Security. With two-factor sign-in you need one.",
  },
  {
    id: "other",
    name: "Another server",
    address: null,
    example: "https://calendar.example.org or Posteo",
    user: "User name",
    password:
      "The password that other calendar programs use (CalDAV). For mailbox.org, Posteo, GMX, WEB.DE and Yahoo the name is enough. Yahoo requires an app password.",
  },
];

/** Google's calendars: a sign-in in the browser takes the place of the password. */
export const GOOGLE = {
  address: "google",
  user: "Your email address at Google",
  client:
    "Google lets in only programs that it knows, so you register Waymark there once as your own client: the guide docs/google.md has the steps. While that client is in testing, Google ends each sign-in after seven days. Nobody has been able to try this with Google itself yet.",
  create:
    "Google doesn’t let programs create calendars. Create one at calendar.google.com, under “Other calendars”, then select Look again.",
} as const;
