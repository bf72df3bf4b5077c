#!/usr/bin/env python3
"""Waymark and GNOME Planner on the same tasks: whole processes, processor time.

    cargo build --release -p waymark-cli && python3 benches/planner.py [100 1000 10000]

Installs Debian's planner if it is missing, and compiles planner.c against its library, which needs
no display. Planner levels no resources, so each task follows the one before; it writes the dates of
the tasks. `waymark plan --ics` schedules sessions and writes an event for each. Uses
target/release/waymark, or $WAYMARK.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from taskjuggler import ROOT, measure, median, synthetic

SIZES = {"100": 11, "1000": 7, "10000": 3}
HEAD = """<?xml version="1.0"?>
<project name="p" company="" manager="" phase="" project-start="20010101T000000Z" \
mrproject-version="2" calendar="1">
<properties/><phases/>
<calendars><day-types><day-type id="0" name="Working" description=""/>\
<day-type id="1" name="Nonworking" description=""/></day-types>
<calendar id="1" name="Default">\
<default-week mon="0" tue="0" wed="0" thu="0" fri="0" sat="0" sun="1"/>
<overridden-day-types><overridden-day-type id="0"><interval start="0900" end="1900"/>\
</overridden-day-type></overridden-day-types><days/></calendar></calendars>
<tasks>
"""
TAIL = "</tasks><resource-groups/><resources/><allocations/></project>\n"


def main():
    waymark = Path(os.environ.get("WAYMARK", ROOT / "target/release/waymark"))
    if not waymark.exists():
        sys.exit(f"{waymark} is missing: cargo build --release -p waymark-cli")
    sizes = sys.argv[1:] or list(SIZES)
    if not shutil.which("planner"):
        sudo = [] if os.geteuid() == 0 else ["sudo"]
        subprocess.run([*sudo, "apt-get", "install", "--yes", "--no-install-recommends", "planner"], check=True)
    files = subprocess.run(["dpkg", "-L", "planner"], check=True, capture_output=True, text=True).stdout
    library = next(line for line in files.splitlines() if line.endswith("libplanner-1.so.1"))
    print("| tasks | events, CPU | Planner, CPU | ratio |\n|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = folder / "planner"
        rpath = f"-Wl,-rpath,{Path(library).parent}"
        source = ROOT / "benches/planner.c"
        subprocess.run(["cc", "-O2", source, "-o", program, library, rpath], check=True)
        for size in sizes:
            compare(size, waymark, program, folder)


def compare(size, waymark, program, folder):
    roadmap = synthetic(int(size))
    (folder / "roadmap.json").write_text(json.dumps(roadmap))
    (folder / "in.planner").write_text(project(roadmap))
    options = ["--roadmap", folder / "roadmap.json", "--zone", "Europe/Berlin"]
    options += ["--start", "2001-01-01", "--hours", "60"]
    ours = [waymark, "plan", *options, "--ics", folder / "plan.ics"]
    theirs = [program, f"file://{folder}/in.planner", f"file://{folder}/out.planner"]
    measure(ours)  # fills the caches
    fast, slow = [], []
    for _ in range(SIZES[size]):  # in turn, so that both meet the same load
        fast += [measure(ours)]
        slow += [measure(theirs)]
    (cpu, _), (planner, _) = median(fast), median(slow)
    print(f"| {int(size):,} | {cpu * 1e3:.1f} ms | {planner * 1e3:.0f} ms | **{planner / cpu:.1f}** |", flush=True)


def project(roadmap):
    """The tasks as a file of Planner, one after the other."""
    items = [item for phase in roadmap["phases"] for item in phase["items"]]
    time = "20010101T000000Z"
    tasks = []
    for at, item in enumerate(items, 1):
        work = round(item["effort_hours"] * 3600)
        before = f'<predecessors><predecessor id="1" predecessor-id="{at - 1}" type="FS"/></predecessors>'
        tasks.append(
            f'<task id="{at}" name="{item["title"]}" note="" work="{work}" duration="{work}" '
            f'start="{time}" end="{time}" work-start="{time}" percent-complete="0" priority="0" '
            f'type="normal" scheduling="fixed-work">{before if at > 1 else ""}</task>\n'
        )
    return HEAD + "".join(tasks) + TAIL


if __name__ == "__main__":
    main()
