// The pane of the view: the recovery options, Setup, or the plan's files.

import { tick } from "svelte";
import type { BusyImport } from "../bridge";
import type { Place } from "../frame/place.svelte";
import type { Planner } from "../planner/planner.svelte";
import type { SectionId } from "../setup/sections";

export class Panes {
  /** The section that Setup opened with, null for its top; undefined while it is closed. */
  setup: SectionId | null | undefined = $state.raw(undefined);
  /** The report of a calendar that was dropped on the window, for Setup. */
  imported: BusyImport | null = $state.raw(null);
  areFilesOpen = $state(false);
  /** Whether the plan's view has the recovery options. */
  areOptionsOpen = $state(false);
  readonly #planner: Planner;
  readonly #place: Place;

  constructor(planner: Planner, place: Place) {
    this.#planner = planner;
    this.#place = place;
  }

  get isSetupOpen(): boolean {
    return this.setup !== undefined;
  }

  /** The options are below the chart, as wide as it. */
  get isComparing(): boolean {
    return (
      this.#place.view === "plan" &&
      this.areOptionsOpen &&
      this.#place.selected === null &&
      !this.isSetupOpen &&
      !this.areFilesOpen
    );
  }

  showOptions(): void {
    this.#place.selected = null;
    this.setup = undefined;
    this.areFilesOpen = false;
    this.areOptionsOpen = true;
  }

  /** Opens the options under the plan's chart, with the focus inside them. */
  async openOptions(): Promise<void> {
    this.#place.view = "plan";
    this.showOptions();
    await tick();
    document.getElementById("options-title")?.focus();
    // In a low window the page scrolls to all of them.
    document.getElementById("options")?.scrollIntoView({ block: "nearest" });
  }

  closeOptions(): void {
    this.areOptionsOpen = false;
    const home = ["status-lever", "status-options", "status-title"];
    home
      .map((id) => document.getElementById(id))
      .find((each) => each !== null)
      ?.focus();
  }

  /** Opens the form for other time in the Progress view, which takes the focus. */
  async logTime(): Promise<void> {
    this.#planner.revertPreview();
    this.#place.view = "progress";
    this.#place.isLogging = true;
    await tick();
    document.querySelector<HTMLElement>("#worklog #log-form select")?.focus();
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

  /** The plan's files and the options share their place. */
  openFiles(): void {
    this.#planner.revertPreview();
    this.#place.selected = null;
    this.#place.view = "plan";
    this.setup = undefined;
    this.areOptionsOpen = false;
    this.areFilesOpen = true;
  }

  closeFiles(): void {
    this.areFilesOpen = false;
    document.getElementById("plan-switch")?.focus();
  }
}
