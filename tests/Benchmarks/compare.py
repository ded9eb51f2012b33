"""Times the tool's commands and Alembic's (or an older build's) on equal histories and prints a Markdown table. Started by the script `compare` beside it."""
import argparse
import datetime
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import time

from histories import Ours, Theirs

# Case, what is run, on how many revisions, how many of them are applied, whether what a former run kept is there, the ratio to reach.
CASES = [
    ("`current`, 100 revisions", ["current"], 100, 100, True, 0.25),
    ("`upgrade head`, nothing to do, 100 revisions", ["upgrade", "head"], 100, 100, True, 0.25),
    ("`upgrade head`, 1 revision, empty cache", ["upgrade", "head"], 1, 0, False, None),
    ("`upgrade head`, 1 pending of 100, empty cache", ["upgrade", "head"], 100, 99, False, 0.40),
    ("`upgrade head`, 100 pending, empty cache", ["upgrade", "head"], 100, 0, False, 0.35),
    ("`upgrade head`, 1,000 pending, empty cache", ["upgrade", "head"], 1000, 0, False, 0.20),
    ("`upgrade head`, 1,000 pending, warm", ["upgrade", "head"], 1000, 0, True, 0.10),
    ("`history`, 1,000 revisions, warm", ["history"], 1000, 1000, True, 0.25),
    ("`history`, 1,000 revisions, empty index", ["history"], 1000, 1000, False, 0.60),
    ("`revision -m x`, 1,000 revisions, warm", ["revision", "-m", "x"], 1000, 1000, True, 0.35),
    ("`revision --autogenerate`, 200 tables, warm", ["revision", "--autogenerate", "-m", "x"], 200, 200, True, 0.35),
    ("`history`, 10,000 revisions, warm", ["history"], 10000, 10000, True, None),
    ("`heads`, 10,000 revisions, warm", ["heads"], 10000, 10000, True, None),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--bare", required=True, help="a .NET program that does nothing")
    parser.add_argument("--before", help="another build of the tool, compared instead of Alembic: a ratio above 1 means slower than before")
    parser.add_argument("--work", required=True, type=pathlib.Path, help="a folder to make")
    parser.add_argument("--rounds", type=int, default=5, help="how often each pair of commands takes its turn (default 5)")
    parser.add_argument("--only", default="", help="the cases whose text contains this")
    options = parser.parse_args()
    options.work.mkdir(parents=True)
    os.environ["ALEMBIC_CACHE_DIR"] = str(options.work / "cache")

    print(f"{datetime.date.today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, medians of {options.rounds} rounds\n")
    other = "before" if options.before else "Alembic"
    print(f"| case | ours | {other} | ratio | to reach | bare .NET | ours / bare | CPU ratio | memory, ours | memory, {other} |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    missed = 0
    for case, arguments, size, applied, warm, goal in CASES:
        if options.only in case:
            missed += row(options, case, arguments, size, applied, warm, None if options.before else goal)
    if options.before:
        return
    print(f"\n{missed} of the ratios to reach are missed" if missed else "\nall ratios are reached")


def row(options, case, arguments, size, applied, warm, goal):
    other = Ours(options.work / f"before-{size}", options.before) if options.before else Theirs(options.work / f"theirs-{size}", shutil.which("alembic"))
    sides = [Ours(options.work / f"ours-{size}", options.tool), other]
    for side in sides:
        side.fill(size, model="--autogenerate" in arguments)
        side.stand_at(applied)
        # Once, so that what can be kept is there; an index trusts a file only when it is some seconds old.
        side.run(arguments)
    time.sleep(3 if warm else 0)

    bare, ours, theirs = [], [], []
    for _ in range(options.rounds if size < 10000 else 2):
        bare.append(measure([options.bare], options.work, "true"))
        for side, results in zip(sides, (ours, theirs)):
            results.append(measure([side.program, *arguments], side.folder, side.reset(warm)))
    memory = []
    for side in sides:
        subprocess.run(side.reset(warm), cwd=side.folder, shell=True, check=True)
        memory.append(peak([side.program, *arguments], side.folder))

    wall = [statistics.median(r["median"] for r in results) for results in (ours, theirs, bare)]
    cpu = [statistics.median(r["user"] + r["system"] for r in results) for results in (ours, theirs)]
    ratio = wall[0] / wall[1]
    print(f"| {case} | {ms(wall[0])} | {ms(wall[1])} | {ratio:.2f} | {f'{goal:.2f}' if goal else ''} | {ms(wall[2])} | {wall[0] / wall[2]:.1f} "
          f"| {cpu[0] / cpu[1]:.2f} | {memory[0]} MB | {memory[1]} MB |", flush=True)
    return int(goal is not None and ratio > goal)


def measure(command, folder, prepare):
    result = folder / "hyperfine.json"
    words = " ".join(f"'{word}'" for word in command)
    subprocess.run(["hyperfine", "-N", "--style", "none", "--runs", "2", "--prepare", f"sh -c \"{prepare}\"", "--export-json", result, words],
                   cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return json.loads(result.read_text())["results"][0]


def peak(command, folder):
    """The most memory that the command and the processes it starts hold, in MB: the sum of what each held at most."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = {}
    while process.poll() is None:
        for child in children(process.pid):
            try:
                status = pathlib.Path(f"/proc/{child}/status").read_text()
            except OSError:
                continue
            for line in status.splitlines():
                if line.startswith("VmHWM"):
                    most[child] = int(line.split()[1])
        time.sleep(0.001)
    return round(sum(most.values()) / 1024)


def children(pid):
    found = [pid]
    for parent in found:
        try:
            found += map(int, pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
        except OSError:
            pass
    return found


def ms(seconds):
    return f"{seconds * 1000:,.0f} ms"


main()
