"""Checks the promises of a schedule (docs/scheduling.md) on random plans.

Shares no code with the core: it draws plans from a seed, has the built program schedule them, and
reads the result as JSON. Windows, time off, busy time, clock changes and caps are worked out here
again, minute by minute, from the plan file alone.

    python check.py PROGRAM PLANS [SEED]
"""

import json
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Etc/UTC",
]
DAY = 24 * 60
MINUTE = timedelta(minutes=1)


# --- Plans ---------------------------------------------------------------------------------------


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def roadmap(draw):
    ids, phases = [], []
    for p in range(draw.randint(1, 4)):
        items = []
        for i in range(draw.randint(1, 6)):
            name = f"item-{p}-{i}"
            before = draw.sample(ids, min(len(ids), draw.choice([0, 0, 1, 2])))
            items.append({
                "id": name,
                "title": name,
                "kind": draw.choice(["topic", "tool", "project"]),
                "effort_hours": draw.choice([0.5, 1, 1.5, 2, 3, 4.25, 6, 9, 0.75, 0]),
                "optional": draw.random() < 0.15,
                "requires": before,
            })
            ids.append(name)
        phases.append({
            "id": f"phase-{p}",
            "title": f"Phase {p}",
            "outcome": {"id": f"done-{p}", "title": "Done"},
            "items": items,
            "requires": [f"phase-{p - 1}"] if p and draw.random() < 0.6 else [],
        })
        if draw.random() < 0.7:
            # The hours of these weeks belong to an optional item, which is left out.
            rest = {"id": f"rest-{p}", "title": "Rest", "kind": "tool", "weight": 1}
            items.append({**rest, "optional": True, "requires": []})
            phases[-1]["weeks"] = 400
    return {"id": "r", "title": "R", "nominal_hours_per_week": 6, "phases": phases}


def windows(draw):
    found = []
    for day in draw.sample(DAYS, draw.randint(1, 6)):
        at = draw.choice([0, 60, 120, 9 * 60, 18 * 60, 19 * 60])
        for _ in range(draw.randint(1, 2)):
            length = draw.choice([45, 60, 90, 120, 150, 240])
            if at + length > DAY:
                break
            found.append({"day": day, "from": clock(at), "to": clock(at + length)})
            at += length + draw.choice([0, 30, 60])
    return found


def exceptions(draw, start, usual):
    found = []
    for _ in range(draw.randint(0, 3)):
        first = start + timedelta(days=draw.randint(0, 60))
        dates = {"first": str(first), "last": str(first + timedelta(days=draw.randint(0, 12)))}
        kind = draw.choice(["time-off", "other-hours", "extra-window"])
        if kind == "time-off":
            found.append({"kind": kind, **dates})
        elif kind == "other-hours":
            found.append({"kind": kind, **dates, "week_minutes": draw.randint(0, usual)})
        else:
            at = draw.randint(0, 20 * 60)
            hours = {"from": clock(at), "to": clock(at + draw.choice([60, 120, 200]))}
            found.append({"kind": kind, **dates, **hours})
    return found


