// Boxes as path data.

export function box(
  from: number,
  to: number,
  middle: number,
  height: number,
  most: number,
): string {
  const width = to - from;
  const top = middle - height / 2;
  const r = Math.min(most, width / 2);
  if (r < 1) return `M${n(from)} ${n(top)}h${n(width)}v${height}h${n(-width)}z`;
  const across = n(width - 2 * r);
  const down = n(height - 2 * r);
  const a = n(r);
  return (
    `M${n(from + r)} ${n(top)}h${across}a${a} ${a} 0 0 1 ${a} ${a}v${down}` +
    `a${a} ${a} 0 0 1 -${a} ${a}h-${across}a${a} ${a} 0 0 1 -${a} -${a}v-${down}` +
    `a${a} ${a} 0 0 1 ${a} -${a}z`
  );
}

/** Two decimals are as fine as a screen. */
export function n(value: number): number {
  return Math.round(value * 100) / 100;
}
