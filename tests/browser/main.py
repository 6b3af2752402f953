"""Starts a server and lets Chromium walk through its pages."""
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

from mail import MailServer  # noqa: E402
from server import Server  # noqa: E402

WALKS = sys.argv[1:] or [
    "walk.mjs", "access.mjs", "passkeys.mjs", "approval.mjs", "reset.mjs", "console.mjs", "policies.mjs", "pages.mjs", "explorer.mjs",
    "start.mjs",
]

with MailServer() as mail, Server(mail_port=mail.port) as server:
    # Commands of a shell find the program and its data.
    environment = {**server.environment(), "TOKEN": server.token(), "RISKGATE_BINARY": server.binary,
                   "RISKGATE_DATA_DIR": str(server.data), "RISKGATE_CONFIG": str(server.config),
                   "MAIL_DIR": str(mail.directory)}
    failed = 0
    for walk in WALKS:
        print(f"{walk}:", flush=True)
        done = subprocess.run(["node", str(HERE / walk)], env=environment, timeout=600)
        failed += done.returncode != 0
    if failed:
        print(server.log_text())
print(f"{len(WALKS) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
