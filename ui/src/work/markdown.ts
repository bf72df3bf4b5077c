// Notes as typed: paragraphs, lists and lines, with the links and emphasis of Markdown. Everything
// else stays plain text.

/** A piece of a line. */
export type Piece =
  | { kind: "text"; text: string }
  | { kind: "strong"; text: string }
  | { kind: "em"; text: string }
  | { kind: "code"; text: string }
  | { kind: "link"; text: string; address: string };

/** A line, and whether it is an entry of a list. */
export interface NoteLine {
  isEntry: boolean;
  pieces: Piece[];
}

const PIECES =
  /\[([^\]\n]+)\]\(([^\s()]+)\)|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*|\b_([^_\n]+)_\b|`([^`\n]+)`|(https:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/g;

/** Whether Waymark opens this address; the core decides in the end. */
export function canOpen(address: string): boolean {
  return /^(https:\/\/|mailto:)\S+$/i.test(address);
}

/** The pieces of a line. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const plain = (text: string) => {
    if (text !== "") pieces.push({ kind: "text", text });
  };
  for (const match of line.matchAll(PIECES)) {
    const [all, title, address, strong, star, low, code, bare] = match;
    // A link to anywhere else stays as it was typed.
    if (address !== undefined && !canOpen(address)) continue;
    plain(line.slice(from, match.index));
    from = match.index + all.length;
    if (title !== undefined && address !== undefined) {
      pieces.push({ kind: "link", text: title, address });
    } else if (strong !== undefined) pieces.push({ kind: "strong", text: strong });
    else if (star !== undefined) pieces.push({ kind: "em", text: star });
    else if (low !== undefined) pieces.push({ kind: "em", text: low });
    else if (code !== undefined) pieces.push({ kind: "code", text: code });
    else if (bare !== undefined) pieces.push({ kind: "link", text: bare, address: bare });
  }
  plain(line.slice(from));
  return pieces;
}

/** The lines of notes, blank ones included. */
export function linesOf(notes: string): NoteLine[] {
  return notes
    .replace(/\s+$/, "")
    .split("\n")
    .map((line) => {
      const entry = /^\s*[-*+]\s+(.*)$/.exec(line);
      return { isEntry: entry !== null, pieces: piecesOf(entry?.[1] ?? line) };
    });
}
