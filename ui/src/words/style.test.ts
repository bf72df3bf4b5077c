import { afterEach, describe, expect, test } from "vitest";
import {
  dateRange,
  dayAndMonth,
  dayOf,
  hourText,
  longDate,
  narrowDate,
  plainDate,
  plainRange,
  timeRange,
  timeText,
} from "./dates";
import { style, styleOf, useStyle } from "./style.svelte";
import { clockIn, dateIn, inStyle, meant, told } from "./translation";

afterEach(() => {
  style.order = "dayFirst";
  style.hours = 24;
});

const DAY = dayOf("2028-02-05");

test("a locale has an order and a clock", () => {
  expect(styleOf("en-US")).toEqual({ order: "monthFirst", hours: 12 });
  expect(styleOf("en-GB")).toEqual({ order: "dayFirst", hours: 24 });
  expect(styleOf("de-CH")).toEqual({ order: "dayFirst", hours: 24 });
  expect(styleOf("sv-SE")).toEqual({ order: "yearFirst", hours: 24 });
  expect(styleOf("en-AU").hours).toBe(12);
  // A name that is no language tag counts as none.
  expect(styleOf("de_CH.UTF-8")).toEqual(styleOf("en-GB"));
});

test("the learner's choice goes before the locale's", () => {
  useStyle({ dates: "yearFirst", clock: "system" }, "en-US");
  expect([style.order, style.hours]).toEqual(["yearFirst", 12]);
  useStyle({ dates: "system", clock: "hours24" }, "en-US");
  expect([style.order, style.hours]).toEqual(["monthFirst", 24]);
});

describe("with the month first and 12 hours", () => {
  const american = () => useStyle({ dates: "monthFirst", clock: "hours12" }, null);

  test("dates and times are in that order", () => {
    american();
    expect(longDate(DAY)).toBe("Saturday, February 5, 2028");
    expect(plainDate(DAY)).toBe("Feb 5, 2028");
    expect(narrowDate(DAY)).toBe("Feb 5 ’28");
    expect(dayAndMonth(DAY)).toBe("Sat, Feb 5");
    expect(plainRange(DAY, DAY + 7)).toBe("Feb 5–12, 2028");
    expect(plainRange(DAY, DAY + 30)).toBe("Feb 5 – Mar 6, 2028");
    expect(dateRange(DAY, DAY + 7)).toBe("Sat, Feb 5 – Sat, Feb 12, 2028");
    expect(timeText(0)).toBe("12:00 am");
    expect(timeText(12 * 60 + 5)).toBe("12:05 pm");
    expect(timeRange(19 * 60, 20 * 60 + 30)).toBe("7:00–8:30 pm");
    expect(timeRange(11 * 60, 13 * 60)).toBe("11:00 am–1:00 pm");
    expect(hourText(19)).toBe("7 pm");
  });

  test("the core's sentences are too, but for the titles in them", () => {
    american();
    expect(inStyle("You finish on Saturday 5 February 2028.")).toBe(
      "You finish on Saturday, February 5, 2028.",
    );
    expect(inStyle("Sat 5 Feb 2028, 19:05")).toBe("Sat, Feb 5, 2028, 7:05 pm");
    expect(inStyle("by 5 May 2028: Monday 19:00–20:30")).toBe(
      "by May 5, 2028: Monday 7:00–8:30 pm",
    );
    expect(inStyle("“Talk of 5 May 2028, 19:00” moved to 6 May 2028.")).toBe(
      "“Talk of 5 May 2028, 19:00” moved to May 6, 2028.",
    );
    expect(inStyle("7 h 30 min, 2028-02-05T19:00")).toBe("7 h 30 min, 2028-02-05T19:00");
  });

  test("answers keep their values, and changes in them stay as they are", () => {
    american();
    const answer = {
      finish: "2028-02-05",
      window: { from: "19:00" },
      reason: "On 5 February 2028.",
      title: "Exam of 5 February 2028",
      change: { kind: "log", message: "5 February 2028" },
      sessions: [1, 2],
    };
    expect(told(answer)).toEqual({ ...answer, reason: "On February 5, 2028." });
    // A part without sentences isn't copied: the answers to a slider are long.
    expect(told(answer).window).toBe(answer.window);
    const status = { title: "Paused since 5 February 2028", leverLabel: "", note: null };
    expect(told(status).title).toBe("Paused since February 5, 2028");
  });

  test("typed dates and times reach the core in its form", () => {
    american();
    expect(dateIn("2/5/2028")).toBe("2028-02-05");
    expect(dateIn("13/5/2028")).toBe("13/5/2028");
    expect(dateIn("2028-2-5")).toBe("2028-02-05");
    expect(clockIn("7 pm")).toBe("19:00");
    expect(clockIn("12:30 a.m.")).toBe("00:30");
    expect(clockIn("13 pm")).toBe("13 pm");
    expect(meant({ kind: "target", value: "2/5/2028" })).toEqual({
      kind: "target",
      value: "2028-02-05",
    });
    const pin = { item: "1/2/2028", start: "2/5/2028T7:30 pm", minutes: 60 };
    expect(meant({ kind: "pin", pin, instead: null })).toMatchObject({
      pin: { item: "1/2/2028", start: "2028-02-05T19:30" },
    });
  });
});

test("with the day first, a typed date is read that way", () => {
  expect(dateIn("5.2.2028")).toBe("2028-02-05");
  expect(dateIn("31/2/2028")).toBe("31/2/2028");
  expect(inStyle("Saturday 5 February 2028, 19:00")).toBe("Saturday 5 February 2028, 19:00");
});

test("with the year first, dates are as they are typed", () => {
  useStyle({ dates: "yearFirst", clock: "hours24" }, null);
  expect(longDate(DAY)).toBe("Saturday 2028-02-05");
  expect(dayAndMonth(DAY)).toBe("Sat 02-05");
  expect(plainRange(DAY, DAY + 7)).toBe("2028-02-05 – 2028-02-12");
  expect(inStyle("Met by 5 February 2028.")).toBe("Met by 2028-02-05.");
});
