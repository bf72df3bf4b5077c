"""Writes N events as benches/export.rs does, with Python's icalendar, and prints the seconds it took.

    python export.py N
"""

import sys
import time
from datetime import datetime, timedelta, timezone

from icalendar import Alarm, Calendar, Event


def event(number: int) -> Event:
    stamp = datetime(1970, 1, 1, tzinfo=timezone.utc)
    start = stamp + timedelta(minutes=30 * number)
    title = f"Item {number % 50} of phase {number // 250}"
    made = Event()
    made.add("uid", f"bench.item-{number // 5}.{number % 5 + 1}.0@waymark")
    made.add("dtstamp", stamp)
    made.add("last-modified", stamp)
    made.add("sequence", 0)
    made.add("dtstart", start)
    made.add("dtend", start + timedelta(minutes=30))
    made.add("summary", title)
    made.add("description", f"Phase {number // 250 + 1}: Phase\nSession {number % 5 + 1}, 30 min")
    made.add("categories", [f"Phase {number // 250}"])
    made.add("color", "royalblue")
    made.add("status", "CONFIRMED")
    made.add("transp", "OPAQUE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(minutes=-10))
    alarm.add("description", title)
    made.add_component(alarm)
    return made


def main(events: int) -> None:
    begun = time.perf_counter()
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Waymark//Study planner//EN")
    for number in range(events):
        calendar.add_component(event(number))
    calendar.to_ical()
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main(int(sys.argv[1]))
