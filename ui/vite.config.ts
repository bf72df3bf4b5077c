import { svelte } from "@sveltejs/vite-plugin-svelte";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { launchOptions } from "./scripts/chromium.mjs";

const COMPONENT_TESTS = "src/**/*.svelte.test.ts";

/**
 * Few scripts: many small ones compress badly, and are imports for the most part. The start is
 * apart from what comes later, and so are the charts, since a start may show one of them.
 */
const CHUNKS = [
  { name: "start", tags: ["$initial" as const], priority: 3 },
  // Used by the charts and by what comes later, so that neither loads the other.
  {
    name: "shared",
    test: /src[\\/](gantt[\\/](tip|target|rows|baseline)|carry|planner)/,
    priority: 2,
  },
  { name: "charts", test: /src[\\/](gantt|week)[\\/]/, priority: 1 },
  { name: "later", test: /./ },
];

export default defineConfig({
  plugins: [svelte()],
  // tauri.conf.json names this port.
  server: { port: 1420, strictPort: true },
  clearScreen: false,
  build: {
    outDir: "dist",
    // The oldest engine that is promised: WebKitGTK 2.40, which is Safari 16.4.
    target: "safari16.4",
    // The page's policy forbids inline scripts and styles, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "logic",
          include: ["src/**/*.test.ts"],
          exclude: [COMPONENT_TESTS],
          environment: "node",
        },
      },
      {
        extends: true,
        optimizeDeps: { include: ["vitest-browser-svelte", "axe-core"] },
        test: {
          name: "components",
          include: [COMPONENT_TESTS],
          expect: { poll: { timeout: 3000 } },
          setupFiles: ["src/fixtures/setup.ts"],
          browser: {
            enabled: true,
            headless: true,
            // Several checkouts can be tested at once.
            api: { port: 63315, strictPort: false },
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: "chromium", viewport: { width: 1280, height: 800 } }],
          },
        },
      },
    ],
  },
});
