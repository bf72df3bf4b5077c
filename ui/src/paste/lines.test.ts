import { expect, test } from "vitest";
import { lineOf, rangeOf } from "./lines";

test("a line has its start and its end", () => {
  const text = "# A\n\n- Git";
  const line = (number: number) => {
    const { start, end } = rangeOf(text, number);
    return text.slice(start, end);
  };
  expect([1, 2, 3, 4].map(line)).toEqual(["# A", "", "- Git", ""]);
});

test("a sentence names its line", () => {
  expect(lineOf("Line 12: “x” can’t be used.")).toBe(12);
  expect(lineOf("The text is empty.")).toBe(null);
});