def plan(draw):
    start = date(2026, 1, 1) + timedelta(days=draw.randint(0, 900))
    road = roadmap(draw)
    items = [
        item["id"]
        for phase in road["phases"]
        for item in phase["items"]
        if "effort_hours" in item
    ]
    own = windows(draw)
    usual = sum(length(window) for window in own)
    least = draw.choice([10, 20, 30, 30, 30, 45])
    midnight = datetime.combine(start, datetime.min.time(), timezone.utc)
    busy = []
    for _ in range(draw.randint(0, 6)):
        begin = midnight + timedelta(minutes=draw.randint(0, 60 * DAY))
        end = begin + timedelta(minutes=draw.randint(10, 2000))
        busy.append({"start": written(begin), "end": written(end)})
    pins = []
    for _ in range(draw.choice([0, 0, 1, 2, 3])):
        at = datetime.combine(start, datetime.min.time()) + timedelta(
            minutes=draw.randint(0, 40 * DAY // 15) * 15
        )
        pins.append({
            "item": draw.choice(items),
            "start": at.strftime("%Y-%m-%dT%H:%M"),
            "minutes": draw.choice([15, 30, 60, 90, 120, 200]),
        })
    dated = draw.sample(items, min(len(items), draw.choice([0, 0, 1, 2, 3])))
    return {
        "id": "random",
        "start": str(start),
        "zone": draw.choice(ZONES),
        "windows": own,
        "exceptions": exceptions(draw, start, usual),
        "busy": busy,
        "buffer_minutes": draw.choice([0, 0, 15]),
        "day_cap_minutes": draw.choice([None, None, 60, 90, 150]),
        "week_cap_minutes": draw.choice([None, None, 120, 300]),
        "reserve_percent": draw.choice([0, 0, 10, 25]),
        "week_start": draw.choice(["Mon", "Mon", "Sun", "Sat"]),
        "session_min_minutes": least,
        "session_max_minutes": least + draw.choice([0, 15, 60, 90]),
        "break_minutes": draw.choice([0, 0, 10]),
        "in_parallel": draw.choice([1, 2, 2, 3]),
        "included": [
            item["id"]
            for phase in road["phases"]
            for item in phase["items"]
            if item["optional"] and item["id"] in items and draw.random() < 0.5
        ],
        "known": {draw.choice(items): {"minutes": draw.choice([10, 60])}}
        if draw.random() < 0.3
        else {},
        "not_before": {
            item: str(start + timedelta(days=draw.randint(-20, 90))) for item in dated
        },
        "pins": pins,
        "roadmap": road,
    }


def written(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def read(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def minutes_of(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def length(window):
    return (minutes_of(window["to"]) or DAY) - minutes_of(window["from"])


# --- Free time -----------------------------------------------------------------------------------


class Time:
    """The study time of a plan file, minute by minute."""

    def __init__(self, file):
        self.file = file
        self.zone = ZoneInfo(file["zone"])
        margin = timedelta(minutes=file["buffer_minutes"])
        self.busy = [
            (read(busy["start"]) - margin, read(busy["end"]) + margin)
            for busy in file["busy"]
            if busy["start"] <= busy["end"]
        ]
        self.on = lru_cache(maxsize=None)(self.minutes_on)

    def minutes_on(self, day):
        """The minutes of a date that are in a window by the clock, at most."""
        shown = str(day)
        on = [e for e in self.file["exceptions"] if e["first"] <= shown <= e["last"]]
        free = set()
        if not any(e["kind"] == "time-off" for e in on):
            for window in self.file["windows"]:
                if DAYS[day.weekday()] == window["day"]:
                    at = minutes_of(window["from"])
                    free.update(range(at, at + length(window)))
        for extra in (e for e in on if e["kind"] == "extra-window"):
            free.update(range(minutes_of(extra["from"]), minutes_of(extra["to"]) or DAY))
        return frozenset(free)

    def local(self, instant):
        return instant.astimezone(self.zone)

    def why_not_free(self, instant):
        """Why a minute isn't free; None if it is."""
        local = self.local(instant)
        if local.fold:
            return "comes a second time by the clock"
        if local.hour * 60 + local.minute not in self.on(local.date()):
            return "is in no window"
        for begin, end in self.busy:
            if begin < instant + MINUTE and instant < end:
                return "is busy"
        return None

    def week(self, day):
        first = DAYS.index(self.file["week_start"])
        return day - timedelta(days=(day.weekday() - first) % 7)


# --- Promises ------------------------------------------------------------------------------------


class Broken(Exception):
    """A promise that a schedule breaks."""


def hold(condition, *what):
    if not condition:
        raise Broken(" ".join(str(part) for part in what))


def check(file, result):
    time = Time(file)
    sessions = result["sessions"]
    for session in sessions:
        session["from"], session["to"] = read(session["start"]), read(session["end"])
        session["day"] = time.local(session["from"]).date()
        session["pinned"] = session["why"] in ("you pinned it here", "you moved it here")
    in_order(file, sessions, time)
    in_free_time(sessions, time)
    whole(file, result)
    prerequisites(file, sessions)
    dates(file, result)
    lengths(file, result)
    caps(file, sessions, time)
    pins(file, result, time)
    reserve(file, sessions, time)


def in_order(file, sessions, time):
    """Sessions never overlap and keep their breaks, none is before the start, all are counted."""
    start = datetime.fromisoformat(file["start"]).replace(tzinfo=time.zone)
    ordinals, last = defaultdict(int), None
    for session in sessions:
        hold(session["from"] >= start, session, "is before the start")
        took = (session["to"] - session["from"]) // MINUTE
        hold(took == session["minutes"] > 0, session, "has another length")
        shown = time.local(session["from"]).strftime("%Y-%m-%dT%H:%M")
        hold(shown == session["local_start"], session, "is shown at another time than", shown)
        ordinals[session["item"]] += 1
        hold(ordinals[session["item"]] == session["ordinal"], session, "has a wrong number")
        if last:
            pause = 0 if session["pinned"] else file["break_minutes"]
            hold(session["from"] >= last["to"] + pause * MINUTE, last, "runs into", session)
        last = session


def in_free_time(sessions, time):
    """Each session that isn't pinned is in windows, outside busy time, by its own clock."""
    for session in (s for s in sessions if not s["pinned"]):
        for minute in range(session["minutes"]):
            why = time.why_not_free(session["from"] + minute * MINUTE)
            hold(why is None, "Minute", minute, "of", session, why)


def efforts(file):
    for phase in file["roadmap"]["phases"]:
        for item in phase["items"]:
            effort = round(item.get("effort_hours", 0) * 60)
            known = file["known"].get(item["id"], {}).get("minutes", 0)
            is_in = not item["optional"] or item["id"] in file["included"]
            yield item["id"], max(effort - known, 0) if is_in else 0


def whole(file, result):
    """Scheduled and unscheduled work add up to the effort, to the minute."""
    planned = defaultdict(int)
    for session in result["sessions"]:
        planned[session["item"]] += session["minutes"]
    for work in result["unplaced"]:
        planned[work["item"]] += work["minutes"]
    for item, effort in efforts(file):
        hold(planned[item] == effort, item, "has", planned[item], "of", effort, "minutes")


def prerequisites(file, sessions):
    """Prerequisites end before their dependants start."""
    first, last = {}, {}
    for session in sessions:
        if not session["pinned"]:
            first.setdefault(session["item"], session["from"])
        last[session["item"]] = session["to"]
    phases = file["roadmap"]["phases"]
    members = {phase["id"]: [item["id"] for item in phase["items"]] for phase in phases}
    for phase in phases:
        for item in phase["items"]:
            begins = first.get(item["id"])
            needed = list(item["requires"])
            for other in phase["requires"]:
                needed += members[other]
            for other in needed:
                if begins and other in last:
                    hold(last[other] <= begins, item["id"], "begins before", other, "ends")


def dates(file, result):
    """No item begins before its date; a pinned session that does is named."""
    early = 0
    for session in result["sessions"]:
        first = file["not_before"].get(session["item"])
        if first and str(session["day"]) < first:
            hold(session["pinned"], session, "begins before", first)
            early += 1
    named = [finding for finding in result["findings"] if finding["code"] == "pin-before-date"]
    hold(len(named) == early, early, "pins are before a date, and", len(named), "are named")
    hold(result["plan"]["not_before"] == file["not_before"], "The dates are told differently.")


def lengths(file, result):
    """Sessions have the allowed lengths, but for the last of an item or beside its pins."""
    least, most = file["session_min_minutes"], file["session_max_minutes"]
    efforts_of, of = dict(efforts(file)), defaultdict(list)
    for session in result["sessions"]:
        of[session["item"]].append(session)
    for item, sessions in of.items():
        has_pins = any(session["pinned"] for session in sessions)
        for at, session in enumerate(sessions):
            if session["pinned"]:
                continue
            later = len(sessions) - 1 - at
            is_last = later == 0 or has_pins
            longest = most + (least // 2 if is_last else 0)
            hold(session["minutes"] <= longest, session, "is too long")
            shortest = 1 if is_last else least - (9 if later == 1 else 0)
            shortest = min(shortest, efforts_of[item])
            hold(session["minutes"] >= shortest, session, "is too short")


def caps(file, sessions, time):
    """Caps hold, and pinned sessions count towards them on the day on which they start."""
    for cap, key in [
        (file["day_cap_minutes"], lambda day: day),
        (file["week_cap_minutes"], time.week),
    ]:
        if cap is None:
            continue
        free, pinned = defaultdict(int), defaultdict(int)
        for session in sessions:
            if session["pinned"]:
                pinned[key(session["day"])] += session["minutes"]
                continue
            for minute in range(session["minutes"]):
                day = time.local(session["from"] + minute * MINUTE).date()
                free[key(day)] += 1
        for day, minutes in free.items():
            total = minutes + pinned[day]
            hold(total <= cap, total, "minutes from", day, "are above the cap of", cap)


def pins(file, result, time):
    """A pinned session is at its time; one that is left out is over another or has no work left."""
    placed = [session for session in result["sessions"] if session["pinned"]]
    is_left_out = {"pin-overlap", "pin-idle"}
    left_out = sum(finding["code"] in is_left_out for finding in result["findings"])
    wall = {(session["item"], session["local_start"]) for session in placed}
    missing = [pin for pin in file["pins"] if (pin["item"], pin["start"]) not in wall]
    # A time that the clock skips is that at which it does so.
    missing = [pin for pin in missing if exists(pin["start"], time.zone)]
    hold(len(missing) <= left_out, "Pins are missing:", missing)


def reserve(file, sessions, time):
    """Part of each week stays free, in half hours. (Weeks of plain windows only.)"""
    if file["busy"] or file["day_cap_minutes"] or file["week_cap_minutes"]:
        return
    start = date.fromisoformat(file["start"])
    planned = defaultdict(int)
    for session in sessions:
        if not session["pinned"]:
            planned[time.week(session["day"])] += session["minutes"]
    for week, minutes in planned.items():
        days = [week + timedelta(days=at) for at in range(7)]
        offsets = {time.zone.utcoffset(datetime(d.year, d.month, d.day, 12)) for d in days}
        if len(offsets) > 1 or days[-1] == max(planned):
            continue
        free = sum(len(time.on(day)) for day in days if day >= start)
        kept = (free * file["reserve_percent"] // 100 + 15) // 30 * 30
        hold(minutes <= free - kept, minutes, "minutes from", week, "leave no reserve of", kept)


def exists(text, zone):
    local = datetime.fromisoformat(text)
    back = local.replace(tzinfo=zone).astimezone(timezone.utc).astimezone(zone)
    return back.replace(tzinfo=None) == local


# --- Run -----------------------------------------------------------------------------------------


def schedule(program, path):
    command = [program, "plan", "--plan", str(path), "--json", "-"]
    # Before the start: nothing is over, and nothing is missed.
    env = {"WAYMARK_NOW": "2025-12-01T00:00:00Z", "XDG_DATA_HOME": "/nonexistent"}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if done.returncode != 0:
        raise Broken(done.stderr.strip())
    return done.stdout


def main():
    program, plans = sys.argv[1], int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    sessions = broken = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.json"
        for seed in range(first, first + plans):
            file = plan(random.Random(seed))
            path.write_text(json.dumps(file))
            try:
                text = schedule(program, path)
                hold(seed % 20 or schedule(program, path) == text, "Two runs differ.")
                result = json.loads(text)
                check(file, result)
            except Broken as promise:
                broken += 1
                print(f"Seed {seed}: {promise}")
                continue
            sessions += len(result["sessions"])
    print(f"{plans} plans, {sessions} sessions, {broken} broken promises.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
