import { comments, headersOf, SCOPE, type Snippet } from "./snippet";

/** Two commands: a token, and the request. Python reads the token out of the answer, for it is nearly everywhere. */
export function curl(snippet: Snippet): string {
  const { origin, tenant, method, url, body, notes } = snippet;
  const parts = [
    `curl --silent --show-error --cacert "$CA_FILE" --request ${method} ${shell(url)}`,
    '--header "Authorization: Bearer $TOKEN"',
    ...headersOf(snippet).map(({ name, value }) => `--header ${shell(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`--data-raw ${shell(body)}`]),
  ];
  return `${comments("#", notes)}
TOKEN=$(curl --silent --show-error --cacert "$CA_FILE" ${shell(`${origin}/${tenant}/oauth2/v2.0/token`)} \\
  --data grant_type=client_credentials --data-urlencode client_id="$CLIENT_ID" \\
  --data-urlencode client_secret="$CLIENT_SECRET" --data scope=${SCOPE} |
  python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')

${parts.join(" \\\n  ")}
`;
}

/** A word of a POSIX shell. */
export function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
