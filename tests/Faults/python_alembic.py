"""Runs a command of Alembic for Python for each line that it reads, and answers each with its exit code and what it says."""
import contextlib
import io
import json
import sys

import alembic.config

for line in sys.stdin:
    said, code = io.StringIO(), 0
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            alembic.config.main(argv=json.loads(line), prog="alembic")
        except SystemExit as exit:
            code = exit.code or 0
        except Exception as exception:
            code = 1
            print(f"{type(exception).__name__}: {exception}", file=said)
    print(json.dumps([code, said.getvalue()]), flush=True)
