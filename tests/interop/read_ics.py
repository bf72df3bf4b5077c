"""Reads an .ics file with Python's icalendar and prints its events as JSON, sorted by start.

    python read_ics.py FILE [ZONE]

With a zone each event also has "local_start", its start on that zone's wall clock, so that a
caller can compare its own time zone arithmetic with Python's.
"""

import json
import sys
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


def instant(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} names no time zone")
    return moment.astimezone(timezone.utc)


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def summary_of(event: Event, zone: ZoneInfo | None) -> dict:
    start = instant(event.decoded("DTSTART"))
    end = instant(event.decoded("DTEND"))
    read = {
        "uid": str(event["UID"]),
        "start": written(start),
        "end": written(end),
        "minutes": (end - start).total_seconds() / 60,
        "summary": str(event["SUMMARY"]),
        "alarms": len(event.walk("VALARM")),
        "status": str(event.get("STATUS", "")),
        "sequence": int(event.get("SEQUENCE", 0)),
    }
    if zone is not None:
        read["local_start"] = start.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    return read


def main(path: str, zone_name: str | None = None) -> None:
    calendar = Calendar.from_ical(Path(path).read_bytes())
    # icalendar goes on past a property that it cannot read, and only notes it here.
    errors = [error for part in calendar.walk() for error in part.errors]
    if errors:
        sys.exit(f"{path}: {errors}")
    zone = ZoneInfo(zone_name) if zone_name else None
    events = [summary_of(event, zone) for event in calendar.walk("VEVENT")]
    events.sort(key=lambda event: event["start"])
    json.dump(events, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
