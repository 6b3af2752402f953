"""Whether the time of an answer tells that an account exists: the same request for names that exist, are disabled or nobody has,
in random order. Prints, for each step, how likely an answer for an existing name is slower than one for a name nobody has
(0.50 is no difference), and the times."""
import http.client
import json
import os
import random
import ssl
import statistics
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode, urlparse

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support")]

from page import Page  # noqa: E402
from server import Server  # noqa: E402

SAMPLES = int(os.environ.get("SAMPLES", "300"))
# Fewer than what locks an account or a reset.
EACH = 3
KINDS = ["exists", "disabled", "nobody"]


class Browser:
    """One connection that is kept open, so that only the answer is timed."""

    def __init__(self, server):
        url = urlparse(server.settings["BASE_URL"])
        context = ssl.create_default_context(cafile=server.settings["CA_FILE"])
        self.connection = http.client.HTTPSConnection(url.hostname, url.port, context=context)
        self.cookies, self.number = {}, 0

    def send(self, method, path, body=None):
        self.number += 1
        # Another address each time: one that fails often is locked out.
        address = f"198.18.{self.number // 250 % 250}.{self.number % 250 + 1}"
        headers = {"X-Forwarded-For": address, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        took = time.perf_counter() - began
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, took, text


def users(server):
    """Names of each kind, enough that none is asked for so often that it is locked."""
    headers = {"Authorization": "Bearer " + server.token(), "Content-Type": "application/json"}
    context = ssl.create_default_context(cafile=server.settings["CA_FILE"])
    names = {kind: [f"{kind}-{number}@{server.settings['DOMAIN']}" for number in range(-(-SAMPLES // EACH))] for kind in KINDS}
    for kind in ["exists", "disabled"]:
        for name in names[kind]:
            user = {"accountEnabled": kind == "exists", "displayName": name, "mailNickname": name.split("@")[0], "userPrincipalName": name,
                    "passwordProfile": {"password": "Fabrikam-1234", "forceChangePasswordNextSignIn": False}}
            request = urllib.request.Request(server.settings["BASE_URL"] + "/v1.0/users", json.dumps(user).encode(), headers)
            urllib.request.urlopen(request, context=context).read()
    return names


def measure(server, names, page, field, path, expected, extra):
    browser = Browser(server)
    _, _, text = browser.send("GET", page)
    fields = next(form["fields"] for form in Page(text).forms if field in form["fields"] and form["action"] == path)
    wanted = [(kind, names[kind][number % len(names[kind])]) for kind in KINDS for number in range(SAMPLES)]
    random.shuffle(wanted)
    times = {kind: [] for kind in KINDS}
    for kind, name in wanted:
        status, took, text = browser.send("POST", path, urlencode({**fields, field: name, **extra}))
        assert status == 200 and expected in text, text
        times[kind].append(1000 * took)
    return times


def slower(these, those):
    """How likely one of these takes longer than one of those."""
    return sum((a > b) + (a == b) / 2 for a in these for b in those) / (len(these) * len(those))


def show(step, times):
    for kind in KINDS:
        deciles = statistics.quantiles(times[kind], n=10)
        chance = "" if kind == "nobody" else f"{slower(times[kind], times['nobody']):.3f}"
        print(f"| {step} | {kind} | {deciles[0]:.1f} | {deciles[4]:.1f} | {deciles[8]:.1f} | {chance} |", flush=True)


def main():
    with Server() as server:
        server.process.terminate()
        server.process.wait(20)
        # The cost people run with, not the cheap one of the tests.
        text = server.config.read_text().replace("argon2_memory_kib = 4096", "argon2_memory_kib = 19456").replace("argon2_passes = 1", "argon2_passes = 2")
        server.config.write_text(text + "[password_reset]\nenabled = true\n[graph]\nrequests_per_ten_seconds = 1000000\n")
        server.start()
        names = users(server)
        print("| step | name | 10 % (ms) | median | 90 % | chance to be slower than nobody's |\n|---|---|---|---|---|---|")
        show("wrong password", measure(server, names, "/signin", "username", "/signin", "User name or password is wrong", {"password": "Wrong-Password-1"}))
        show("beginning a reset", measure(server, names, "/signin/reset", "username", "/signin/reset", "", {}))


if __name__ == "__main__":
    main()
