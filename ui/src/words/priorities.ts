// Priorities in words. A higher number comes first.

export const PRIORITIES: { value: number; text: string }[] = [
  { value: 2, text: "first" },
  { value: 1, text: "sooner" },
  { value: 0, text: "as in the roadmap" },
  { value: -1, text: "later" },
  { value: -2, text: "last" },
];

export function priorityName(priority: number): string {
  return PRIORITIES.find(({ value }) => value === priority)?.text ?? String(priority);
}
