// What all programs have in common: the request as an application sends it, and how values are written.
import { addressOf, encoded, type GraphRequest, type Header, hasBody, pathOf } from "../request";

/** What a program is made from. */
export interface Snippet {
  /** Of this server, such as `https://localhost:8443`. */
  origin: string;
  /** Host name without port: what SDKs send tokens to. */
  hostname: string;
  /** Tenant in the authority. */
  tenant: string;
  method: string;
  version: string;
  /** Path and query below the version, encoded. */
  path: string;
  /** The whole address. */
  url: string;
  headers: Header[];
  /** Text of the body; `null` if none is sent. */
  body: string | null;
  /** Lines that say what to do first, without the language's comment sign. */
  notes: string[];
}

/** Who asks, as far as it matters for a program. */
export interface Setting {
  origin: string;
  /** Identifier of the tenant; `null` as long as nobody is signed in. */
  tenantId: string | null;
  userPrincipalName: string | null;
  /** Application permissions the request needs. */
  permissions: string[];
}

/** The request as an application sends it. It is nobody, so that `/me` is the user who is meant. */
export function snippetOf(one: GraphRequest, setting: Setting): Snippet {
  const isMe = /^\/?me(\/|$)/i.test(pathOf(one.url));
  const user = `/users/${setting.userPrincipalName ?? "USER_PRINCIPAL_NAME"}`;
  const request = isMe ? { ...one, url: one.url.replace(/^\/?me/i, user) } : one;
  const permissions = setting.permissions.map((name) => ` --permission ${name}`).join("");
  const notes = [
    `Register an application:  riskgate app create --name my-app${permissions}`,
    "Set CLIENT_ID and CLIENT_SECRET to what it prints, and CA_FILE to the certificate authority (tls/ca.pem).",
  ];
  if (isMe) notes.push("An application is no user: /me is written out.");
  return {
    origin: setting.origin,
    hostname: new URL(setting.origin).hostname,
    tenant: setting.tenantId ?? "TENANT_ID",
    method: request.method,
    version: request.version,
    path: encoded(request.url),
    url: addressOf(setting.origin, request),
    headers: request.headers.filter(({ name }) => name.trim() !== ""),
    body: hasBody(request.method) ? compactOrRaw(request.body) : null,
    notes,
  };
}

function compactOrRaw(body: string): string {
  return body.trim() === "" ? "{}" : body.trim();
}

/** The body as a value; `undefined` if it is not JSON. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Text in double quotes, as JSON, JavaScript, Python, Go, Java and C# write it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

export function comments(sign: string, notes: string[]): string {
  return notes.map((note) => `${sign} ${note}`).join("\n");
}

export function indented(text: string, spaces: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}

/** A name that stands for a header in this list, unless there is one already. */
export function hasHeader(headers: Header[], name: string): boolean {
  return headers.some((header) => header.name.trim().toLowerCase() === name);
}

/** The headers with the type of the body, if there is a body. */
export function headersOf({ headers, body }: Snippet): Header[] {
  if (body === null || hasHeader(headers, "content-type")) return headers;
  return [...headers, { name: "Content-Type", value: "application/json" }];
}

export const SCOPE = "https://graph.microsoft.com/.default";
