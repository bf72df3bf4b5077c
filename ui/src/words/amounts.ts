// Amounts in words.

/** "7 h 30 min", "45 min", "12 h" */
export function effort(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${thousands(hours)} h` : `${thousands(hours)} h ${rest} min`;
}

/**
 * "7.5 h" if there is room for a short figure only. Minutes that aren't quarters of an hour are as
 * everywhere else, "8 h 10 min": rounded, the same figure would read in two ways.
 */
export function shortEffort(minutes: number): string {
  return minutes % 15 === 0 ? `${hours(minutes / 60)} h` : effort(minutes);
}

/** "10", "7.5", "7.25", "1,240" */
export function hours(value: number): string {
  return thousands(Math.round(value * 100) / 100);
}

/** Hours as people type them: "7.5", "7,5", "7 h 30 min" or "7:30". NaN if it isn't a number. */
export function hoursIn(text: string): number {
  const plain = text.trim().replace(",", ".");
  const parts = /^(\d+)\s*[h:]\s*(?:(\d+)\s*(?:min)?)?$/.exec(plain);
  if (parts) return Number(parts[1]) + Number(parts[2] ?? 0) / 60;
  return plain === "" ? Number.NaN : Number(plain);
}

/** Hours to edit: "7.5", and "7 h 20 min" if they aren't quarters. */
export function hoursText(hours: number): string {
  return Number.isInteger(hours * 4) ? String(hours) : effort(hours * 60);
}

/** "1 session", "5 sessions" */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${thousands(number)} ${number === 1 ? one : many}`;
}

/** "Start date" of "start date". */
export function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A shift of a date: "6 weeks earlier", "3 days later", "" for none. */
export function shift(days: number): string {
  if (days === 0) return "";
  const size = Math.abs(days);
  const amount = size < 14 ? count(size, "day") : count(Math.round(size / 7), "week");
  return `${amount} ${days < 0 ? "earlier" : "later"}`;
}

function thousands(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
