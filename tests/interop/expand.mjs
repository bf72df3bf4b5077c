// Expands the events of .ics files with ical.js, and prints the starts of each as JSON, by title:
// node expand.mjs FROM UNTIL ZONE FILE...
//
// Each event is read by itself, so that one which ical.js cannot read costs no other. ical.js has
// no time zones of its own: their offsets are those of Node.js.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { default: ICAL } = await import(
  createRequire(new URL("../../ui/package.json", import.meta.url)).resolve("ical.js")
);

const [from, until, ownZone, ...files] = process.argv.slice(2);
const [first, last] = [from, until].map((day) => Date.parse(`${day}T00:00:00Z`));
const MOST = 200_000;

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
function offset(zone, instant) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const part = (type) => Number(parts.find((it) => it.type === type).value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}

function instant(time, zone) {
  const { year, month, day, hour, minute, second } = time;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  if (time.zone === ICAL.Timezone.utcTimezone) return shown;
  return shown - offset(zone, shown - offset(zone, shown));
}

function starts(text) {
  const component = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
  const event = new ICAL.Event(component);
  const zone = component.getFirstProperty("dtstart").getParameter("tzid") ?? ownZone;
  const found = [];
  const iterator = event.iterator();
  for (let count = 0, next; count < MOST && (next = iterator.next()); count += 1) {
    const start = instant(next, zone);
    if (start >= last) break;
    if (start >= first) found.push(new Date(start).toISOString().replace(".000Z", "Z"));
  }
  return found.sort();
}

const told = {};
for (const file of files) {
  const text = readFileSync(file, "utf8");
  for (const [event] of text.matchAll(/BEGIN:VEVENT[^]*?END:VEVENT/g)) {
    const title = /^SUMMARY:(.*?)\r?$/m.exec(event)?.[1] ?? "";
    try {
      told[title] = starts(`BEGIN:VCALENDAR\r\n${event}\r\nEND:VCALENDAR`);
    } catch (error) {
      told[title] = `${error}`;
    }
  }
}
process.stdout.write(JSON.stringify(told, null, 1));
