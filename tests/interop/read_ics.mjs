// Reads an .ics file with ical.js and prints its events as JSON, sorted by start: node read_ics.mjs
// FILE
//
// ical.js knows no zones of its own: what it makes of a TZID comes from the file's VTIMEZONE.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { default: ICAL } = await import(
  createRequire(new URL("../../ui/package.json", import.meta.url)).resolve("ical.js")
);

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}

const written = (time) => {
  if (time.zone === ICAL.Timezone.localTimezone) throw new Error(`${time} names no time zone`);
  return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
};

const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    start: written(event.startDate),
    end: written(event.endDate),
    summary: event.summary ?? "",
  };
});
events.sort((a, b) => (a.start < b.start ? -1 : 1));
process.stdout.write(JSON.stringify(events, null, 1));
