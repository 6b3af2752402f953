"""The application, and the proxies in front of it with the very configurations of docs/FORWARD-AUTH.md."""
import getpass
import json
import re
import shutil
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from server import ROOT, free_port

HOST = "wiki.example.com"


class Application:
    """Answers every request with what it got, as JSON, and counts."""

    def __enter__(self):
        application, self.requests = self, 0

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                application.requests += 1
                body = json.dumps({"method": self.command, "path": self.path, "headers": self.headers.items()}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()


def documented(language, changes):
    """The block of this language, with each change made; one that finds nothing to change is an error."""
    text = (ROOT / "docs/FORWARD-AUTH.md").read_text()
    block = re.search(rf"^```{language}\n(.*?)^```", text, re.S | re.M).group(1)
    for old, new in changes.items():
        assert old in block, f"the {language} configuration has no '{old}'"
        block = block.replace(old, new)
    return block


class Proxy:
    """A proxy of its own in a directory, listening on a free port; use as a context manager."""

    def __init__(self, directory, certificate):
        self.directory = directory / self.name
        self.directory.mkdir()
        self.certificate, self.port = certificate, free_port()
        self.url = f"https://{HOST}:{self.port}"

    @classmethod
    def is_installed(cls):
        return shutil.which(cls.name) is not None

    def start(self, server, application, app_id):
        riskgate = server.settings["BASE_URL"].rsplit(":", 1)[1]
        command = self.command(riskgate, application.port, app_id, server.settings["CA_FILE"])
        with open(self.directory / "log", "wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=self.directory,
                                            env={"HOME": str(self.directory), "PATH": "/usr/bin:/bin"})
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)  # polling a port that another process opens: there is no event to wait for
        raise RuntimeError(f"{self.name} did not start:\n{self.log()}")

    def log(self):
        return (self.directory / "log").read_text(errors="replace")[-4000:]

    def stop(self):
        self.process.terminate()
        self.process.wait(15)


class Nginx(Proxy):
    name = "nginx"

    def command(self, riskgate, application, app_id, authority):
        server = documented("nginx", {
            "server 127.0.0.1:8443;": f"server 127.0.0.1:{riskgate};", "listen 443 ssl;": f"listen 127.0.0.1:{self.port} ssl;",
            "/etc/nginx/wiki.pem": self.certificate[0], "/etc/nginx/wiki.key": self.certificate[1],
            "/etc/nginx/riskgate-ca.pem": authority, "login.example.com": "localhost", "APPID": app_id,
            "http://127.0.0.1:8000": f"http://127.0.0.1:{application}"})
        paths = "".join(f"{kind}_temp_path {self.directory}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        configuration = self.directory / "nginx.conf"
        configuration.write_text(f"user {getpass.getuser()};\ndaemon off;\npid {self.directory}/pid;\nerror_log stderr;\nevents {{}}\n"
                                 f"http {{\naccess_log off;\n{paths}{server}}}\n")
        return [shutil.which("nginx"), "-p", str(self.directory), "-e", "stderr", "-c", str(configuration)]


class Caddy(Proxy):
    name = "caddy"

    def command(self, riskgate, application, app_id, authority):
        site = documented("caddyfile", {
            "wiki.example.com {": f"{self.url} {{\n\tbind 127.0.0.1\n\ttls {' '.join(self.certificate)}",
            "127.0.0.1:8443": f"127.0.0.1:{riskgate}", "/etc/caddy/riskgate-ca.pem": authority,
            "login.example.com": "localhost", "APPID": app_id, "127.0.0.1:8000": f"127.0.0.1:{application}"})
        configuration = self.directory / "Caddyfile"
        configuration.write_text(f"{{\n\tadmin off\n\tauto_https off\n\tskip_install_trust\n}}\n{site}")
        return [shutil.which("caddy"), "run", "--config", str(configuration)]
