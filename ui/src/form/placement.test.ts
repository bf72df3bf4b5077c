import { expect, test } from "vitest";
import { placed } from "./placement";

const screen = { width: 720, height: 480 };
const box = { width: 320, height: 200 };

test("a box hangs below its anchor, above where there is no room, and stays on the screen", () => {
  expect(placed({ left: 100, top: 80, bottom: 108 }, box, screen)).toEqual({
    left: 100,
    top: 114,
  });
  expect(placed({ left: 700, top: 300, bottom: 328 }, box, screen)).toEqual({
    left: 392,
    top: 94,
  });
  const tall = { width: 320, height: 440 };
  expect(placed({ left: 0, top: 200, bottom: 228 }, tall, screen)).toEqual({
    left: 8,
    top: 32,
  });
});
