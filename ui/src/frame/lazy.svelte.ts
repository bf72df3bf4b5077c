// Parts of the page that are loaded when they are first shown, so that the first view of the window
// doesn't wait for them.

export class Lazy<Part> {
  /** The part, once it's there. */
  part: Part | null = $state.raw(null);
  readonly #fetch: () => Promise<{ default: Part }>;
  #loading: Promise<void> | null = null;

  constructor(fetch: () => Promise<{ default: Part }>) {
    this.#fetch = fetch;
  }

  /** Loads it, once. */
  load(): Promise<void> {
    // A part that failed to load is asked for again when it's next shown.
    this.#loading ??= this.#fetch().then(
      (loaded) => void (this.part = loaded.default),
      () => void (this.#loading = null),
    );
    return this.#loading;
  }
}

const all: Lazy<unknown>[] = [];

export function lazy<Part>(fetch: () => Promise<{ default: Part }>): Lazy<Part> {
  const part = new Lazy(fetch);
  all.push(part);
  return part;
}

/** A part that is there from the start. */
export function ready<Part>(part: Part): Lazy<Part> {
  const there = new Lazy(() => Promise.resolve({ default: part }));
  there.part = part;
  return there;
}

/** Loads all parts, one after the other. */
export async function loadAll(): Promise<void> {
  for (const part of all) await part.load();
}
