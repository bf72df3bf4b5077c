import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    // Runes everywhere except in libraries, which may be older.
    runes: ({ filename }) => (filename.includes("node_modules") ? undefined : true),
  },
};
