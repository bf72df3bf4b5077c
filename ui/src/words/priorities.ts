// What comes first, in words: a higher number before a lower one.

export const PRIORITIES: { value: number; text: string }[] = [
  { value: 2, text: "first of all" },
  { value: 1, text: "sooner" },
  { value: 0, text: "as in the roadmap" },
  { value: -1, text: "later" },
  { value: -2, text: "last of all" },
];

export function priorityName(priority: number): string {
  return PRIORITIES.find(({ value }) => value === priority)?.text ?? String(priority);
}
