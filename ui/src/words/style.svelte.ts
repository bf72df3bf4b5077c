// How the window writes dates and times: as set, or as the system's locale has it. Every view reads
// it from here.

import type { Settings } from "../bridge";

export type Order = "dayFirst" | "monthFirst" | "yearFirst";

class Style {
  order: Order = $state("dayFirst");
  hours: 12 | 24 = $state(24);
}

export const style = new Style();

/** The order and the clock of a locale, such as "en-US"; null for the engine's own. */
export function styleOf(locale: string | null): { order: Order; hours: 12 | 24 } {
  const { parts, hourCycle } = partsOf(locale ?? undefined) ?? partsOf("en-GB") ?? PLAIN;
  const order: Record<string, Order> = { month: "monthFirst", year: "yearFirst" };
  const first = parts.find((each) => ["day", "month", "year"].includes(each));
  return {
    order: order[first ?? "day"] ?? "dayFirst",
    hours: hourCycle === "h11" || hourCycle === "h12" ? 12 : 24,
  };
}

interface Parts {
  parts: string[];
  hourCycle: string | undefined;
}

const PLAIN: Parts = { parts: ["day"], hourCycle: "h23" };

/** Null if the engine doesn't know the locale's form. */
function partsOf(locale: string | undefined): Parts | null {
  try {
    const date = { year: "numeric", month: "numeric", day: "numeric" } as const;
    const format = new Intl.DateTimeFormat(locale, { ...date, hour: "numeric" });
    const parts = new Intl.DateTimeFormat(locale, date).formatToParts(0);
    return {
      parts: parts.map(({ type }) => type),
      hourCycle: format.resolvedOptions().hourCycle,
    };
  } catch {
    return null;
  }
}

/** Writes dates and times as the settings say, from now on. */
export function useStyle(
  { dates, clock }: Pick<Settings, "dates" | "clock">,
  locale: string | null,
): void {
  const usual = styleOf(locale);
  style.order = dates === "system" ? usual.order : dates;
  style.hours = clock === "system" ? usual.hours : clock === "hours12" ? 12 : 24;
}
