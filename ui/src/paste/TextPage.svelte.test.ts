import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { MergeView } from "../bridge";
import { FakeCore } from "../fixtures/core";
import { viewOf } from "../fixtures/view";
import { Planner } from "../planner/planner.svelte";
import { TextMerge } from "./merge.svelte";
import TextPage from "./TextPage.svelte";

const TEXT = "# Baking\n\n## Bread ^bread\n- Flour (4 h) ^flour\n- Yeast (4 h) ^yeast\n";

const RENAMED: MergeView = {
  summary: "1 renamed, 1 removed",
  lines: [
    { kind: "renamed", line: 4, words: "Flour → Rye flour" },
    { kind: "removed", line: null, words: "Yeast (4 h; 2 h in the log stay)" },
  ],
  problems: [],
};

async function shown(answer: () => MergeView = () => RENAMED) {
  const view = viewOf();
  const core = new FakeCore()
    .onChange(() => view)
    .on("roadmap_text", () => TEXT)
    .on("choose_outline", () => "# Other\n")
    .on("read_merge", answer);
  const onclose = vi.fn();
  const merge = new TextMerge();
  const planner = new Planner(view);
  const again = () => render(TextPage, { planner, merge, onclose });
  const { unmount } = await again();
  const box = page.getByRole("textbox", { name: "Text of the roadmap" });
  await expect.element(box).toHaveValue(TEXT);
  await expect.element(box).toHaveFocus();
  return { core, onclose, box, again, leave: unmount };
}

const apply = () => page.getByRole("button", { name: "Apply" });

test("an edited text shows its changes, and one press applies them", async () => {
  const { core, onclose, box } = await shown();
  await expect.element(apply()).toBeDisabled();
  const edited = TEXT.replace("Flour", "Rye flour").replace("- Yeast (4 h) ^yeast\n", "");
  await box.fill(edited);
  await expect.element(page.getByText("1 renamed, 1 removed")).toBeVisible();
  await expect.element(page.getByText("Yeast (4 h; 2 h in the log stay)")).toBeVisible();
  expect(core.changes("preview")).toEqual([]);
  expect(core.changes("apply")).toEqual([]);

  // A change leads to its line.
  await page.getByRole("button", { name: "Flour → Rye flour" }).click();
  await expect.element(box).toHaveFocus();
  await userEvent.keyboard("{Backspace}");
  await expect.element(box).toHaveValue(edited.replace("- Rye flour (4 h) ^flour", ""));
  await box.fill(edited);
  await expect.element(apply()).toBeEnabled();
  await apply().click();
  await expect.poll(() => core.changes("apply")).toEqual([{ kind: "mergeText", text: edited }]);
  await expect.poll(() => onclose.mock.calls.length).toBe(1);
});

test("lines that can't be used are listed, and nothing is applied", async () => {
  const sentence = "Line 4: “flower” isn't an id of this roadmap. Leave it out to add an item.";
  const { box } = await shown(() => ({
    summary: "1 line can’t be used",
    lines: [],
    problems: [sentence],
  }));
  await box.fill(TEXT.replace("^flour", "^flower"));
  await expect.element(page.getByRole("button", { name: sentence })).toBeVisible();
  await expect.element(apply()).toBeDisabled();
});

test("edits stay when the view is left, and Cancel asks before it discards them", async () => {
  const { core, onclose, box, again, leave } = await shown();
  const edited = TEXT.replace("Flour", "Rye flour");
  await box.fill(edited);
  await leave();
  await expect.element(box).not.toBeInTheDocument();
  await again();
  await expect.element(box).toHaveValue(edited);
  // The differences are those to the plan as it is now.
  await expect.element(page.getByText("1 renamed, 1 removed")).toBeVisible();
  expect(core.asked.filter(({ command }) => command === "roadmap_text")).toHaveLength(1);

  const button = (name: string) => page.getByRole("button", { name });
  await button("Cancel").click();
  await expect.element(page.getByText("Discard your edits?")).toBeVisible();
  await expect.element(button("Keep editing")).toHaveFocus();
  await button("Keep editing").click();
  await expect.element(box).toHaveFocus();
  expect(onclose).not.toHaveBeenCalled();
  await button("Cancel").click();
  await button("Discard").click();
  expect(onclose).toHaveBeenCalledOnce();
});

test("a file takes the place of the text", async () => {
  const { box } = await shown();
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await expect.element(box).toHaveValue("# Other\n");
  await expect.element(page.getByText("1 renamed, 1 removed")).toBeVisible();
});
