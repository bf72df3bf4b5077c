// Keeps the keyboard's place: if the focused element goes away, the focus moves to what is left
// around it.

const FOCUSABLE = "button, input, select, summary, a[href], [tabindex]";

/** The element that had the focus last, and those around it, innermost first. */
let path: Element[] = [];

/** Call on every `focusin` of the window. */
export function noteFocus(event: FocusEvent): void {
  path = event.composedPath().filter((each) => each instanceof Element);
}

/** Call after the page has changed. Moves the focus only if the element that had it is gone. */
export function keepFocus(): void {
  const [last, ...around] = path;
  const lost = last !== undefined && (!last.isConnected || last.matches(":disabled"));
  const active = document.activeElement;
  if (!lost || (active !== null && active !== document.body && active !== last)) return;
  for (const place of around) {
    if (!place.isConnected || place === document.body || place === document.documentElement) {
      continue;
    }
    const home = homeIn(place);
    if (home) {
      home.focus();
      return;
    }
  }
}

/**
 * The element of a place to focus: the one marked as its home, which it may be itself, otherwise
 * the first that can be.
 */
function homeIn(place: Element): HTMLElement | null {
  if (place instanceof HTMLElement && place.matches("[data-home]")) return place;
  const home = place.querySelector<HTMLElement>("[data-home]");
  if (home) return home;
  const all = [...place.querySelectorAll<HTMLElement>(FOCUSABLE)];
  return all.find((each) => !each.matches(":disabled, [tabindex='-1']")) ?? null;
}
