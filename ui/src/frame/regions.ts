// The parts of the window, which F6 goes through in their order on the page.

const CONTROL = "button, input, select, summary, a[href], [tabindex]";
/** The row or session that the Tab key stops at. */
const CURRENT = ":is([data-line], [data-block], [data-row])[tabindex='0']";

function regions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (each) => each.offsetParent !== null && homeOf(each) !== null,
  );
}

/** The element of a part that takes the focus. */
function homeOf(region: HTMLElement): HTMLElement | null {
  const current = region.querySelector<HTMLElement>(CURRENT);
  if (current) return current;
  if (region.hasAttribute("tabindex")) return region;
  const all = [...region.querySelectorAll<HTMLElement>(CONTROL)];
  return all.find((each) => !each.matches(":disabled, [tabindex='-1']")) ?? null;
}

/** Moves the focus to the next or the previous part of the window. */
export function goToRegion(by: 1 | -1): void {
  const all = regions();
  const at = all.findIndex((each) => each.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  const region = all[next];
  // After a click WebKit would hide the focus that keys move.
  if (region) homeOf(region)?.focus({ focusVisible: true });
}

/** Moves the focus to the part with this name. A whole part has no ring: the view says enough. */
export function focusRegion(name: string): void {
  const region = regions().find((each) => each.dataset["region"] === name);
  const home = region && homeOf(region);
  if (!home) return;
  if (home === region) {
    home.classList.add("quiet-focus");
    home.addEventListener("blur", () => home.classList.remove("quiet-focus"), { once: true });
  }
  home.focus({ preventScroll: home === region });
}
