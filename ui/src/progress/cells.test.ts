import { expect, test } from "vitest";
import { cellAt, stepped } from "./cells";

const cell = (x: number, y: number) => ({ x, y, width: 10, height: 10, label: `${x},${y}` });

/** Two columns of two days. */
const days = { cells: [cell(0, 0), cell(0, 12), cell(12, 0), cell(12, 12)], stride: 2 };

test("a cell is found under the pointer, and none between cells", () => {
  expect(cellAt(days.cells, 5, 15)).toBe(1);
  expect(cellAt(days.cells, 12, 0)).toBe(2);
  expect(cellAt(days.cells, 11, 5)).toBeNull();
});

test("arrows move by day and by week, and stay inside", () => {
  expect(stepped(days, 0, "ArrowDown")).toBe(1);
  expect(stepped(days, 0, "ArrowRight")).toBe(2);
  expect(stepped(days, 3, "ArrowLeft")).toBe(1);
  expect(stepped(days, 3, "ArrowRight")).toBe(3);
  expect(stepped(days, 0, "ArrowUp")).toBe(0);
  expect(stepped(days, 1, "End")).toBe(3);
  expect(stepped(days, 1, "Home")).toBe(0);
});

test("a row of weeks leaves up and down to scrolling", () => {
  const weeks = { cells: days.cells, stride: 1 };
  expect(stepped(weeks, 1, "ArrowRight")).toBe(2);
  expect(stepped(weeks, 1, "ArrowDown")).toBeNull();
  expect(stepped(weeks, 1, "a")).toBeNull();
});
