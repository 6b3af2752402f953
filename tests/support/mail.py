"""A mail server of a test's own: it takes everything in and keeps each mail in a file (RFC 5321, no TLS)."""
import socketserver
import tempfile
import threading
from pathlib import Path


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.say("250-sink\r\n250 8BITMIME")
            elif verb == b"DATA":
                self.say("354 go on")
                self.server.keep(self.body())
                self.say("250 taken")
            elif verb == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 ok")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def body(self):
        lines = []
        while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
            lines.append(line.removeprefix(b"."))
        return b"\n".join(lines)


class MailServer(socketserver.ThreadingTCPServer):
    """Use as a context manager; `directory` then holds the mails, `0001` first."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.port = self.server_address[1]
        self.kept = tempfile.TemporaryDirectory(prefix="riskgate-mail-")
        self.directory = Path(self.kept.name)
        self.lock = threading.Lock()
        self.count = 0

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def keep(self, mail):
        with self.lock:
            self.count += 1
            # Whole or not at all: whoever looks must not read half a mail.
            new = self.directory / "new"
            new.write_bytes(mail)
            new.rename(self.directory / f"{self.count:04}")

    def __exit__(self, *problem):
        self.shutdown()
        self.server_close()
        self.kept.cleanup()
