// Pointer gestures: dragging the sheet, and the wheel with Ctrl or Shift.

import type { Viewport } from "./viewport.svelte";

const SLACK = 4;
const LINE = 16;
const MOST_TURN = 120;

/**
 * Lets the plot be dragged, except by its buttons, and except where a press `grips` something. For
 * `{@attach}`.
 */
export function pan(
  scroller: HTMLElement,
  grips: (event: PointerEvent) => boolean,
): () => void {
  let from: { x: number; y: number; left: number; top: number } | null = null;

  const down = (event: PointerEvent) => {
    const target = event.target as HTMLElement;
    if (event.button !== 0 || event.pointerType !== "mouse") return;
    if (!target.closest(".time") || target.closest("button") || grips(event)) return;
    from = {
      x: event.clientX,
      y: event.clientY,
      left: scroller.scrollLeft,
      top: scroller.scrollTop,
    };
  };
  const move = (event: PointerEvent) => {
    if (!from) return;
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (!scroller.hasPointerCapture(event.pointerId)) {
      if (Math.hypot(dx, dy) < SLACK) return;
      scroller.setPointerCapture(event.pointerId);
      scroller.dataset["panning"] = "true";
    }
    scroller.scrollLeft = from.left - dx;
    scroller.scrollTop = from.top - dy;
  };
  const up = () => {
    from = null;
    delete scroller.dataset["panning"];
  };

  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up };
  for (const [name, listener] of Object.entries(listeners)) {
    scroller.addEventListener(name, listener as EventListener);
  }
  return () => {
    for (const [name, listener] of Object.entries(listeners)) {
      scroller.removeEventListener(name, listener as EventListener);
    }
  };
}

/** Ctrl and the wheel zoom around the pointer; Shift and the wheel scroll across. */
export function wheel(scroller: HTMLElement, viewport: Viewport): () => void {
  const turn = (event: WheelEvent) => {
    if (event.ctrlKey) {
      event.preventDefault();
      const left = scroller.getBoundingClientRect().left + viewport.namesWidth;
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      const amount = Math.min(Math.max(event.deltaY * unit, -MOST_TURN), MOST_TURN);
      viewport.zoomBy(Math.exp(-amount * 0.003), Math.max(event.clientX - left, 0));
    } else if (event.shiftKey && event.deltaX === 0) {
      event.preventDefault();
      scroller.scrollLeft += event.deltaY;
    }
  };
  // Not passive: otherwise the page would zoom along with the chart.
  scroller.addEventListener("wheel", turn, { passive: false });
  return () => scroller.removeEventListener("wheel", turn);
}
