// Everything that is drawn of the chart: it follows from the plan, the folded rows, the filter and
// the visible part.

import type { Anchor } from "../form/placement";
import type { Place } from "../frame/place.svelte";
import type { Facts } from "../planner/facts.svelte";
import type { Planner } from "../planner/planner.svelte";
import type { Preferences } from "../settings/preferences.svelte";
import { dayOf } from "../words/dates";
import { axis as axisOf } from "./axis";
import { baselineOf, stretchesOf } from "./baseline";
import { BusyLoad } from "./busy-load.svelte";
import { flagsOf } from "./flags";
import { picture as pictureOf, pinnedReasons } from "./layout";
import { arrows } from "./needs";
import { offDays } from "./off-days";
import { linesOf, ROW_HEIGHT } from "./rows";
import { lineIn } from "./scale";
import type { Target } from "./target";
import { extentOf } from "./target";
import { targetName, todayName } from "./tip";
import type { Viewport } from "./viewport.svelte";

export class Drawing {
  /** Only rows with this text are shown. */
  filter = $state("");
  readonly #planner: Planner;
  readonly #preferences: Preferences;
  readonly #facts: Facts;
  readonly #place: Place;
  readonly #viewport: Viewport;
  readonly #busy: BusyLoad;

  constructor(
    planner: Planner,
    preferences: Preferences,
    facts: Facts,
    place: Place,
    viewport: Viewport,
  ) {
    this.#planner = planner;
    this.#preferences = preferences;
    this.#facts = facts;
    this.#place = place;
    this.#viewport = viewport;
    this.#busy = new BusyLoad(planner);
  }

  readonly chart = $derived.by(() => this.#planner.shown.chart);
  readonly origin = $derived.by(() => dayOf(this.chart.origin));
  readonly lines = $derived.by(() =>
    linesOf(this.chart, this.#preferences.folded, this.filter),
  );
  readonly scale = $derived.by(() => this.#viewport.scale);
  readonly sheetHeight = $derived.by(() => this.lines.length * ROW_HEIGHT);
  readonly #isPreview = $derived.by(() => this.#planner.shown !== this.#planner.saved);
  // Nobody scrolls while a slider moves.
  readonly pane = $derived.by(() => this.#viewport.pane(this.sheetHeight, this.#isPreview));
  readonly off = $derived.by(() => {
    const { exceptions } = this.#planner.shown.plan.time;
    return offDays(exceptions, this.origin, this.scale, this.pane);
  });
  readonly loads = $derived.by(() => this.#busy.of(this.origin, this.scale, this.pane));
  /** Arrows from the prerequisites of what is selected. */
  readonly needs = $derived.by(() => {
    const { selected } = this.#place;
    if (!selected) return "";
    const needsOf = (id: string) => this.#facts.needsOf(id);
    return arrows(selected.line, this.lines, needsOf, this.scale, this.pane);
  });
  readonly axis = $derived.by(() =>
    axisOf(this.origin, this.scale, {
      from: this.pane.x,
      to: this.pane.x + this.pane.width,
    }),
  );

  // Ghosts are right only if both plans start on the same day.
  readonly #ghosts = $derived.by(() => {
    const { chart } = this.#planner.saved;
    return this.#isPreview && chart.origin === this.chart.origin ? chart : null;
  });
  readonly #pinned = $derived.by(() => pinnedReasons(this.chart));
  readonly #baseline = $derived.by(() => {
    const shown = baselineOf(this.#planner.shown.baselines, this.#preferences.baseline);
    return shown && stretchesOf(shown, this.chart);
  });
  readonly picture = $derived.by(() =>
    pictureOf(
      this.lines,
      this.scale,
      this.pane,
      this.#ghosts,
      this.#pinned,
      this.#baseline,
      this.origin,
    ),
  );

  readonly todayX = $derived.by(() => lineIn(this.chart.today, this.scale));
  readonly targetX = $derived.by(() => lineIn(this.chart.target, this.scale));
  readonly flags = $derived.by(() =>
    flagsOf(
      { label: todayName(this.chart), at: this.todayX },
      { label: targetName(this.chart), at: this.targetX },
      this.chart.target,
      this.scale.width,
    ),
  );

  readonly #firstDay = $derived.by(
    () => this.origin + Math.floor(this.scale.from + this.pane.x / this.scale.pixelsPerDay),
  );
  readonly #paneDays = $derived.by(
    () => Math.ceil(this.pane.width / this.scale.pixelsPerDay) + 1,
  );

  /** The place of a target on the screen, for a tip; null if its row is scrolled away. */
  anchorOf(target: Target, pointerX: number | null): Anchor | null {
    const top = this.lines.findIndex(({ id }) => id === target.line.id) * ROW_HEIGHT;
    const x = extentOf(target, this.scale)?.from ?? 0;
    return this.#viewport.onScreen(top, top + ROW_HEIGHT, x, pointerX);
  }

  /** Reads the busy times of the visible days. For an effect. */
  followBusy(): () => void {
    return this.#busy.follow(this.#firstDay, this.#paneDays);
  }
}
