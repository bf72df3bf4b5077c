// Reminders as they are typed: minutes, such as "10, 60".

/** The minutes, `null` where something else stands there. Nothing is no reminder. */
export function readReminders(typed: string): number[] | null {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== "");
  return parts.every((part) => /^\d{1,5}$/.test(part)) ? parts.map(Number) : null;
}
