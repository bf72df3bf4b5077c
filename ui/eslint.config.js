import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

export default ts.config(
  { ignores: ["dist", "node_modules", "src/bridge/types.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      // A script let into the page could call every command: nothing is ever parsed as HTML.
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Use text or elements." },
        { property: "outerHTML", message: "Use text or elements." },
        { property: "insertAdjacentHTML", message: "Use text or elements." },
      ],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["@tauri-apps/*"], message: "Only src/bridge talks to the core." },
          ],
        },
      ],
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "The page has no network." },
        { name: "localStorage", message: "The core keeps the settings." },
      ],
      eqeqeq: "error",
      "svelte/no-at-html-tags": "error",
      // The page's policy blocks style attributes; `style:` directives go by the CSSOM.
      "no-restricted-syntax": [
        "error",
        { selector: "SvelteAttribute[key.name='style']", message: "Use a class or style:." },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  { files: ["src/bridge/**", "src/fixtures/**"], rules: { "no-restricted-imports": "off" } },
  { files: ["*.config.*", "scripts/**"], languageOptions: { globals: globals.node } },
);
