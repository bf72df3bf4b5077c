"""Reads an .ics file with recurring-ical-events and prints its occurrences as JSON, sorted by start.

    python occurrences.py FILE FROM TO
"""

import json
import sys
from datetime import datetime, timezone
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar


def written(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} names no time zone")
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def main(path: str, first: str, last: str) -> None:
    calendar = Calendar.from_ical(Path(path).read_bytes())
    days = [datetime.fromisoformat(day) for day in (first, last)]
    events = [
        {
            "uid": str(event["UID"]),
            "start": written(event.start),
            "end": written(event.end),
            "summary": str(event.get("SUMMARY", "")),
        }
        for event in recurring_ical_events.of(calendar).between(*days)
    ]
    events.sort(key=lambda event: event["start"])
    json.dump(events, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
