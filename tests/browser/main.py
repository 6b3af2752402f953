"""Starts a server and lets Chromium walk through its pages."""
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

from server import Server  # noqa: E402

with Server() as server:
    environment = {**server.environment(), "TOKEN": server.token()}
    done = subprocess.run(["node", str(HERE / "walk.mjs")], env=environment, timeout=600)
    if done.returncode:
        print(server.log_text())
print(f"{int(done.returncode == 0)} passed, {int(done.returncode != 0)} failed")
sys.exit(done.returncode)
