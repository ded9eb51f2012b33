"""Runs the scenarios of ../shared/conformance against a tool and holds the failures against differences.md.

  check.py TOOL [driver options]      TOOL: the installed dotnet-alembic
"""
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
DRIVER = HERE.parents[2] / "shared" / "conformance" / "run.py"


def expected():
    names = set()
    for line in (HERE / "differences.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| scenario"):
            names |= {name.strip() for name in line.split("|")[1].split(",")}
    return names


def main(tool, options):
    if not DRIVER.exists():
        print(f"conformance: skipped, there is no {DRIVER}")
        return 0
    run = subprocess.run(
        [sys.executable, str(DRIVER), "--tool", tool, "--prog", "dotnet-alembic", "--renderer", "csharp", "--profile", "port", "--jobs", "2", *options],
        stdout=subprocess.PIPE, text=True, check=False)
    results = dict((name, word) for word, name in re.findall(r"^(ok|FAIL|ERROR) +([\w.-]+)", run.stdout, re.M))
    if not results:
        print(run.stdout)
        print("conformance: the driver ran no scenario")
        return 1
    listed = expected()
    failed = {name for name, word in results.items() if word != "ok"}
    wrong = sorted(failed - listed) + sorted(name for name in listed - failed if name in results)
    for name in wrong:
        if name in failed:
            print(re.search(rf"^(FAIL|ERROR) +{re.escape(name)}\b.*?(?=^(?:ok|FAIL|ERROR|time:) )", run.stdout, re.M | re.S).group(0))
        else:
            print(f"{name} passes, but differences.md lists it")
    print(f"conformance: {len(results) - len(failed)} scenarios match, {len(failed & listed)} differ as differences.md says")
    print(f"conformance: {len(results) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
