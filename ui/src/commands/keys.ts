// Keys as the table of commands writes them, such as "Mod+Shift+Z".

const NAMES: Readonly<Record<string, string>> = {
  "page up": "pageup",
  "page down": "pagedown",
};

const isMac = () => typeof navigator !== "undefined" && navigator.userAgent.includes("Mac OS");

function partsOf(key: string): string[] {
  return key === "+" ? [key] : key.split("+");
}

/** Whether a key press is the key of a command. */
export function isKey(
  key: string,
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): boolean {
  const parts = partsOf(key);
  const last = (parts.at(-1) ?? "").toLowerCase();
  if (event.key.toLowerCase() !== (NAMES[last] ?? last)) return false;
  if ((event.ctrlKey || event.metaKey) !== parts.includes("Mod")) return false;
  if (event.altKey !== parts.includes("Alt")) return false;
  // A single letter or sign is the same with Shift: some keyboards need it for a sign.
  const isSingle = parts.length === 1 && last.length === 1;
  return isSingle || event.shiftKey === parts.includes("Shift");
}

/** The key as people read it: "Ctrl + K", or "⌘K" on a Mac. */
export function keyName(key: string, mac = isMac()): string {
  const parts = partsOf(key).map((part) => (part === "-" ? "−" : part));
  if (!mac) return parts.map((part) => (part === "Mod" ? "Ctrl" : part)).join(" + ");
  const signs: Readonly<Record<string, string>> = { Mod: "⌘", Shift: "⇧", Alt: "⌥" };
  return parts.map((part) => signs[part] ?? part).join("");
}

/** The key for `aria-keyshortcuts`: "Control+K". */
export function ariaKey(key: string, mac = isMac()): string {
  return key.replace("Mod", mac ? "Meta" : "Control").replace("Page ", "Page");
}
