// Dragging the sheet about.

const SLACK = 4;

/** Lets the sheet be dragged by what is not a button or a name. For `{@attach}`. */
export function pan(scroller: HTMLElement): () => void {
  let from: { x: number; y: number; left: number; top: number } | null = null;

  const down = (event: PointerEvent) => {
    const target = event.target as HTMLElement;
    if (event.button !== 0 || event.pointerType !== "mouse") return;
    if (!target.closest(".time") || target.closest("button")) return;
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
