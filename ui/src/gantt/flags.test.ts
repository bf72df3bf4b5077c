import { expect, test } from "vitest";
import type { Flag } from "./flags";
import { placedFlags } from "./flags";

const today = (at: number): Flag => ({ kind: "today", label: "Today, 24 Nov", at });
const target = (at: number): Flag => ({ kind: "target", label: "Target, 31 Dec", at });

test("a flag is centred on its line but never off the sheet", () => {
  const [inside] = placedFlags([today(400)], 900);
  expect((inside?.x ?? 0) + (inside?.width ?? 0) / 2).toBeCloseTo(400, 0);
  expect(placedFlags([today(0)], 900)[0]?.x).toBe(0);
  const [last] = placedFlags([today(899)], 900);
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBe(900);
});

test("two flags never overlap", () => {
  for (let at = 0; at <= 900; at += 7) {
    const placed = placedFlags([today(450), target(at)], 900);
    const [first, second] = placed;
    if (first && second) expect(first.x + first.width).toBeLessThan(second.x);
    expect(placed.length).toBeGreaterThan(0);
    for (const { x, width } of placed) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(900);
    }
  }
});
