// The commands that work in every view.

import { timer } from "../bridge";
import type { Offer } from "../commands/offered.svelte";
import type { Planner } from "../planner/planner.svelte";
import type { Preferences } from "../settings/preferences.svelte";
import { goToRegion } from "./regions";
import type { SectionId } from "../setup/sections";
import type { ViewName } from "../bridge";

export interface Window {
  go: (view: ViewName) => void;
  showPalette: () => void;
  showKeys: () => void;
  pasteOutline: () => void;
  editText: () => void;
  openFiles: () => void;
  sharePage: () => void;
  openSetup: (section: SectionId | null) => void;
  openOptions: () => void;
  logTime: () => void;
}

export function appCommands(planner: Planner, preferences: Preferences, window: Window): Offer {
  return {
    "view.today": () => window.go("today"),
    "view.week": () => window.go("week"),
    "view.plan": () => window.go("plan"),
    "view.progress": () => window.go("progress"),
    "view.roadmap": () => window.go("roadmap"),
    palette: window.showPalette,
    keys: window.showKeys,
    "region.next": () => goToRegion(1),
    "region.previous": () => goToRegion(-1),
    ...timerCommands(planner),
    log: window.logTime,
    replan: () => planner.apply({ kind: "replan", keep: "frozen" }),
    options: window.openOptions,
    paste: window.pasteOutline,
    text: window.editText,
    files: window.openFiles,
    share: window.sharePage,
    setup: () => window.openSetup(null),
    time: () => window.openSetup("windows"),
    busy: () => window.openSetup("busy"),
    "theme.light": () => (preferences.theme = "light"),
    "theme.dark": () => (preferences.theme = "dark"),
    "theme.system": () => (preferences.theme = "system"),
  };
}

function timerCommands(planner: Planner): Offer {
  const running = planner.saved.timer;
  const next = planner.nextSession;
  if (running) {
    return {
      "timer.toggle": {
        name: `${running.running ? "Pause" : "Resume"} the timer: ${running.title}`,
        run: () => planner.run("timer", () => timer({ kind: "toggle" })),
      },
      "timer.stop": () => planner.run("timer", () => timer({ kind: "stop", minutes: null })),
    };
  }
  if (!next) return {};
  return {
    "timer.toggle": {
      name: `Start the timer: ${next.title}`,
      run: () => planner.run("timer", () => timer({ kind: "start", item: next.item })),
    },
  };
}
