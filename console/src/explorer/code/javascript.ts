import { comments, indented, parsed, quoted, SCOPE, type Snippet } from "./snippet";

/** Through @azure/msal-node and @microsoft/microsoft-graph-client. */
export function javascript(snippet: Snippet): string {
  const { origin, hostname, tenant, version, method, path, body, headers, notes } = snippet;
  const value = body === null ? undefined : parsed(body);
  const written = value === undefined ? quoted(body ?? "") : JSON.stringify(value, null, 2);
  const chain = [
    `.api(${quoted(path)})`,
    ...headers.map(({ name, value }) => `.header(${quoted(name)}, ${quoted(value)})`),
    `.${method.toLowerCase()}(${body === null ? "" : indented(written, 2)})`,
  ];
  return `// npm install @azure/msal-node @microsoft/microsoft-graph-client
${comments("//", notes)}
// Node reads the certificate authority once, at its start:  NODE_EXTRA_CA_CERTS="$CA_FILE" node request.mjs
import { ConfidentialClientApplication } from "@azure/msal-node";
import { Client } from "@microsoft/microsoft-graph-client";

const msal = new ConfidentialClientApplication({
  auth: {
    clientId: process.env.CLIENT_ID,
    clientSecret: process.env.CLIENT_SECRET,
    authority: ${quoted(`${origin}/${tenant}`)},
    knownAuthorities: [${quoted(new URL(origin).host)}],
  },
});
const authProvider = {
  getAccessToken: async () =>
    (await msal.acquireTokenByClientCredential({ scopes: [${quoted(SCOPE)}] })).accessToken,
};
const graph = Client.initWithMiddleware({
  authProvider,
  baseUrl: ${quoted(`${origin}/`)},
  defaultVersion: ${quoted(version)},
  customHosts: new Set([${quoted(hostname)}]),
});

const answer = await graph
  ${chain.join("\n  ")};
if (answer) console.log(JSON.stringify(answer, null, 2));
`;
}
