"""Starts Riskgate, an application and each proxy that is installed, and walks through them."""
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

from proxies import HOST, Application, Caddy, Nginx  # noqa: E402
from server import Server  # noqa: E402
from walk import Walk  # noqa: E402


def certificate(directory):
    """A certificate of the application's host that only this test trusts."""
    chain, key = str(directory / "wiki.pem"), str(directory / "wiki.key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-out", chain, "-keyout", key],
                   check=True, capture_output=True)
    return chain, key


def main():
    kinds = []
    for kind in (Nginx, Caddy):
        if kind.is_installed():
            kinds.append(kind)
        else:
            print(f"  skipped: {kind.name} is not installed, and only root can install it")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="riskgate-proxies-") as directory, Server() as server, Application() as application:
        files = certificate(Path(directory))
        proxies = [kind(Path(directory), files) for kind in kinds]
        callbacks = [x for proxy in proxies for x in ("--redirect-uri", f"{proxy.url}/.riskgate/callback")]
        if not proxies:
            return 0
        app_id = server.cli("app", "create", "--name", "Wiki", *callbacks)["appId"]
        for proxy in proxies:
            proxy.start(server, application, app_id)
            try:
                Walk(server, proxy, application, app_id, files[0]).run()
            except Exception:  # every proxy is walked through, and all failures are shown
                failed += 1
                traceback.print_exc()
                print(f"  FAILED: {proxy.name}\n{proxy.log()}\n{server.log_text()}")
            finally:
                proxy.stop()
        print(f"{len(proxies) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
