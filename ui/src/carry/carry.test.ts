import { expect, test } from "vitest";
import { viewOf } from "../fixtures/view";
import { dayOf } from "../words/dates";
import type { Carried } from "./carry";
import { changeOf, effectOf, endsAt, movedTo, placeOf, snap } from "./carry";

const DAY = dayOf("2027-01-05");
const SESSION: Carried = {
  kind: "move",
  item: "python",
  title: "Python",
  day: DAY,
  from: 19 * 60,
  to: 20.5 * 60,
};

test("times snap to quarters of an hour", () => {
  expect([snap(1), snap(8), snap(1147)]).toEqual([0, 15, 1140]);
});

test("a session keeps its length and stays within its day", () => {
  expect(movedTo(SESSION, DAY + 1, -30)).toMatchObject({ day: DAY + 1, from: 0, to: 90 });
  expect(movedTo(SESSION, DAY, 1430)).toMatchObject({ from: 1350, to: 1440 });
});

test("an end is at least a step after the start; study time grows both ways", () => {
  expect(endsAt(SESSION, 0).to).toBe(SESSION.from + 15);
  const study: Carried = { ...SESSION, kind: "add" };
  expect(endsAt(study, 17 * 60)).toMatchObject({ from: 17 * 60, to: 19 * 60 });
});

test("a move pins the session in place of the one it was", () => {
  expect(changeOf(SESSION, movedTo(SESSION, DAY + 1, 600))).toEqual({
    kind: "pin",
    pin: { item: "python", start: "2027-01-06T10:00", minutes: 90 },
    instead: "2027-01-05T19:00",
  });
});

test("study time is added for its day only", () => {
  const study: Carried = { ...SESSION, kind: "add" };
  expect(changeOf(study, study)).toEqual({
    kind: "exception",
    exception: {
      kind: "extra-window",
      first: "2027-01-05",
      last: "2027-01-05",
      from: "19:00",
      to: "20:30",
    },
    added: true,
  });
});

test("the effect says finish and status, and only warnings that are new", () => {
  const known = { code: "old", message: "Known before." };
  const saved = viewOf({ findings: [known] });
  const shown = viewOf({ findings: [known, { code: "busy", message: "Over busy time." }] });
  expect(effectOf(saved, shown)).toEqual({
    lines: ["Finish stays 11 Jan 2027", "On track"],
    warnings: ["Over busy time."],
  });
  expect(placeOf(SESSION)).toBe("Tue 5 Jan, 19:00–20:30");
});
