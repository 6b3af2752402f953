"""Measures a release build with wrk: each figure beside a yardstick of the same run. Prints the table of docs/PERFORMANCE.md."""
import http.cookiejar
import json
import os
import re
import resource
import shutil
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "clients")]

from server import Server  # noqa: E402

SECONDS = int(os.environ.get("LOAD_SECONDS", "15"))
DETECTIONS = int(os.environ.get("LOAD_DETECTIONS", "1000000"))
rows = []


def row(what, figure, yardstick, ratio):
    rows.append((what, figure, yardstick, ratio))
    print(f"{what}: {figure}; {yardstick}; {ratio}", flush=True)


def wrk(url, script=None, connections=8, seconds=SECONDS):
    """Requests a second, the latency line at 99 %, and how many answers were no success."""
    command = ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "--latency"] + (["-s", script] if script else []) + [url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), re.search(r"99%\s+(\S+)", text)[1], int(failed[1]) if failed else 0


def lua(directory, name, method, body=None, headers=None):
    path = Path(directory) / f"{name}.lua"
    lines = [f'wrk.method = "{method}"'] + [f'wrk.headers["{k}"] = "{v}"' for k, v in (headers or {}).items()]
    path.write_text("\n".join(lines + ([f"wrk.body = {json.dumps(body)}"] if body else [])) + "\n")
    return str(path)


def password_sign_ins(server, directory):
    """The first-factor request of the sign-in page, over and over; the yardstick hashes and does nothing else."""
    from page import Page
    s = server.settings
    jar = http.cookiejar.CookieJar()
    https = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=s["CA_FILE"]))
    opener = urllib.request.build_opener(https, urllib.request.HTTPCookieProcessor(jar))
    with opener.open(s["BASE_URL"] + "/security-info") as page:
        fields = Page(page.read().decode()).forms[0]["fields"]
    cookie = "; ".join(f"{c.name}={c.value}" for c in jar)
    body = urlencode({**fields, "username": s["ADMIN"], "password": s["ADMIN_PASSWORD"]})
    script = lua(directory, "sign-in", "POST", body, {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie})
    bare = subprocess.run(["cargo", "run", "--release", "--quiet", "--locked", "-p", "riskgate-authentication", "--example", "bare_argon2", "--",
                           str(SECONDS), "19456", "2"], cwd=ROOT, capture_output=True, text=True, check=True)
    bare = float(bare.stdout)
    rate, _, failed = wrk(s["BASE_URL"] + "/signin", script, connections=8)
    row("password sign-ins", f"{rate:.1f}/s ({failed} failed)", f"bare Argon2id {bare:.1f}/s", f"{rate / bare:.0%}")


def client_credentials(server, directory):
    s = server.settings
    body = urlencode({"grant_type": "client_credentials", "client_id": s["CLIENT_ID"], "client_secret": s["CLIENT_SECRET"],
                      "scope": "https://graph.microsoft.com/.default"})
    script = lua(directory, "token", "POST", body, {"Content-Type": "application/x-www-form-urlencoded"})
    sign = subprocess.run(["openssl", "speed", "-seconds", "3", "-multi", str(os.cpu_count()), "rsa2048"], capture_output=True, text=True).stdout
    signs = float(re.search(r"rsa\s+2048 bits\s+\S+s\s+\S+s\s+([\d.]+)", sign)[1])
    bare, _, _ = wrk(f"{s['BASE_URL']}/{s['TENANT']}/discovery/v2.0/keys")
    rate, tail, failed = wrk(f"{s['BASE_URL']}/{s['TENANT']}/oauth2/v2.0/token", script)
    cost, floor = 1 / rate, 1 / bare + 1 / signs
    row("client-credentials tokens", f"{rate:.0f}/s, 99 % in {tail} ({failed} failed)",
        f"bare HTTPS answer {bare:.0f}/s + bare RSA-2048 signature {signs:.0f}/s", f"{cost / floor:.2f} × their sum")


