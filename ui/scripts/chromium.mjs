// The browser that component tests run in: CHROMIUM, or the first one found on this computer.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { env } from "node:process";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ELSEWHERE = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

function chromium() {
  if (env["CHROMIUM"]) return env["CHROMIUM"];
  const folders = (env["PATH"] ?? "").split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [...onPath, ...ELSEWHERE].find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    "Component tests need Chromium, which wasn't found. Install it (Debian: apt-get install chromium), " +
      "or set CHROMIUM to the path of a Chromium-based browser.",
  );
}

/** How to start the browser. A build needs none, and looks for none. */
export function launchOptions() {
  return env["VITEST"] ? { executablePath: chromium(), args: ["--no-sandbox"] } : {};
}
