import { beforeEach, expect, test } from "vitest";
import { keepFocus, noteFocus } from "./keep-focus";

let page: HTMLElement;

beforeEach(() => {
  document.body.replaceChildren();
  page = document.createElement("main");
  document.body.append(page);
  addEventListener("focusin", noteFocus);
  return () => removeEventListener("focusin", noteFocus);
});

function add(parent: Element, tag: string, id: string): HTMLElement {
  const element = document.createElement(tag);
  element.id = id;
  parent.append(element);
  return element;
}

test("the focus moves to the neighbour of a button that was removed", () => {
  const list = add(page, "ul", "list");
  add(list, "button", "first");
  const second = add(list, "button", "second");
  second.focus();
  second.remove();
  keepFocus();
  expect(document.activeElement?.id).toBe("first");
});

test("a place that is left empty hands the focus on to the next around it", () => {
  add(page, "button", "other");
  const list = add(page, "ul", "list");
  const only = add(list, "button", "only");
  only.focus();
  only.remove();
  keepFocus();
  expect(document.activeElement?.id).toBe("other");
});

test("a marked home comes before the first button", () => {
  const panel = add(page, "section", "panel");
  add(panel, "button", "close");
  const title = add(panel, "h2", "title");
  title.tabIndex = -1;
  title.dataset["home"] = "";
  const apply = add(panel, "button", "apply");
  apply.focus();
  apply.remove();
  keepFocus();
  expect(document.activeElement?.id).toBe("title");
});

test("a button that was disabled hands the focus on", () => {
  const steps = add(page, "div", "steps");
  const undo = add(steps, "button", "undo") as HTMLButtonElement;
  add(steps, "button", "redo");
  undo.focus();
  undo.disabled = true;
  keepFocus();
  expect(document.activeElement?.id).toBe("redo");
});

test("a focus that isn't lost stays", () => {
  const one = add(page, "button", "one");
  const two = add(page, "button", "two");
  one.focus();
  one.remove();
  two.focus();
  keepFocus();
  expect(document.activeElement?.id).toBe("two");
});
