import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { WindowNews } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import Dropped from "./Dropped.svelte";

/** The page's ear for the shell's news. */
interface Ear {
  onmessage: (news: WindowNews) => void;
}

test("the shell’s news of dropped files are shown, imported or pasted", async () => {
  let tell: (news: WindowNews) => void = () => undefined;
  const other = viewOf({ history: { undo: ["Import"], redo: [] } });
  const core = new FakeCore()
    .on("watch_window", ({ news }) => {
      tell = (each) => (news as Ear).onmessage(each);
      return null;
    })
    .on("look", () => other);
  const planner = new Planner(viewOf());
  const [onbusy, onoutline, oncalendars, onresult] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  await render(Dropped, { planner, onbusy, onoutline, oncalendars, onresult });

  tell({ kind: "over" });
  await expect.element(page.getByText(/Drop a calendar/)).toBeVisible();
  tell({ kind: "left" });
  await expect.element(page.getByText(/Drop a calendar/)).not.toBeInTheDocument();

  tell({ kind: "outline", text: "- Flour" });
  expect(onoutline.mock.calls).toEqual([["- Flour"]]);
  const problem = { code: "not-read", field: "file", value: "a.png", message: "No." } as const;
  tell({ kind: "rejected", problem });
  expect(onresult.mock.calls).toEqual([["No.", true]]);
  tell({ kind: "plan", imported: { message: "Imported.", isChange: true, id: "a" } });
  await expect.poll(() => planner.saved.history.undo).toEqual(["Import"]);
  expect(onresult.mock.calls.at(-1)).toEqual(["Imported.", false]);
  expect(core.asked.filter(({ command }) => command === "look")).toHaveLength(1);
});
