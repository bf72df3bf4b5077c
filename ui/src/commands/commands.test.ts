import { expect, test } from "vitest";
import { ariaKey, isKey, keyName } from "./keys";
import { found } from "./search";
import type { Entry } from "./table";
import { groupsOf, TABLE } from "./table";

const pressed = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test("a key is that of its command only with the right modifiers", () => {
  expect(isKey("Mod+K", pressed("k", { ctrlKey: true }))).toBe(true);
  expect(isKey("Mod+K", pressed("k", { metaKey: true }))).toBe(true);
  expect(isKey("Mod+K", pressed("k"))).toBe(false);
  expect(isKey("Mod+Z", pressed("Z", { ctrlKey: true, shiftKey: true }))).toBe(false);
  expect(isKey("Mod+Shift+Z", pressed("Z", { ctrlKey: true, shiftKey: true }))).toBe(true);
  expect(isKey("?", pressed("?", { shiftKey: true }))).toBe(true);
  expect(isKey("T", pressed("T", { shiftKey: true }))).toBe(true);
  expect(isKey("T", pressed("t", { altKey: true }))).toBe(false);
  expect(isKey("F6", pressed("F6", { shiftKey: true }))).toBe(false);
  expect(isKey("Shift+F6", pressed("F6", { shiftKey: true }))).toBe(true);
  expect(isKey("Page Up", pressed("PageUp"))).toBe(true);
  expect(isKey("+", pressed("+", { shiftKey: true }))).toBe(true);
});

test("keys are named as on the keyboard", () => {
  expect(keyName("Mod+Shift+Z", false)).toBe("Ctrl + Shift + Z");
  expect(keyName("Mod+Shift+Z", true)).toBe("⌘⇧Z");
  expect(keyName("+", false)).toBe("+");
  expect(ariaKey("Mod+K", false)).toBe("Control+K");
});

test("names count more than other words, and every word must be there", () => {
  const all = [
    { name: "Docker", words: "python images" },
    { name: "Advanced Python", words: "" },
    { name: "Python", words: "" },
  ];
  const names = (query: string) => found(query, all).map(({ name }) => name);
  expect(names("python")).toEqual(["Python", "Advanced Python", "Docker"]);
  expect(names("py ad")).toEqual(["Advanced Python"]);
  expect(names("pyx")).toEqual([]);
});

test("ids are unique, and no key has two commands that can be offered at once", () => {
  const entries: readonly Entry[] = TABLE;
  const ids = entries.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  // Week and chart are never shown together.
  for (const view of ["week", "plan"]) {
    const here = entries.filter(
      ({ id, isLocal }) => !isLocal && (!/^(week|plan)\./.test(id) || id.startsWith(view)),
    );
    const keys = here.flatMap(({ keys = [] }) => keys);
    expect(new Set(keys).size, view).toBe(keys.length);
  }
});

test("groups keep the order of the table", () => {
  expect(groupsOf(TABLE)[0]?.group).toBe("Go to");
  expect(groupsOf(TABLE).flatMap(({ entries }) => entries)).toHaveLength(TABLE.length);
});
