import { execFileSync, spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { LANGUAGES, type Setting, snippetOf } from "../../src/explorer/code";
import { shell } from "../../src/explorer/code/curl";
import { literal } from "../../src/explorer/code/python";
import { request } from "../../src/explorer/request";

const SETTING: Setting = {
  origin: "https://localhost:8443",
  tenantId: "0b1c2d3e-0000-4000-8000-000000000001",
  userPrincipalName: "anna@contoso.com",
  permissions: ["IdentityRiskEvent.Read.All"],
};
const HARD = { displayName: `It's "quoted" \\ \`back\` $HOME ${"\n"} ü`, list: [], on: true, none: null };
const REQUESTS = [
  request("GET", "/identityProtection/riskDetections?$filter=userDisplayName eq 'MyTestUser1'"),
  request("POST", "/identity/conditionalAccess/policies", HARD, [{ name: "Prefer", value: `a'b"c` }]),
  request("DELETE", "/identity/conditionalAccess/policies/1"),
];

test("every language names this server, and the secret of nobody", () => {
  for (const { name, write } of Object.values(LANGUAGES)) {
    for (const one of REQUESTS) {
      const code = write(snippetOf(one, SETTING));
      expect(code, name).toContain("https://localhost:8443");
      expect(code, name).toContain(SETTING.tenantId);
      expect(code, name).toContain("CLIENT_SECRET");
      expect(code, name).toContain("riskgate app create --name my-app --permission IdentityRiskEvent.Read.All");
      expect(code, name).not.toContain("login.microsoftonline.com");
    }
  }
});

test("an application has no /me", () => {
  const snippet = snippetOf(request("GET", "/me/memberOf"), SETTING);
  expect(snippet.url).toBe("https://localhost:8443/v1.0/users/anna@contoso.com/memberOf");
  expect(snippet.notes.at(-1)).toContain("/me");
});

/** Whether a program of this machine takes the text; `null` if the machine has no such program. */
function accepts(program: string, flags: string[], code: string): string | null {
  const done = spawnSync(program, flags, { input: code, encoding: "utf8" });
  return done.error ? null : done.status === 0 ? "" : done.stderr;
}

test.each([
  ["curl", "bash", ["-n"]],
  ["cli", "bash", ["-n"]],
  ["python", "python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"]],
  ["javascript", "node", ["--check", "--input-type=module"]],
  ["go", "gofmt", ["-e"]],
  ["php", "php", ["-l"]],
])("%s is well formed by %s, where there is one", (language, program, flags) => {
  for (const one of REQUESTS) {
    const code = LANGUAGES[language]?.write(snippetOf(one, SETTING)) ?? "";
    expect(accepts(program, flags, code) ?? "").toBe("");
  }
});

test("texts come through a shell and Python as they are", () => {
  const text = HARD.displayName;
  expect(execFileSync("bash", ["-c", `printf %s ${shell(text)}`], { encoding: "utf8" })).toBe(text);
  const program = `import json; print(json.dumps(${literal(HARD)}))`;
  expect(JSON.parse(execFileSync("python3", ["-c", program], { encoding: "utf8" }))).toEqual(HARD);
});
