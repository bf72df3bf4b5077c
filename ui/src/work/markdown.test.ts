import { expect, test } from "vitest";
import { linesOf, piecesOf } from "./markdown";

test("links and emphasis are read, everything else is text", () => {
  expect(piecesOf("Read *slowly*, **twice**: [the book](https://a.example/b).")).toEqual([
    { kind: "text", text: "Read " },
    { kind: "em", text: "slowly" },
    { kind: "text", text: ", " },
    { kind: "strong", text: "twice" },
    { kind: "text", text: ": " },
    { kind: "link", text: "the book", address: "https://a.example/b" },
    { kind: "text", text: "." },
  ]);
  expect(piecesOf("2 * 3 * 4 <b>x</b> snake_case_name")).toEqual([
    { kind: "text", text: "2 * 3 * 4 <b>x</b> snake_case_name" },
  ]);
});

test("a bare address ends before its sentence does", () => {
  expect(piecesOf("See https://a.example/b?c=1.")).toEqual([
    { kind: "text", text: "See " },
    { kind: "link", text: "https://a.example/b?c=1", address: "https://a.example/b?c=1" },
    { kind: "text", text: "." },
  ]);
});

test("a link to anywhere but pages and people stays as typed", () => {
  for (const text of [
    "[x](javascript:alert%281%29)",
    "[x](file:///etc/passwd)",
    "http://a.b",
  ]) {
    expect(piecesOf(text)).toEqual([{ kind: "text", text }]);
  }
});

test("entries of lists are marked, and blank lines stay", () => {
  expect(linesOf("One\n\n- two\n")).toEqual([
    { isEntry: false, pieces: [{ kind: "text", text: "One" }] },
    { isEntry: false, pieces: [] },
    { isEntry: true, pieces: [{ kind: "text", text: "two" }] },
  ]);
});
