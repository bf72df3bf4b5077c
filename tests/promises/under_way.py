"""Checks what Waymark says of plans under way, on random histories.

Shares no code with the core: it draws plans and which of their sessions were done from a seed, has
the built program answer, and works out again what is left, what waits and where it may go.

    python under_way.py PROGRAM HISTORIES [SEED]
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from check import MINUTE, Broken, Time, efforts, hold, plan, read, written

TO_COME = ("planned", "due")


class Desk:
    """A plan file, and the program at some time."""

    def __init__(self, program, path, file):
        self.program, self.path, self.file = program, path, file
        path.write_text(json.dumps(file))

    def run(self, command, now, *more):
        at = ["--plan", str(self.path)] if command == "plan" else [str(self.path), "--now", written(now)]
        said = ["--json", "-"] if command == "plan" else ["--json"]
        done = subprocess.run(
            [self.program, command, *at, *more, *said],
            capture_output=True,
            text=True,
            env={"WAYMARK_NOW": written(now), "XDG_DATA_HOME": "/nonexistent"},
            check=False,
        )
        hold(done.returncode == 0, command, *more, "at", now, done.stderr.strip())
        return json.loads(done.stdout)

    def log(self, entries):
        """The plan with these entries in its log."""
        log = [
            {"id": at + 1, "item": item, "start": written(start), "minutes": minutes}
            for at, (item, start, minutes) in enumerate(entries)
        ]
        return Desk(self.program, self.path, {**self.file, "log": log})


def sessions_of(answer):
    for session in answer["sessions"]:
        session["from"], session["to"] = read(session["start"]), read(session["end"])
    return answer["sessions"]


def left_of(file):
    """Minutes left of each item."""
    done = defaultdict(int)
    for entry in file.get("log", []):
        done[entry["item"]] += entry["minutes"]
    return {item: max(effort - done[item], 0) for item, effort in efforts(file)}


# --- Laws ----------------------------------------------------------------------------------------


def waits(file, answer, status):
    """What waits is the work that has no session to come and isn't reported as unscheduled."""
    open_minutes = defaultdict(int)
    for session in answer["sessions"]:
        if session["state"] in TO_COME:
            open_minutes[session["item"]] += session["minutes"] - session["done_minutes"]
    for work in answer["unplaced"]:
        open_minutes[work["item"]] += work["minutes"]
    left = left_of(file)
    waiting = sum(max(left[item] - open_minutes[item], 0) for item in left)
    hold(status["waiting_minutes"] == waiting, "says", status["waiting_minutes"], "wait, not", waiting)
    logged = sum(entry["minutes"] for entry in file.get("log", []))
    hold(status["done_minutes"] == logged, "says", status["done_minutes"], "done, not", logged)


def answers_are_of_now(desk, now, draw):
    """The headline is the finish once the same hours are applied; so are the status and the target.
    After that nothing waits, and the finish stays."""
    status = desk.run("status", now)
    answer = desk.run("plan", now)
    waits(desk.file, answer, status)
    hold(answer["summary"]["finish"] == status["finish"], "plan and status tell two dates")
    judged(desk.file, status)
    options = {option["id"]: option for option in desk.run("catch-up", now)["options"]}
    same = options.get("same-hours")
    if same is None:
        hold(status["status"]["status"] == "finished", "no option, and it isn't finished")
        return
    if same["outcome"] is None:
        is_calm = status["waiting_minutes"] == 0 and status["finish"] == status["planned_finish"]
        is_full = status["finish"] is None
        hold(is_calm or is_full, "same hours give nothing, and", status["waiting_minutes"], "wait")
        return
    hold(same["outcome"]["finish"] == status["finish"], same["outcome"], "isn't", status["finish"])
    others = [option for option in options.values() if option["outcome"] and option != same]
    for option in [same, *draw.sample(others, min(len(others), 1))]:
        gives(Desk(desk.program, desk.path, desk.file), option, now)


def gives(desk, option, now):
    """An option that is applied gives the finish that it promised, and a sound schedule."""
    desk.run("catch-up", now, "--apply", option["id"])
    status, answer = desk.run("status", now), desk.run("plan", now)
    finish = option["outcome"]["finish"]
    for told in (status["finish"], status["planned_finish"], answer["summary"]["finish"]):
        hold(told == finish, option["id"], "promised", finish, "and gave", told)
    hold(status["waiting_minutes"] == 0, option["id"], "leaves", status["waiting_minutes"], "waiting")
    if option["id"] in ("same-hours", "start-again", "move-target"):
        # The others change hours, windows or work.
        to_come(option["id"], desk.file, answer, now)


def judged(file, status):
    """The status follows from the finish, what waits, and the target."""
    told = status["status"]["status"]
    kind = told if isinstance(told, str) else next(iter(told))
    finish, target = status["finish"], file.get("target")
    left = sum(left_of(file).values())
    hold((kind == "finished") == (left == 0), kind, "with", left, "minutes left")
    if kind in ("finished", "notBegun", "paused"):
        return
    hold((kind == "doesNotFit") == (finish is None), kind, "with the finish", finish)
    if finish is None:
        return
    is_late = target is not None and finish > target
    hold((kind == "late") == is_late, kind, "with", finish, "for", target)
    if is_late:
        late = (date.fromisoformat(finish) - date.fromisoformat(target)).days
        hold(told["late"]["days"] == late, told, "isn't", late)
    if target is None:
        hold(kind in ("behind", "onTrack"), kind, "without a target")


