import { expect, test } from "vitest";
import type { EntryView } from "../bridge";
import { dayOf } from "../words/dates";
import type { Period } from "./filter";
import { filtered } from "./filter";

const entry = (id: number, title: string, start: string, note = ""): EntryView => ({
  id,
  item: title.toLowerCase(),
  title,
  start,
  minutes: 60,
  note,
});

const entries = [
  entry(3, "Python", "2027-03-02T19:00", "chapter 3"),
  entry(2, "Linux", "2027-02-20T19:00"),
  entry(1, "Python", "2027-01-04T19:00"),
];

const ids = (words: string, period: Period = "all") =>
  filtered(entries, { words, period, today: dayOf("2027-03-02") }).map(({ id }) => id);

test("all words must be in title, note or date", () => {
  expect(ids("")).toEqual([3, 2, 1]);
  expect(ids("python")).toEqual([3, 1]);
  expect(ids("PYTHON chapter")).toEqual([3]);
  expect(ids("jan 2027")).toEqual([1]);
  expect(ids("2027-02")).toEqual([2]);
  expect(ids("rust")).toEqual([]);
});

test("a period counts today as its last day", () => {
  expect(ids("", "week")).toEqual([3]);
  expect(ids("", "month")).toEqual([3, 2]);
  expect(ids("python", "quarter")).toEqual([3, 1]);
});
