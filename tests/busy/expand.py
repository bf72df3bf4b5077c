"""Says when the events of .ics files are, by Python's icalendar and recurring-ical-events.

    python expand.py FROM UNTIL ZONE FILE...

Dates are from the first to before the second, on the zone's clock. Prints one JSON object: for each file its name
and a list of [start, end, summary] in UTC, sorted, or null where these libraries cannot read the file.
"""

import json
import sys
from datetime import date, datetime, time, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar


def instant(moment: date, zone: ZoneInfo) -> str:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def occurrences(path: Path, start: datetime, end: datetime, zone: ZoneInfo) -> list | None:
    try:
        calendars = Calendar.from_ical(path.read_bytes(), multiple=True)
        found = [e for c in calendars for e in recurring_ical_events.of(c).between(start, end)]
    except Exception:
        return None
    told = [
        [instant(e["DTSTART"].dt, zone), instant(e["DTEND"].dt, zone), str(e.get("SUMMARY", ""))]
        for e in found
    ]
    return sorted(told)


def main(first: str, until: str, zone_name: str, *paths: str) -> None:
    zone = ZoneInfo(zone_name)
    start, end = (datetime.fromisoformat(day).replace(tzinfo=zone) for day in (first, until))
    told = {Path(path).name: occurrences(Path(path), start, end, zone) for path in paths}
    # An occurrence a line.
    lines = json.dumps(told, ensure_ascii=False).replace("[[", "[\n  [").replace("], [", "],\n  [")
    print(lines.replace("]], ", "]\n ],\n ").replace("]]}", "]\n ]\n}"))


if __name__ == "__main__":
    main(*sys.argv[1:])
