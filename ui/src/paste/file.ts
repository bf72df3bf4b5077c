// The text of a file that was dropped.

/** The core takes at most 8 MB; one more byte lets it say so. */
const MOST_BYTES = 8 * 1024 * 1024 + 1;

/** The text of its bytes, in UTF-16 if it begins with the mark of it, else in UTF-8. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

export async function textOfFile(file: Blob): Promise<string> {
  return textOf(new Uint8Array(await file.slice(0, MOST_BYTES).arrayBuffer()));
}
