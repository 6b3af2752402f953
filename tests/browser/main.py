"""Starts a server and lets Chromium walk through its pages."""
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

from mail import MailServer  # noqa: E402
from server import Server  # noqa: E402

WALKS = sys.argv[1:] or [
    "walk.mjs", "access.mjs", "passkeys.mjs", "approval.mjs", "reset.mjs", "console.mjs", "policies.mjs", "pages.mjs", "explorer.mjs",
    "start.mjs", "federation.mjs",
]


def provider():
    """Another Riskgate, whose people sign in to the first one."""
    # Cookies do not tell ports apart, so it has a host of its own.
    return Server(host="127.0.0.1") if "federation.mjs" in WALKS else nullcontext()


def trusting(upstream):
    return f"[federation]\nauthorities_file = '{upstream.settings['CA_FILE']}'\nprivate_networks = ['127.0.0.1/32', '::1/128']\n" if upstream else ""


with MailServer() as mail, provider() as upstream, Server(mail_port=mail.port, more=trusting(upstream)) as server:
    # Commands of a shell find the program and its data.
    environment = {**server.environment(), "TOKEN": server.token(), "RISKGATE_BINARY": server.binary,
                   "RISKGATE_DATA_DIR": str(server.data), "RISKGATE_CONFIG": str(server.config),
                   "MAIL_DIR": str(mail.directory)}
    if upstream:
        authorities = Path(upstream.directory.name) / "authorities.pem"
        authorities.write_text("".join(Path(s.settings["CA_FILE"]).read_text() for s in (server, upstream)))
        environment |= {"NODE_EXTRA_CA_CERTS": str(authorities), "UPSTREAM_BASE_URL": upstream.settings["BASE_URL"],
                        "UPSTREAM_TENANT": upstream.settings["TENANT"], "UPSTREAM_TOKEN": upstream.token(),
                        "UPSTREAM_DOMAIN": upstream.settings["DOMAIN"],
                        "UPSTREAM_DATA_DIR": str(upstream.data), "UPSTREAM_CONFIG": str(upstream.config)}
    failed = 0
    for walk in WALKS:
        print(f"{walk}:", flush=True)
        done = subprocess.run(["node", str(HERE / walk)], env=environment, timeout=600)
        failed += done.returncode != 0
    if failed:
        print(server.log_text())
print(f"{len(WALKS) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
