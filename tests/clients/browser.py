"""A browser made of httpx: follows redirects, keeps cookies, fills forms; the source address goes the way a proxy sends it."""
import base64
import hashlib
import secrets
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx

from page import Page

USER_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
REDIRECT = "http://localhost:4711"


class Browser:
    def __init__(self, settings, address):
        self.settings = settings
        self.http = httpx.Client(verify=settings["CA_FILE"], timeout=60, headers={
            "User-Agent": USER_AGENT, "X-Forwarded-For": address, "Accept": "text/html"})
        self.url = self.response = self.page = None

    def go(self, method, url, **more):
        """Follows redirects on the server itself; one to the application ends the walk and is returned as its query."""
        while True:
            self.response, self.url = self.http.request(method, url, **more), url
            if self.response.status_code not in (301, 302, 303, 307):
                self.page = Page(self.response.text)
                return None
            url, method, more = urljoin(url, self.response.headers["location"]), "GET", {}
            if url.startswith(REDIRECT):
                self.page = None
                return {k: v[0] for k, v in parse_qs(urlsplit(url).query).items()}

    def submit(self, **values):
        """Fills the form that has all the fields named and sends it."""
        form = next(f for f in self.page.forms if values.keys() <= f["fields"].keys())
        target = urljoin(self.url, form["action"] or self.url)
        return self.go(form["method"].upper(), target, data={**form["fields"], **values})

    def authorize(self, **more):
        self.verifier = secrets.token_urlsafe(48)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        s = self.settings
        query = {"client_id": s["PUBLIC_CLIENT_ID"], "response_type": "code", "redirect_uri": REDIRECT, "scope": "openid profile offline_access User.Read",
                 "state": "a b+c/ü", "nonce": "n-0S6", "code_challenge": challenge, "code_challenge_method": "S256", **more}
        return self.go("GET", f"{s['BASE_URL']}/{s['TENANT']}/oauth2/v2.0/authorize?{urlencode(query)}")

    def sign_in(self, user, password):
        """Authorize and password; the answer is the redirect's query, or None when a page asks for more or blocks."""
        answer = self.authorize()
        if answer is None:
            answer = self.submit(username=user, password=password)
        return answer

    def redeem(self, code):
        s = self.settings
        return self.http.post(f"{s['BASE_URL']}/{s['TENANT']}/oauth2/v2.0/token", data={
            "client_id": s["PUBLIC_CLIENT_ID"], "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT,
            "code_verifier": self.verifier})
