"""What a test sees of a page, and the code an authenticator app shows."""
import base64
import hashlib
import hmac
import struct
from html.parser import HTMLParser


class Page(HTMLParser):
    """The forms of a page, its texts by element id, and all its text."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.by_id, self.text, self._ids = [], {}, "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.forms.append({"action": a.get("action", ""), "method": a.get("method", "get").lower(), "fields": {}})
        if tag in ("input", "button") and a.get("name") and self.forms:
            if tag == "input" or a.get("value"):
                self.forms[-1]["fields"].setdefault(a["name"], a.get("value") or "")
        if tag not in ("input", "meta", "link", "br", "img", "hr"):
            self._ids.append(a.get("id"))

    def handle_endtag(self, tag):
        if self._ids and tag not in ("input", "meta", "link", "br", "img", "hr"):
            self._ids.pop()

    def handle_data(self, data):
        self.text += data
        for name in filter(None, self._ids):
            self.by_id[name] = self.by_id.get(name, "") + data


def one_time_code(secret, at):
    """RFC 6238 with SHA-1, six digits, thirty seconds."""
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret.replace(" ", "")) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