def what_if(server, directory):
    """What If with as many policies as a tenant may have, one connection; the yardstick is a bare answer on the same one."""
    token, base = server.token(), server.settings["BASE_URL"]
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    def graph(method, path, body=None):
        request = urllib.request.Request(f"{base}/v1.0{path}", json.dumps(body).encode() if body else None, headers, method=method)
        with urllib.request.urlopen(request, context=ssl.create_default_context(cafile=server.settings["CA_FILE"])) as answer:
            return json.load(answer)
    user = graph("GET", "/users?$top=1")["value"][0]["id"]
    for number in range(195):
        graph("POST", "/identity/conditionalAccess/policies", {
            "displayName": f"Policy {number}", "state": "enabledForReportingButNotEnforced",
            "conditions": {"applications": {"includeApplications": ["All"]}, "users": {"includeUsers": ["All"]},
                           "signInRiskLevels": ["high"] if number % 40 else []},
            "grantControls": {"operator": "OR", "builtInControls": ["mfa"]}})
    question = {"signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": user},
                "signInContext": {"@odata.type": "#microsoft.graph.applicationContext",
                                  "includeApplications": ["00000003-0000-0000-c000-000000000000"]},
                "signInConditions": {"ipAddress": "198.51.100.7"}, "appliedPoliciesOnly": True}
    script = lua(directory, "what-if", "POST", json.dumps(question), headers)
    bare, bare_tail, _ = wrk(f"{base}/{server.settings['TENANT']}/discovery/v2.0/keys", connections=1)
    rate, tail, failed = wrk(f"{base}/v1.0/identity/conditionalAccess/evaluate", script, connections=1)
    row("What If of one sign-in, 195 policies, those that apply", f"mean {1000 / rate:.2f} ms, 99 % in {tail} ({failed} failed)",
        f"bare HTTPS answer {1000 / bare:.2f} ms, 99 % in {bare_tail}", "budget 1 ms")


def million(server, directory):
    """Copies one real detection a million times, then lists 100 of one user's through Graph."""
    server.process.terminate()
    server.process.wait(20)
    database = sqlite3.connect(server.data / "riskgate.db")
    columns = [c[1] for c in database.execute("pragma table_info(risk_detections)")]
    fixed = {"id": "printf('%064x', n)", "user_id": "printf('00000000-0000-4000-8000-%012x', n % 5000)",
             "user_display_name": "'user ' || (n % 5000)", "detected_date_time": "detected_date_time - n * 1000000"}
    picked = ", ".join(fixed.get(c, c) for c in columns)
    started = time.monotonic()
    database.execute(f"insert into risk_detections ({', '.join(columns)}) with recursive n(n) as (select 1 union all select n + 1 from n where n < ?)"
                     f" select {picked} from (select * from risk_detections limit 1), n", (DETECTIONS,))
    database.commit()
    database.close()
    print(f"  {DETECTIONS} detections inserted in {time.monotonic() - started:.0f} s", flush=True)
    started = time.monotonic()
    server.start()
    ready = time.monotonic() - started
    row("start to ready on that store", f"{ready * 1000:.0f} ms", "budget 200 ms", "")
    auth = {"Authorization": "Bearer " + server.token()}
    script = lua(directory, "list", "GET", None, auth)
    base = server.settings["BASE_URL"] + "/v1.0/identityProtection/riskDetections?$top=100&$filter="
    rate, tail, failed = wrk(base + "userDisplayName%20eq%20'user%2042'", script, connections=2)
    row(f"100 of {DETECTIONS} detections by user", f"{rate:.0f}/s, 99 % in {tail} ({failed} failed)", "budget 5 ms", "")


def memory(server):
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    kib = int(re.search(r"VmRSS:\s+(\d+)", status)[1])
    row("resident memory, idle", f"{kib / 1024:.0f} MiB", "budget 60 MB", "")
    row("binary", f"{Path(server.binary).stat().st_size / 1e6:.0f} MB", "budget 60 MB", "")


def main():
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: install your system's package")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    with tempfile.TemporaryDirectory() as directory, Server() as server:
        memory(server)
        # The cost people run with, not the cheap one of the tests.
        server.process.terminate()
        server.process.wait(20)
        text = server.config.read_text().replace("argon2_memory_kib = 4096", "argon2_memory_kib = 19456").replace("argon2_passes = 1", "argon2_passes = 2")
        server.config.write_text(text + "[graph]\nrequests_per_ten_seconds = 1000000\n")
        server.cli("user", "reset-password", "--user", server.settings["ADMIN"], "--password-stdin", "--keep-password",
                   stdin=server.settings["ADMIN_PASSWORD"])
        started = time.monotonic()
        server.start()
        row("start to ready", f"{(time.monotonic() - started) * 1000:.0f} ms", "budget 200 ms", "")
        client_credentials(server, directory)
        password_sign_ins(server, directory)
        simulate = ["simulate", "signin", "--user", server.settings["ADMIN"], "--password-stdin", "--from", "tor"]
        server.cli(*simulate, stdin=server.settings["ADMIN_PASSWORD"])
        what_if(server, directory)
        million(server, directory)
    print("\n| what | figure | yardstick of the same run | ratio |\n|---|---|---|---|")
    for cells in rows:
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
