import { beforeEach, expect, test } from "vitest";
import type { Change, InputError, View } from "../bridge";
import { Replan } from "./replan";

/** A core that answers on request, and a log of what was asked and shown. */
class SlowCore {
  log: string[] = [];
  waiting: { name: string; answer: (view: View) => void; reject: (error: unknown) => void }[] =
    [];

  preview = (change: Change) => this.#ask("preview", change);
  apply = (change: Change) => this.#ask("apply", change);
  problemOf = (error: unknown) => error as InputError;

  #ask(command: string, change: Change): Promise<View> {
    const name = `${command} ${said(change)}`;
    this.log.push(name);
    return new Promise((answer, reject) => this.waiting.push({ name, answer, reject }));
  }

  async answer(): Promise<void> {
    const asked = this.waiting.shift();
    asked?.answer({ name: asked.name } as unknown as View);
    await settled();
  }

  async reject(): Promise<void> {
    const asked = this.waiting.shift();
    asked?.reject({ message: asked.name });
    await settled();
  }
}

const said = (change: Change) => ("value" in change ? change.value : change.kind);
const settled = () => new Promise((done) => setTimeout(done));
const hours = (value: string): Change => ({ kind: "hours", value });
const start = (value: string): Change => ({ kind: "start", value });

let core: SlowCore;
let shown: string[];
let replan: Replan;

beforeEach(() => {
  core = new SlowCore();
  shown = [];
  replan = new Replan(core, {
    previewed: (_, change) => shown.push(`previewed ${said(change)}`),
    looked: (_, field) => shown.push(`looked ${field}`),
    saved: (view) => shown.push(`saved ${(view as unknown as { name: string }).name}`),
    rejected: ({ message }, field) => shown.push(`rejected ${field}: ${message}`),
  });
});

test("one preview runs at a time, and the last value wins", async () => {
  for (const value of ["11", "12", "13", "14"]) replan.preview(hours(value));
  expect(core.log).toEqual(["preview 11"]);
  await core.answer();
  expect(core.log).toEqual(["preview 11", "preview 14"]);
  await core.answer();
  expect(shown).toEqual(["previewed 11", "previewed 14"]);
  expect(core.waiting).toEqual([]);
});

test("a decision waits for the running preview and drops the waiting one", async () => {
  replan.preview(hours("11"));
  replan.preview(hours("12"));
  const accepted = replan.apply(hours("13"));
  expect(core.log).toEqual(["preview 11"]);
  await core.answer();
  await core.answer();
  expect(core.log).toEqual(["preview 11", "apply 13"]);
  expect(shown).toEqual(["previewed 11", "saved apply 13"]);
  expect(await accepted).toBe(true);
});

test("decisions for different fields are all made; for the same field the last one is", async () => {
  const first = replan.apply(hours("11"));
  const second = replan.apply(hours("12"));
  const other = replan.apply(start("2027-02-01"));
  const third = replan.apply(hours("13"));
  await core.answer();
  await core.answer();
  await core.answer();
  expect(core.log).toEqual(["apply 11", "apply 2027-02-01", "apply 13"]);
  expect(await Promise.all([first, second, other, third])).toEqual([true, false, true, true]);
});

test("a rejected value shows no view, and the next value is tried", async () => {
  replan.preview(hours("abc"));
  await core.reject();
  expect(shown).toEqual(["rejected hours: preview abc"]);
  const rejected = replan.apply(hours("0"));
  await core.reject();
  expect(await rejected).toBe(false);
  replan.preview(hours("9"));
  await core.answer();
  expect(shown).toEqual([
    "rejected hours: preview abc",
    "rejected hours: apply 0",
    "previewed 9",
  ]);
});

test("an error about a replaced preview isn't shown", async () => {
  replan.preview(hours("2x"));
  replan.preview(hours("2"));
  await core.reject();
  await core.answer();
  expect(shown).toEqual(["previewed 2"]);
});

test("an error about a replaced decision isn't shown", async () => {
  void replan.apply(hours("0"));
  void replan.apply(hours("8"));
  await core.reject();
  await core.answer();
  expect(shown).toEqual(["saved apply 8"]);
});

test("reverting silences the running preview but not decisions", async () => {
  replan.preview(hours("30"));
  replan.preview(hours("31"));
  replan.revert();
  await core.answer();
  expect(shown).toEqual([]);
  void replan.apply(hours("12"));
  replan.revert();
  await core.answer();
  expect(core.log).toEqual(["preview 30", "apply 12"]);
  expect(shown).toEqual(["saved apply 12"]);
});

test("other commands wait their turn and are all carried out", async () => {
  const undo = () => core.preview(hours("undone"));
  void replan.apply(hours("12"));
  void replan.run("undo", undo);
  const second = replan.run("undo", undo);
  replan.preview(hours("30"));
  for (let answers = 0; answers < 4; answers += 1) await core.answer();
  expect(await second).toBe(true);
  expect(core.log).toEqual(["apply 12", "preview undone", "preview undone", "preview 30"]);
  expect(shown.at(-1)).toBe("previewed 30");
});
