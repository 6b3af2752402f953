"""Runs the story through the official Python and JavaScript clients, and the schema checker where it is at hand."""
import asyncio
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

from server import Server  # noqa: E402


def python_story(server):
    os.environ.update(server.environment())
    os.environ.pop("SSL_CERT_DIR", None)
    import access
    import msal_flows
    import story
    asyncio.run(story.run(server.settings))
    asyncio.run(access.run(server.settings))
    msal_flows.run(server.settings)


def javascript_story(server):
    subprocess.run(["node", str(HERE / "story.mjs")], env=server.environment(), check=True, timeout=300)


def explorer_code(server):
    import explorer_code as programs
    programs.run(server)


def conformance(server):
    """Checks every answer against the official schema; the parts of later versions are left out by name."""
    tool = os.environ.get("GRAPH_CONFORMANCE")
    if not tool:
        print("  skipped: set GRAPH_CONFORMANCE to a Graph schema checker to run it")
        return
    # An application at risk, so that those sets have something to check.
    signal = {"externalId": "1", "appId": server.settings["PUBLIC_CLIENT_ID"], "riskEventType": "suspiciousApplication",
              "riskLevel": "low", "ipAddress": "192.0.2.1"}
    assert server.post("/riskgate/servicePrincipalRiskDetections", signal) == 201
    token = Path(server.directory.name) / "token"
    token.write_text(server.token())
    later = "authenticationMethodsPolicy|subscriptions"
    subprocess.run([sys.executable, tool, "--base-url", server.settings["BASE_URL"] + "/v1.0", "--token-file", str(token),
                    "--ca-file", server.settings["CA_FILE"], "--write", "--skip", later], check=True, timeout=600)


def main():
    failed = 0
    with Server() as server:
        for name, part in (("Python SDK", python_story), ("JavaScript SDK", javascript_story),
                           ("Explorer's programs", explorer_code), ("Graph schema", conformance)):
            print(f"{name}:", flush=True)
            try:
                part(server)
            except BaseException as error:  # every part runs, and all failures are shown
                failed += 1
                print(f"  FAILED: {type(error).__name__}: {error}")
                print(server.log_text())
        print(f"{4 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
