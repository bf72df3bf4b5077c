#!/usr/bin/env python3
"""Waymark and TaskJuggler on the same tasks: whole processes, processor time and wall time.

    cargo build --release -p waymark-cli && python3 benches/taskjuggler.py

Installs Debian's tj3 if it is missing. The largest size takes tj3 a few minutes. To skip it, name
the other sizes: `python3 benches/taskjuggler.py plan 100 1000`. Uses target/release/waymark, or
$WAYMARK.

Two runs are compared. `waymark plan --csv` reads the roadmap, schedules every session, prints the
table and writes the start and end of each phase and item. `tj3` reads the .tjp that
`waymark export` wrote, schedules the tasks and writes the same for each task. `waymark plan --ics`,
which writes every session's event, is measured as well: tj3 has no counterpart.
tj3 is measured twice: at the coarsest resolution that loses nothing, as exported, which saves it
work; and at 5 minutes, its finest, which is closest to Waymark's single minutes.
"""

import csv
import json
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMBEDDED = ROOT / "src-tauri/roadmaps/mlops-2026.json"
# Size: number of tj3 runs and the target ratio of processor times. Large plans start early and have
# many hours a week, because tj3 ends with 2035.
SIZES = {"plan": (11, 100), "100": (7, None), "1000": (3, 500), "10000": (1, 3000)}
RUNS_OF_WAYMARK = 21
FINEST = 5


def main():
    waymark = Path(os.environ.get("WAYMARK", ROOT / "target/release/waymark"))
    if not waymark.exists():
        sys.exit(f"{waymark} is missing: cargo build --release -p waymark-cli")
    sizes = sys.argv[1:] or list(SIZES)
    if unknown := set(sizes) - set(SIZES):
        sys.exit(f"no such size: {', '.join(unknown)}; there are {', '.join(SIZES)}")
    install()
    print("| tasks | sessions | tj3 at | dates, CPU | tj3, CPU | ratio | aim | dates, wall | tj3, wall | ratio | events, CPU | ratio |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            compare(size, waymark, Path(folder))


def install():
    if shutil.which("tj3"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    for words in (["update"], ["install", "--yes", "--no-install-recommends", "tj3"]):
        subprocess.run([*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *words], check=True)


def compare(size, waymark, folder):
    runs, aim = SIZES[size]
    roadmap = EMBEDDED if size == "plan" else folder / "roadmap.json"
    options = ["--roadmap", roadmap, "--zone", "Europe/Berlin"]
    if size == "plan":
        options += ["--start", "2027-01-04", "--hours", "10"]
    else:
        roadmap.write_text(json.dumps(synthetic(int(size))))
        options += ["--start", "2001-01-01", "--hours", "60"]
    tjp, data = folder / "plan.tjp", folder / "plan.json"
    subprocess.run([waymark, "export", *options, "--tjp", tjp], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([waymark, "plan", *options, "--json", data], check=True, stdout=subprocess.DEVNULL)

    project = tjp.read_text()
    exported = int(re.search(r"timingresolution (\d+) min", project)[1])
    dates = [waymark, "plan", *options, "--csv", folder / "dates.csv"]
    events = [waymark, "plan", *options, "--ics", folder / "plan.ics"]
    theirs = ["tj3", "--silent", "--no-color", "--output-dir", folder, tjp]
    for resolution in sorted({exported, FINEST}, reverse=True):
        tjp.write_text(project.replace(f"timingresolution {exported} min", f"timingresolution {resolution} min"))
        measure(dates)  # fills the caches
        fast, full, slow = [], [], []
        for _ in range(runs):  # in turn, so that all meet the same load
            for _ in range(math.ceil(RUNS_OF_WAYMARK / runs)):
                fast += [measure(dates)]
                full += [measure(events)]
            slow += [measure(theirs)]
        tasks, sessions = same(json.loads(data.read_text()), folder / "waymark.csv")
        (cpu, wall), (cpu_ics, _), (cpu3, wall3) = median(fast), median(full), median(slow)
        print(
            f"| {tasks:,} | {sessions:,} | {resolution} min | {cpu * 1e3:.1f} ms | {cpu3:.2f} s | **{cpu3 / cpu:.0f}** "
            f"| {aim or '–'} | {wall * 1e3:.1f} ms | {wall3:.2f} s | {wall3 / wall:.0f} | {cpu_ics * 1e3:.1f} ms | {cpu3 / cpu_ics:.0f} |",
            flush=True,
        )


def synthetic(count):
    """As many phases as tasks in each. Chains stay short: tj3 fails beyond some 1,000 tasks in a row."""
    draw = random.Random(count)
    width = round(math.sqrt(count))
    phases = []
    for start in range(0, count, width):
        number = len(phases)
        items = []
        for index in range(start, min(start + width, count)):
            before = index - max(width // 4, 1)
            items.append({
                "id": f"item-{index}", "title": f"Item {index}", "kind": "topic",
                "effort_hours": draw.randint(2, 14) / 2,
                "requires": [f"item-{before}"] if before >= start else [],
            })
        phases.append({
            "id": f"phase-{number}", "title": f"Phase {number}", "items": items,
            "outcome": {"id": f"outcome-{number}", "title": f"Outcome {number}"},
            "requires": [f"phase-{number - 1}"] if number else [],
        })
    return {"id": "synthetic", "title": f"{count} tasks", "nominal_hours_per_week": 10, "phases": phases}


def measure(command):
    """Processor seconds (user and system, with children) and wall seconds of one process."""
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    begun = time.perf_counter()
    process = os.posix_spawnp(str(command[0]), [str(word) for word in command], os.environ, file_actions=quiet)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begun
    if status:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return usage.ru_utime + usage.ru_stime, wall


def median(runs):
    return [statistics.median(times) for times in zip(*runs)]


def same(plan, report):
    """Checks that both gave the same answer: every phase with sessions ends at the same instant."""
    with report.open() as file:
        rows = {row["Id"].replace("_", "-"): row["End"] for row in csv.DictReader(file, delimiter=";")}
    ends = {session["phase"]: session["end"] for session in plan["sessions"]}
    for phase, end in ends.items():
        theirs = datetime.strptime(rows[phase], "%Y-%m-%dT%H:%M%z")
        if theirs != datetime.strptime(end, "%Y-%m-%dT%H:%M:%S%z"):
            sys.exit(f"phase {phase} ends at {end} for Waymark, at {theirs} for tj3")
    return len({session["item"] for session in plan["sessions"]}), len(plan["sessions"])


if __name__ == "__main__":
    main()
