// Fails if files, or folders, of ui/src import each other in a circle. Run by `npm run lint`.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "src");
const ENDINGS = ["", ".ts", ".svelte", "/index.ts"];
/** `import … from "…"`, `export … from "…"`, `import "…"` and `import("…")`, with a relative path. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.(ts|svelte)$/.test(name) && !/\.test\.ts$/.test(name));
const known = new Set(files);

/** The files that a file imports. */
function importsOf(file) {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(IMPORT)].flatMap(([, path]) => {
    const target = relative(ROOT, join(ROOT, dirname(file), path)).replaceAll("\\", "/");
    const found = ENDINGS.map((ending) => target + ending).find((name) => known.has(name));
    return found ? [found] : [];
  });
}

/** The folder of a file; files of the root are the app itself. */
const folderOf = (file) => (file.includes("/") ? normalize(dirname(file)) : "(app)");

/** The first circle of a graph, as the nodes it goes through; null if there is none. */
export function circleIn(graph) {
  const finished = new Set();
  const visit = (node, path) => {
    const at = path.indexOf(node);
    if (at >= 0) return [...path.slice(at), node];
    if (finished.has(node)) return null;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...path, node]);
      if (circle) return circle;
    }
    finished.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle) return circle;
  }
  return null;
}

const byFile = new Map(files.map((file) => [file, importsOf(file)]));
const byFolder = new Map();
for (const [file, imports] of byFile) {
  const folder = folderOf(file);
  const others = byFolder.get(folder) ?? new Set();
  for (const other of imports.map(folderOf)) if (other !== folder) others.add(other);
  byFolder.set(folder, others);
}

const circles = [
  ["files", circleIn(byFile)],
  ["folders", circleIn(byFolder)],
].filter(([, circle]) => circle);
for (const [kind, circle] of circles) {
  console.error(`A circle of ${kind} in ui/src: ${circle.join(" → ")}`);
}
if (circles.length > 0) process.exit(1);
