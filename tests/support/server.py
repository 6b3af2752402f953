"""Starts a Riskgate of its own for a test: fresh data directory, free ports, one application, and stops it again."""
import json
import os
import secrets
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PERMISSIONS = ["IdentityRiskEvent.Read.All", "IdentityRiskUser.ReadWrite.All", "Policy.Read.All",
               "Policy.ReadWrite.ConditionalAccess", "User.ReadWrite.All", "AuditLog.Read.All", "Directory.Read.All",
               "Group.ReadWrite.All", "Group.Create", "Application.Read.All", "RoleManagement.ReadWrite.Directory",
               "IdentityRiskEvent.ReadWrite.All", "Organization.Read.All", "UserAuthenticationMethod.Read.All",
               "UserAuthenticationMethod.ReadWrite.All",
               "DelegatedPermissionGrant.ReadWrite.All", "AppRoleAssignment.ReadWrite.All", "Directory.ReadWrite.All",
               "Device.ReadWrite.All", "AuthenticationContext.ReadWrite.All", "Agreement.ReadWrite.All",
               "AgreementAcceptance.Read.All", "IdentityRiskyServicePrincipal.ReadWrite.All", "RiskgateRiskDetection.Create",
               "IdentityProvider.ReadWrite.All"]
PERMISSIONS = [p.replace("IdentityRiskUser", "IdentityRiskyUser") for p in PERMISSIONS]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """Use as a context manager; `settings` then holds what clients need."""

    def __init__(self, binary=None, mail_port=None, more="", host="localhost"):
        self.binary = str(binary or os.environ.get("RISKGATE_BINARY", ROOT / "target/debug/riskgate"))
        self.directory = tempfile.TemporaryDirectory(prefix="riskgate-test-")
        self.data = Path(self.directory.name) / "data"
        port, operations = free_port(), free_port()
        self.operations = f"http://127.0.0.1:{operations}"
        self.config = Path(self.directory.name) / "riskgate.toml"
        exits = Path(self.directory.name) / "tor-exits.txt"
        exits.write_text("178.17.170.23\n")
        self.config.write_text(
            f'[server]\nbase_url = "https://{host}:{port}"\nlisten = "127.0.0.1:{port}"\n'
            f'operations_listen = "127.0.0.1:{operations}"\n[network]\ntrusted_proxies = ["127.0.0.1/32"]\n'
            '[push]\ncontact = "mailto:security@contoso.com"\n[sign_in]\nargon2_memory_kib = 4096\nargon2_passes = 1\n'
            # The built-in list grows old; the tests bring one that is always of today.
            f'[[feeds]]\nname = "tor-of-today"\nkind = "tor"\nformat = "tor-bulk-list"\nfile = "{exits}"\n')
        if mail_port:
            with self.config.open("a") as config:
                config.write(f'[mail]\nhost = "127.0.0.1"\nport = {mail_port}\ntls = "none"\nfrom = "security@contoso.com"\n')
        with self.config.open("a") as config:
            config.write(more)
        self.process = None

    def cli(self, *arguments, stdin=None):
        """Runs a command on the data directory and returns its JSON."""
        command = [self.binary, *arguments, "--data-dir", str(self.data), "--config", str(self.config), "--output", "json"]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
        return json.loads(done.stdout)

    def __enter__(self):
        password = "Adm1n-" + secrets.token_urlsafe(12)
        made = self.cli("init", "--admin-password-stdin", stdin=password)
        app = self.cli("app", "create", "--name", "Story", "--redirect-uri", "http://localhost",
                       *[x for p in PERMISSIONS for x in ("--permission", p)])
        self.settings = {"BASE_URL": made["baseUrl"], "TENANT": made["tenantId"], "DOMAIN": made["domain"],
                         "CA_FILE": made["caFile"], "ADMIN": made["adminUserPrincipalName"], "ADMIN_PASSWORD": password,
                         "CLIENT_ID": app["appId"], "CLIENT_SECRET": app["clientSecret"]}
        public = self.cli("app", "create", "--name", "Story in a browser", "--public", "--redirect-uri", "http://localhost",
                          "--permission", "User.Read")
        self.settings["PUBLIC_CLIENT_ID"] = public["appId"]
        self.start()
        return self

    def start(self):
        self.log = open(Path(self.directory.name) / "server.log", "ab")
        self.process = subprocess.Popen([self.binary, "serve", "--data-dir", str(self.data), "--config", str(self.config)],
                                        stdout=self.log, stderr=subprocess.STDOUT)
        self.wait_until_ready()

    def wait_until_ready(self, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.operations + "/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)  # polling a port that another process opens: there is no event to wait for
        raise RuntimeError("the server did not become ready:\n" + self.log_text())

    def log_text(self):
        return (Path(self.directory.name) / "server.log").read_text(errors="replace")[-8000:]

    def __exit__(self, kind, *_):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        if kind:
            print(self.log_text())
        self.log.close()
        self.directory.cleanup()

    def environment(self):
        """The environment every client needs to reach this server and trust its certificate."""
        ca = self.settings["CA_FILE"]
        return {**os.environ, **self.settings, "REQUESTS_CA_BUNDLE": ca, "SSL_CERT_FILE": ca, "NODE_EXTRA_CA_CERTS": ca}

    def token(self):
        """An application token for Graph."""
        s = self.settings
        body = (f"grant_type=client_credentials&client_id={s['CLIENT_ID']}&client_secret={s['CLIENT_SECRET']}"
                "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default").encode()
        request = urllib.request.Request(f"{s['BASE_URL']}/{s['TENANT']}/oauth2/v2.0/token", body)
        context = ssl.create_default_context(cafile=s["CA_FILE"])
        with urllib.request.urlopen(request, context=context, timeout=30) as answer:
            return json.load(answer)["access_token"]

    def post(self, path, body):
        """Sends JSON to Graph as the application; returns the status."""
        headers = {"Authorization": "Bearer " + self.token(), "Content-Type": "application/json"}
        request = urllib.request.Request(self.settings["BASE_URL"] + "/v1.0" + path, json.dumps(body).encode(), headers)
        context = ssl.create_default_context(cafile=self.settings["CA_FILE"])
        with urllib.request.urlopen(request, context=context, timeout=30) as answer:
            return answer.status
