"""The programs the Explorer shows for a request, run as a person would run them."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONSOLE = HERE.parents[1] / "console"
# Language of the Explorer, ending of its files, what runs them.
PROGRAMS = {"curl": ("sh", ["bash"]), "python": ("py", [sys.executable]), "javascript": ("mjs", ["node"])}
POLICIES = "/identity/conditionalAccess/policies"


def run(server):
    if not (CONSOLE / "node_modules").exists():
        raise RuntimeError("the programs are written by the console's own sources: run 'make console' first")
    with tempfile.TemporaryDirectory(prefix="riskgate-code-") as folder:
        folder = Path(folder)
        (folder / "node_modules").symlink_to(HERE / "node_modules")
        (folder / "package.json").write_text('{"type": "module"}')
        for language in PROGRAMS:
            lifetime(server, folder, language)
            print(f"  {language}: made, found, changed and deleted a policy, and was told what is not there")


def lifetime(server, folder, language):
    """A policy from its creation to its end, each request by a program of its own."""
    name = f"It's a \"{language}\" policy with \\ and `ü` for $HOME"
    quoted = name.replace("'", "''")
    made = program(server, folder, language, "create", request("POST", POLICIES, {
        "displayName": name, "state": "enabledForReportingButNotEnforced",
        "conditions": {"signInRiskLevels": ["high", "medium"], "applications": {"includeApplications": ["All"]},
                       "users": {"includeUsers": ["All"]}},
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]}}))
    policy = json.loads(made.stdout)
    assert policy["displayName"] == name, policy
    found = program(server, folder, language, "find", request(
        "GET", f"{POLICIES}?$filter=displayName eq '{quoted}'&$select=id", headers=[{"name": "Prefer", "value": "a=\"b'c\""}]))
    assert [one["id"] for one in json.loads(found.stdout)["value"]] == [policy["id"]], found.stdout
    one = f"{POLICIES}/{policy['id']}"
    changed = program(server, folder, language, "change", request("PATCH", one, {"state": "disabled"}))
    assert changed.stdout.strip() == "", changed.stdout
    state = program(server, folder, language, "state", request("GET", one))
    assert json.loads(state.stdout)["state"] == "disabled", state.stdout
    assert program(server, folder, language, "delete", request("DELETE", one)).stdout.strip() == ""
    gone = program(server, folder, language, "gone", request("GET", one), may_fail=True)
    assert "does not exist in the directory" in gone.stdout + gone.stderr, gone.stdout + gone.stderr


def request(method, url, body=None, headers=()):
    text = "" if body is None else json.dumps(body, indent=2, ensure_ascii=False)
    return {"method": method, "version": "v1.0", "url": url, "headers": list(headers), "body": text}


def program(server, folder, language, name, asked, may_fail=False):
    settings = server.settings
    ending, runner = PROGRAMS[language]
    order = {"folder": str(folder), "requests": {name: asked}, "languages": {language: ending},
             "setting": {"origin": settings["BASE_URL"], "tenantId": settings["TENANT"], "userPrincipalName": None,
                         "permissions": ["Policy.ReadWrite.ConditionalAccess"]}}
    subprocess.run(["node", str(HERE / "explorer_code.mjs")], input=json.dumps(order), text=True, check=True, timeout=120)
    done = subprocess.run([*runner, str(folder / f"{name}.{ending}")], env=server.environment(), capture_output=True, text=True,
                          timeout=120)
    assert may_fail or done.returncode == 0, f"{language}: {name}:\n{done.stdout}\n{done.stderr}"
    return done
