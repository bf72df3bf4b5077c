import { expect, test } from "vitest";
import { hourHeight, leastHeight, titleLines } from "./heights";

test("hours are as high as the area gives, and at least high enough to read", () => {
  expect(hourHeight(0, 14)).toBe(36);
  expect(hourHeight(leastHeight(14), 14)).toBe(36);
  expect(hourHeight(leastHeight(14) + 140, 14)).toBe(46);
});

test("a title has the whole lines that fit above the time, or stands beside it", () => {
  const lines = (minutes: number, hour: number) =>
    titleLines({ from: 540, to: 540 + minutes }, hour);
  expect(lines(45, 36)).toBe(0);
  expect(lines(60, 36)).toBe(1);
  expect(lines(90, 36)).toBe(2);
  expect(lines(240, 36)).toBe(7);
  expect(lines(30, 80)).toBe(1);
});
