import { expect, test } from "vitest";
import { chartOf, HOUR, itemOf, phaseOf } from "../fixtures/view";
import { otherTopics } from "./topics";

test("another topic is an item with sessions to come, the next one first", () => {
  const later = itemOf("later", [9 * HOUR, HOUR]);
  const next = itemOf("next", [3 * HOUR, HOUR]);
  const over = itemOf("over", [0, HOUR], { states: ["done"] });
  const chart = chartOf([phaseOf(1, [itemOf("own", [HOUR, HOUR]), later, next, over])]);
  expect(otherTopics(chart, "own").map(({ value }) => value)).toEqual(["next", "later"]);
});
