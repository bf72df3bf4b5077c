// The pane beside the view: a panel of the plan, Setup, or the plan's files.

import { tick } from "svelte";
import type { BusyImport, Panel } from "../bridge";
import type { Place } from "../frame/place.svelte";
import type { Planner } from "../planner/planner.svelte";
import type { Preferences } from "../settings/preferences.svelte";
import type { SectionId } from "../setup/sections";

export class Panes {
  /** The section that Setup opened with, null for its top; undefined while it is closed. */
  setup: SectionId | null | undefined = $state.raw(undefined);
  /** The report of a calendar that was dropped on the window, for Setup. */
  imported: BusyImport | null = $state.raw(null);
  areFilesOpen = $state(false);
  readonly #planner: Planner;
  readonly #preferences: Preferences;
  readonly #place: Place;

  constructor(planner: Planner, preferences: Preferences, place: Place) {
    this.#planner = planner;
    this.#preferences = preferences;
    this.#place = place;
  }

  get isSetupOpen(): boolean {
    return this.setup !== undefined;
  }

  get isPanelShown(): boolean {
    return this.#preferences.panel !== null && this.#place.selected === null;
  }

  /** The options are below the chart, as wide as it. */
  get isComparing(): boolean {
    return (
      this.#place.view === "plan" &&
      this.isPanelShown &&
      this.#preferences.panel === "catchUp" &&
      !this.isSetupOpen &&
      !this.areFilesOpen
    );
  }

  show(panel: Panel | null): void {
    this.#place.selected = null;
    this.setup = undefined;
    this.areFilesOpen = false;
    this.#preferences.panel = panel;
  }

  /** Opens a panel with the focus inside it. */
  async open(panel: Panel): Promise<void> {
    this.#place.view = "plan";
    this.show(panel);
    await tick();
    document.getElementById("panel-inside")?.focus();
  }

  closePanel(): void {
    this.show(null);
    document.getElementById("open-panel")?.focus();
  }

  /** Opens Setup beside the view, at one of its sections. */
  openSetup(section: SectionId | null): void {
    this.#planner.revertPreview();
    this.#place.selected = null;
    this.setup = undefined;
    void tick().then(() => (this.setup = section));
  }

  closeSetup(): void {
    this.setup = undefined;
    this.imported = null;
    document.getElementById("open-setup")?.focus();
  }

  /** Shows the report of a calendar that was dropped on the window. */
  showImport(read: BusyImport): void {
    this.imported = read;
    this.openSetup("busy");
  }

  /** The plan's files and the panels of the plan share their place. */
  openFiles(): void {
    this.#planner.revertPreview();
    this.#place.selected = null;
    this.#place.view = "plan";
    this.setup = undefined;
    this.#preferences.panel = null;
    this.areFilesOpen = true;
  }

  closeFiles(): void {
    this.areFilesOpen = false;
    document.getElementById("open-files")?.focus();
  }
}
