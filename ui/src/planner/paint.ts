/** Records the time from `start` to the next paint, for `performance.getEntriesByName(name)`. */
export function measurePaint(name: string, start: number): void {
  afterPaint(() => performance.measure(name, { start, end: performance.now() }));
}

/** A frame callback runs before its paint, so the task posted from it runs after. */
export function afterPaint(then: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      then();
    };
    port2.postMessage(null);
  });
}
