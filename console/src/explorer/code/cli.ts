import { shell } from "./curl";
import { comments, headersOf, type Snippet } from "./snippet";

/** Microsoft's Graph CLI, mgc, knows Microsoft's clouds only. The Azure CLI sends the same request to any. */
export function cli(snippet: Snippet): string {
  const { origin, tenant, method, url, body, notes } = snippet;
  const headers = headersOf(snippet).map(({ name, value }) => shell(`${name}=${value}`));
  const parts = [
    `az rest --method ${method.toLowerCase()} --resource https://graph.microsoft.com`,
    `--url ${shell(url)}`,
  ];
  if (headers.length > 0) parts.push(`--headers ${headers.join(" ")}`);
  if (body !== null) parts.push(`--body ${shell(body)}`);
  return `# The Graph CLI (mgc) can be pointed at Microsoft's own clouds only; the Azure CLI at any.
${comments("#", notes)}
export REQUESTS_CA_BUNDLE="$CA_FILE"
az cloud register --name riskgate --skip-endpoint-discovery --endpoint-active-directory ${shell(origin)} \\
  --endpoint-resource-manager ${shell(`${origin}/arm`)} --endpoint-management ${shell(`${origin}/arm`)} \\
  --endpoint-active-directory-resource-id ${shell(`${origin}/arm`)} \\
  --endpoint-active-directory-graph-resource-id ${shell(`${origin}/`)} \\
  --endpoint-microsoft-graph-resource-id ${shell(`${origin}/`)}
az cloud set --name riskgate
az config set core.instance_discovery=false
az login --service-principal --username "$CLIENT_ID" --password "$CLIENT_SECRET" --tenant ${shell(tenant)} \\
  --allow-no-subscriptions --skip-subscription-discovery

${parts.join(" \\\n  ")}
`;
}
