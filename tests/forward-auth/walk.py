"""What a person, a visitor with bad intentions and an administrator see of an application behind a proxy."""
import json
import time
import urllib.error
import urllib.request
import ssl

from browser import Browser
from page import one_time_code

PASSWORD = "Contoso1234"
IDENTITY = ("remote-user", "remote-name", "remote-email", "remote-groups", "remote-groups-overage", "x-riskgate-user",
            "x-riskgate-object-id", "x-riskgate-session-id")
POLICIES = "/identity/conditionalAccess/policies"


class Graph:
    def __init__(self, server):
        self.base, self.token = server.settings["BASE_URL"] + "/v1.0", server.token()
        self.context = ssl.create_default_context(cafile=server.settings["CA_FILE"])

    def __call__(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else b"" if method == "POST" else None
        request = urllib.request.Request(self.base + path, data, method=method, headers={
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None


class Walk:
    def __init__(self, server, proxy, application, app_id, certificate):
        self.server, self.proxy, self.application, self.app_id = server, proxy, application, app_id
        self.authorities = [server.settings["CA_FILE"], certificate]
        self.graph = Graph(server)
        self.name = f"ada-{proxy.name}@{server.settings['DOMAIN']}"
        self.page = proxy.url + "/a/b?c=d%2Fe"
        self.steps = {}

    def browser(self, source="127.0.0.1"):
        return Browser(self.authorities, source)

    def policy(self, control, **conditions):
        """A policy about this person at this application; `with` takes it away again."""
        graph = self.graph
        body = {"displayName": "A name nobody is told", "state": "enabled",
                "conditions": {"users": {"includeUsers": [self.user["id"]]}, "clientAppTypes": ["all"],
                               "applications": {"includeApplications": [self.app_id]}, **conditions},
                "grantControls": {"operator": "OR", "builtInControls": [control]}}

        class Policy:
            def __enter__(self):
                self.id = graph("POST", POLICIES, body)["id"]

            def __exit__(self, *_):
                graph("DELETE", f"{POLICIES}/{self.id}")

        return Policy()

    def code(self, secret):
        """A code of a step not used before: waits for the next step when need be, as a person must."""
        step = int(time.time()) // 30
        while self.steps.get(secret) == step:
            time.sleep(0.5)  # a one-time code changes with the clock and with nothing else
            step = int(time.time()) // 30
        self.steps[secret] = step
        return one_time_code(secret, step * 30)

    def run(self):
        self.user = self.graph("POST", "/users", {
            "accountEnabled": True, "displayName": "Zoë Lovelace", "mailNickname": f"ada-{self.proxy.name}",
            "userPrincipalName": self.name,
            "passwordProfile": {"forceChangePasswordNextSignIn": False, "password": PASSWORD}})
        for step in (self.nobody, self.signs_in, self.forges, self.is_blocked, self.is_elsewhere, self.needs_a_code,
                     self.signs_out, self.is_revoked):
            step()
            print(f"  {self.proxy.name}: {step.__doc__}", flush=True)

    def seen(self, browser):
        """What the application saw of the request just made."""
        assert browser.status == 200 and browser.url.startswith(self.proxy.url), (browser.status, browser.url, browser.text)
        return json.loads(browser.text)

    def check_identity(self, seen):
        values = {}
        for name, value in seen["headers"]:
            values.setdefault(name.lower().replace("_", "-"), []).append(value)
        told = {name: values[name] for name in IDENTITY if any(values.get(name, []))}
        assert told.pop("x-riskgate-session-id"), values
        assert told == {"remote-user": [self.name], "remote-name": ["Zo%C3%AB Lovelace"], "x-riskgate-user": [self.name],
                        "x-riskgate-object-id": [self.user["id"]]}, told

    def nobody(self):
        """without a session a page leads to the sign-in, a program is told 401, and nothing gets through"""
        before, browser = self.application.requests, self.browser()
        assert browser.get(self.page).location().startswith(f"{self.proxy.url}/.riskgate/start?"), browser.text
        for method, headers in (("GET", [("Sec-Fetch-Mode", "cors")]), ("POST", [])):
            browser.request(method, self.page, {} if method == "POST" else None, headers)
            assert browser.status == 401 and "location" not in browser.headers, (browser.status, browser.text)
        for path in ("/.riskgate/check", "/.riskgate/nothing", "/.riskgate/../secret", "//.riskgate/start", "/%2eriskgate/callback"):
            browser.get(self.proxy.url + path)
            assert browser.status != 200, (path, browser.text)
        assert self.application.requests == before, "the application was reached"

    def signs_in(self):
        """the person signs in through the pages and lands where he wanted, and the application knows who he is"""
        self.session = self.browser()
        self.session.walk(self.page).submit(username=self.name, password=PASSWORD)
        seen = self.seen(self.session)
        assert self.session.url == self.page and seen["path"] == "/a/b?c=d%2Fe", (self.session.url, seen)
        self.check_identity(seen)
        self.session.request("POST", self.page, {"x": "y"})
        assert self.seen(self.session)["method"] == "POST"

    def forges(self):
        """identity headers a visitor sends do not reach the application, nor is he believed where he is"""
        names = [*IDENTITY, *(name.replace("-", "_") for name in IDENTITY), "Remote-user", "X-Riskgate_User"]
        forged = [(name, "admin@example.com") for name in names]
        self.session.get(self.page, forged)
        self.check_identity(self.seen(self.session))
        proxied = [("X-Original-URL", "https://evil.example/"), ("X-Forwarded-Host", "evil.example"), ("X-Original-Method", "GET"),
                   ("X-Forwarded-Uri", "/.riskgate/callback"), ("X-Forwarded-Proto", "http"), ("X-Riskgate-App", "x"),
                   ("Forwarded", "for=203.0.113.9"), ("X-Forwarded-For", "203.0.113.9")]
        self.session.get(self.page, proxied)
        self.check_identity(self.seen(self.session))
        before = self.application.requests
        stranger = self.browser().get(self.page, forged + proxied)
        assert stranger.location().startswith(f"{self.proxy.url}/.riskgate/start?"), stranger.headers
        for name in IDENTITY:
            assert not stranger.headers.get(name), "identity goes to the application alone"
        assert self.application.requests == before

    def is_blocked(self):
        """a policy that blocks is in force with the next request and shows a page with error code and request id"""
        with self.policy("block"):
            before = self.application.requests
            self.session.get(self.page)
            page = self.session.page
            assert self.session.status == 403 and page, (self.session.status, self.session.text)
            assert page.by_id["error-code"] == "53003" and "Wiki" in page.text, page.text
            sign_in = self.graph("GET", f"/auditLogs/signIns/{page.by_id['request-id']}")
            assert (sign_in["appId"], sign_in["status"]["errorCode"]) == (self.app_id, 53003), sign_in
            assert "A name nobody is told" not in self.session.text
            assert self.session.request("POST", self.page, {}).status == 403
            assert self.application.requests == before
        self.seen(self.session.get(self.page))

    def is_elsewhere(self):
        """the same cookie from another address is judged at once, by the address the proxy saw"""
        place = self.graph("POST", "/identity/conditionalAccess/namedLocations", {
            "@odata.type": "#microsoft.graph.ipNamedLocation", "displayName": f"Elsewhere {self.proxy.name}", "isTrusted": False,
            "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "127.0.0.2/32"}]})
        with self.policy("block", locations={"includeLocations": [place["id"]], "excludeLocations": []}):
            self.seen(self.session.get(self.page))
            thief = self.browser(source="127.0.0.2")
            thief.cookies = {host: dict(jar) for host, jar in self.session.cookies.items()}
            for headers in ([], [("X-Forwarded-For", "127.0.0.1")], [("Forwarded", "for=127.0.0.1")]):
                assert thief.get(self.page, headers).status == 403, (headers, thief.text)
                assert "127.0.0.2" in thief.page.text, thief.page.text
            self.seen(self.session.get(self.page))

    def needs_a_code(self):
        """a policy that asks for multifactor authentication sends the person back to the pages for a code"""
        base, browser = self.server.settings["BASE_URL"], self.session
        browser.walk(base + "/security-info/totp")
        secret = browser.page.by_id["totp-secret"].strip()
        browser.submit(code=self.code(secret))
        with self.policy("mfa"):
            stranger = self.browser()
            stranger.walk(self.page).submit(username=self.name, password=PASSWORD)
            assert "code" in stranger.page.forms[0]["fields"], stranger.text
            stranger.submit(code=self.code(secret))
            self.check_identity(self.seen(stranger))
        self.seen(browser.get(self.page))

    def signs_out(self):
        """signing out asks first, ends the session at the application, and offers to end the one at Riskgate"""
        browser = self.browser()
        browser.walk(self.page).submit(username=self.name, password=PASSWORD)
        browser.get(self.proxy.url + "/.riskgate/sign-out")
        assert browser.status == 200 and self.name in browser.text, browser.text
        browser.submit(anti_forgery=browser.page.forms[0]["fields"]["anti_forgery"])
        assert browser.url == self.server.settings["BASE_URL"] + "/signin/logout", browser.url
        browser.get(self.page).location()
        browser.follow()
        self.seen(browser)
        browser.walk(self.server.settings["BASE_URL"] + "/signin/logout").submit()
        browser.walk(self.page)
        assert "password" in browser.page.forms[0]["fields"], "signed out everywhere"

    def is_revoked(self):
        """after revokeSignInSessions the next request is refused"""
        self.seen(self.session.get(self.page))
        self.graph("POST", f"/users/{self.user['id']}/revokeSignInSessions")
        before = self.application.requests
        self.session.get(self.page).location()
        self.session.follow()
        assert "password" in self.session.page.forms[0]["fields"], self.session.text
        assert self.application.requests == before
