"""Prints the clock changes of zones by the pinned tzdata package, never the system's, as JSON.

    python transitions.py FROM TO ZONE...

FROM and TO are years. Each zone has its offset at the start of FROM and the changes up to the start of TO, as seconds since 1970
and seconds ahead of UTC.
"""

import json
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

import tzdata

HOUR = timedelta(hours=1)


def offset(zone: zoneinfo.ZoneInfo, at: datetime) -> int:
    return int(at.astimezone(zone).utcoffset().total_seconds())


def changes(zone: zoneinfo.ZoneInfo, first: datetime, last: datetime) -> list[list[int]]:
    found = [[int(first.timestamp()), offset(zone, first)]]
    at = first
    while at < last:
        before, after = offset(zone, at), offset(zone, at + HOUR)
        if before != after:
            low, high = at, at + HOUR
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low).seconds // 2)
                low, high = (low, middle) if offset(zone, middle) == after else (middle, high)
            found.append([int(high.timestamp()), after])
        at += HOUR
    return found


def main(first: str, last: str, *names: str) -> None:
    zoneinfo.reset_tzpath(to=[])
    span = [datetime(int(year), 1, 1, tzinfo=timezone.utc) for year in (first, last)]
    zones = [{"zone": name, "changes": changes(zoneinfo.ZoneInfo(name), *span)} for name in names]
    json.dump([{"release": tzdata.IANA_VERSION, "zones": zones}], sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
