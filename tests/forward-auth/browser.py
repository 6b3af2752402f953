"""A browser of the standard library: cookies by host, redirects one by one, forms, an address of its own on this machine."""
import http.client
import socket
import ssl
from urllib.parse import urlencode, urljoin, urlsplit

from page import Page

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Connection(http.client.HTTPSConnection):
    """Every host is on this machine."""

    source = "127.0.0.1"

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout, (self.source, 0))
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


class Browser:
    def __init__(self, authorities, source="127.0.0.1"):
        self.context = ssl.create_default_context()
        for file in authorities:
            self.context.load_verify_locations(file)
        self.source, self.cookies, self.extra = source, {}, []

    def request(self, method, url, form=None, headers=()):
        """One request; `self.status`, `self.headers`, `self.text`, `self.page` and `self.url` are its answer."""
        parts = urlsplit(url)
        connection = Connection(parts.hostname, parts.port, timeout=60, context=self.context)
        connection.source = self.source
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        body = urlencode(form).encode() if form is not None else None
        connection.putrequest(method, path, skip_accept_encoding=True)
        jar = self.cookies.setdefault(parts.netloc, {})
        sent = [("User-Agent", AGENT), ("Accept", "text/html"), *self.extra, *headers]
        if jar:
            sent.append(("Cookie", "; ".join(f"{name}={value}" for name, value in jar.items())))
        if body is not None:
            sent += [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", str(len(body)))]
        for name, value in sent:
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        self.status, self.headers, self.text, self.url = answer.status, answer.headers, answer.read().decode(), url
        connection.close()
        for cookie in self.headers.get_all("set-cookie") or []:
            name, rest = cookie.split("=", 1)
            if "Max-Age=0" in rest:
                jar.pop(name, None)
            else:
                jar[name] = rest.split(";")[0]
        is_page = (self.headers.get("content-type") or "").startswith("text/html")
        self.page = Page(self.text) if is_page else None
        return self

    def get(self, url, headers=()):
        return self.request("GET", url, headers=headers)

    def location(self):
        assert self.status in (302, 303), (self.status, self.url, self.text)
        return urljoin(self.url, self.headers["location"])

    def walk(self, url):
        """Follows all redirects."""
        return self.get(url).follow()

    def follow(self):
        for _ in range(12):
            if self.status not in (302, 303):
                return self
            self.get(self.location())
        raise AssertionError(f"redirected for ever: {self.url}")

    def submit(self, **values):
        """Fills the form that has all the fields named, sends it and follows what comes."""
        assert self.page and self.page.forms, (self.status, self.url, self.text)
        form = next(f for f in self.page.forms if values.keys() <= f["fields"].keys())
        target = urljoin(self.url, form["action"] or self.url)
        return self.request("POST", target, {**form["fields"], **values}).follow()
