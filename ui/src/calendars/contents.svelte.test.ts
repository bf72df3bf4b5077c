import { expect, test } from "vitest";
import type { ExportOptions } from "../bridge";
import { FakeCore } from "../fixtures/core";
import type { Calendars } from "./calendars.svelte";
import { Contents } from "./contents.svelte";

const OPTIONS = {
  from: null,
  to: null,
  weeksAhead: null,
  reminders: [] as number[],
  title: "{item}",
  link: null,
} as ExportOptions;

test("saves what was typed last, also if half of it was rejected and the whole isn't answered yet", async () => {
  let answer: (value: unknown) => void = () => undefined;
  new FakeCore().on("export_preview", ({ options }) => {
    if ((options as ExportOptions).link === "https:") throw { code: "link", message: "No." };
    return new Promise((resolve) => (answer = resolve));
  });
  const saved: ExportOptions[] = [];
  const calendars = {
    save: (_: string, options: ExportOptions) => {
      saved.push(options);
      return Promise.resolve(null);
    },
  } as unknown as Calendars;
  const contents = new Contents(calendars, "files", OPTIONS);
  contents.typed.link = "https:";
  contents.follow();
  await expect.poll(() => contents.rejection).not.toBeNull();
  contents.typed.link = "https://example.org/";
  contents.follow();
  await contents.leave();
  answer({ message: "", files: [] });
  expect(saved.map(({ link }) => link)).toEqual(["https://example.org/"]);
});