def to_come(name, file, answer, now):
    """Sessions to come are in free time, in order, after now, and hold all that is left."""
    time, last = Time(file), None
    planned, first, end = defaultdict(int), {}, {}
    for session in sessions_of(answer):
        if session["state"] not in TO_COME:
            continue
        item = session["item"]
        planned[item] += session["minutes"] - session["done_minutes"]
        is_pinned = session["why"] in ("you pinned it here", "you moved it here")
        if session["from"] > now:
            hold(last is None or last <= session["from"], name, session, "overlaps another")
            for minute in range(0 if is_pinned else session["minutes"]):
                why = time.why_not_free(session["from"] + minute * MINUTE)
                hold(why is None, name, "minute", minute, "of", session, why)
            if not is_pinned:
                first.setdefault(item, session["from"])
        last = end[item] = session["to"]
    left = left_of(file)
    for work in answer["unplaced"]:
        planned[work["item"]] += work["minutes"]
    for item, minutes in left.items():
        hold(planned[item] == minutes, name, item, "has", planned[item], "of", minutes, "minutes")
    for phase in file["roadmap"]["phases"]:
        for item in phase["items"]:
            begins = first.get(item["id"])
            for needed in item["requires"]:
                if begins and needed in end:
                    hold(end[needed] <= begins, name, item["id"], "begins before", needed, "ends")


def nothing_drifts(desk, sessions, draw):
    """Whoever attends every session finishes on the day that was planned, told at any time."""
    finish = sessions[-1]["to"]
    for _ in range(2):
        at = draw.randrange(len(sessions))
        done = [(s["item"], s["from"], s["minutes"]) for s in sessions[: at + 1]]
        now = sessions[at]["to"]
        status = desk.log(done).run("status", now)
        hold(status["waiting_minutes"] == 0, status["waiting_minutes"], "wait on an on-time record")
        if at + 1 < len(sessions):
            planned = Time(desk.file).local(finish - MINUTE).date().isoformat()
            hold(status["finish"] == planned, "drifts to", status["finish"], "from", planned)


def missing_gives_no_time(desk, sessions, draw):
    """Missing a session never raises the time to spare."""
    at = draw.randrange(min(len(sessions) - 1, 30))
    now = sessions[at]["to"]
    done = [(s["item"], s["from"], s["minutes"]) for s in sessions[: at + 1]]
    attended, missed = (
        spare(desk.log(entries).run("status", now)["status"]) for entries in (done, done[:-1])
    )
    if attended is not None and missed is not None:
        hold(missed <= attended, "missing session", at, "raises", attended, "to", missed)


def spare(status):
    """The minutes to spare that a status tells of; None if it tells of none."""
    found = re.search(r"(?:with|Tight:) (?:(\d+) h ?)?(?:(\d+) min )?(?:of study time )?to spare", status["reason"])
    if isinstance(status["status"], dict) and "tight" in status["status"]:
        return status["status"]["tight"]["minutes"]
    if isinstance(status["status"], dict) and "late" in status["status"]:
        return -1
    return found and int(found[1] or 0) * 60 + int(found[2] or 0)


# --- Run -----------------------------------------------------------------------------------------


def history(program, path, seed):
    draw = random.Random(seed)
    file = plan(draw)
    desk = Desk(program, path, file)
    before = read(f"{file['start']}T00:00:00Z") - timedelta(days=2)
    answer = desk.run("plan", before)
    sessions = sessions_of(answer)
    if len(sessions) < 2:
        return
    end = Time(file).local(sessions[-1]["to"] - MINUTE).date()
    if draw.random() < 0.6:
        file["target"] = str(max(end + timedelta(days=draw.randint(-10, 60)), date.fromisoformat(file["start"])))
        desk = Desk(program, path, file)
    is_whole = not answer["unplaced"] and not any(s["why"] == "you pinned it here" for s in sessions)
    if is_whole:
        nothing_drifts(desk, sessions, draw)
        missing_gives_no_time(desk, sessions, draw)
    last = draw.randrange(min(len(sessions), 40))
    now = sessions[last]["to"] + draw.choice([0, 0, 17, 600, 3 * 1440, 20 * 1440]) * MINUTE
    habit = draw.random()
    done = [
        (s["item"], s["from"], draw.choice([s["minutes"]] * 3 + [max(s["minutes"] // 2, 1)]))
        for s in sessions
        if s["to"] <= now and draw.random() < habit
    ]
    answers_are_of_now(desk.log(done), now, draw)


def main():
    program, histories = sys.argv[1], int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as folder:

        def run(seed):
            try:
                history(program, Path(folder) / f"{seed}.json", seed)
            except Broken as promise:
                return f"Seed {seed}: {promise}"
            return None

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            broken = [promise for promise in pool.map(run, range(first, first + histories)) if promise]
    print("\n".join(broken + [f"{histories} histories, {len(broken)} broken promises."]))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
