import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

/** The component that has each short hash. */
const hashed = new Map();

/** A short name for the styles of a component: it is in the markup of each of its elements. */
function cssHash({ hash, css, filename }) {
  const short = `s-${hash(filename ?? css).slice(0, 4)}`;
  const other = hashed.get(short) ?? filename;
  if (other !== filename) throw new Error(`${filename} and ${other} have the same hash.`);
  hashed.set(short, filename);
  return short;
}

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    // Runes everywhere except in libraries, which may be older.
    runes: ({ filename }) => (filename.includes("node_modules") ? undefined : true),
    cssHash,
    discloseVersion: false,
  },
};
