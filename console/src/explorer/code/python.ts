import { comments, hasHeader, indented, parsed, quoted, SCOPE, type Snippet } from "./snippet";

/** Through azure-identity and msgraph-sdk. */
export function python(snippet: Snippet): string {
  const { origin, tenant, version, method, url, body, headers, notes } = snippet;
  const value = body === null ? undefined : parsed(body);
  const lines: string[] = [];
  if (!hasHeader(headers, "accept")) lines.push('request.headers.try_add("Accept", "application/json")');
  for (const { name, value } of headers) lines.push(`request.headers.try_add(${quoted(name)}, ${quoted(value)})`);
  if (body !== null) {
    const written = value === undefined ? `${quoted(body)}.encode()` : `json.dumps(${literal(value)}).encode()`;
    lines.push(`request.set_stream_content(${indented(written, 8)}, "application/json")`);
  }
  return `# pip install azure-identity aiohttp msgraph-sdk
${comments("#", notes)}
import asyncio
import json
import os

# The clients take the certificate authority from these two, each from its own.
os.environ["SSL_CERT_FILE"] = os.environ["REQUESTS_CA_BUNDLE"] = os.environ["CA_FILE"]

from azure.identity.aio import ClientSecretCredential
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph import GraphServiceClient
from msgraph.generated.models.o_data_errors.o_data_error import ODataError


async def main():
    credential = ClientSecretCredential(
        ${quoted(tenant)}, os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"],
        authority=${quoted(origin)}, disable_instance_discovery=True)
    async with credential:
        graph = GraphServiceClient(credential, [${quoted(SCOPE)}])
        graph.request_adapter.base_url = ${quoted(`${origin}/${version}`)}
        request = RequestInformation()
        request.http_method = Method.${method}
        request.url = ${quoted(url)}
        ${lines.join("\n        ")}
        answer = await graph.request_adapter.send_primitive_async(request, "bytes", {"XXX": ODataError})
        if answer:
            print(json.dumps(json.loads(answer), indent=2))


asyncio.run(main())
`;
}

/** A value as Python writes it. */
export function literal(value: unknown, depth = 0): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const items = Array.isArray(value)
    ? value.map((item) => literal(item, depth + 1))
    : Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${literal(inner, depth + 1)}`);
  if (items.length === 0) return open + close;
  const margin = "    ".repeat(depth);
  return `${open}\n${items.map((item) => `${margin}    ${item},`).join("\n")}\n${margin}${close}`;
}
