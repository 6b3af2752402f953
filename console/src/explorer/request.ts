// A request as it is being written, and what may be kept of it.

export const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;
export type Method = (typeof METHODS)[number];
/** The versions this server has. */
export const VERSIONS = ["v1.0"] as const;

export interface Header {
  name: string;
  value: string;
}

export interface GraphRequest {
  method: Method;
  version: (typeof VERSIONS)[number];
  /** Path and query below the version. */
  url: string;
  headers: Header[];
  /** Text of the body; empty if there is none. */
  body: string;
}

/** A request from its beginning, completed with what most have. */
export function request(method: Method, url: string, body?: unknown, headers: Header[] = []): GraphRequest {
  const text = body === undefined ? "" : JSON.stringify(body, null, 2);
  return { method, version: "v1.0", url, headers, body: text };
}

export function hasBody(method: Method): boolean {
  return method !== "GET" && method !== "DELETE";
}

/** The path without its query. */
export function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? "";
}

/** The address the request is sent to. Characters that cannot stand in an address are encoded, others left as written. */
export function addressOf(origin: string, { version, url }: GraphRequest): string {
  return `${origin}/${version}${encoded(url)}`;
}

/** Path and query as they can be sent. */
export function encoded(url: string): string {
  const rooted = url.startsWith("/") ? url : `/${url}`;
  return encodeURI(rooted)
    .replaceAll(/%25([0-9A-Fa-f]{2})/g, "%$1")
    .replaceAll("#", "%23")
    .replaceAll("'", "%27")
    .replaceAll("+", "%2B");
}

/**
 * Path and query from what somebody pasted: a whole address of this server or of Microsoft Graph loses its origin. Other
 * origins are no addresses of Graph, and stay what they are, to be refused.
 */
export function pasted(text: string, origin: string): string {
  const trimmed = text.trim();
  for (const known of [origin, "https://graph.microsoft.com"]) {
    if (trimmed.startsWith(`${known}/`))
      return trimmed.slice(known.length).replace(/^\/(v1\.0|beta)(?=\/|$)/, "") || "/";
  }
  return trimmed;
}

/** Headers that carry secrets, or that are the browser's or ours. */
const RESERVED = /^(authorization|cookie|host|content-length|proxy-.*|sec-.*)$/i;

export function isReserved(name: string): boolean {
  return RESERVED.test(name.trim());
}

const SECRET = /password|secret|token|assertion|passcode|^otp$/i;

/** The request without what is secret in it: passwords and the like in the body, headers that carry any. */
export function withoutSecrets(one: GraphRequest): GraphRequest {
  const headers = one.headers.filter(({ name }) => !isReserved(name) && !SECRET.test(name));
  return { ...one, headers, body: bodyWithoutSecrets(one.body) };
}

function bodyWithoutSecrets(body: string): string {
  if (!SECRET.test(body)) return body;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    // What cannot be read cannot be cleaned.
    return "";
  }
  return JSON.stringify(cleaned(parsed), null, 2);
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const isSecret = SECRET.test(name) && typeof inner !== "object" && typeof inner !== "boolean";
    return [name, isSecret ? "" : cleaned(inner)];
  });
  return Object.fromEntries(entries);
}

/** Whether what was kept by somebody, or sent by a link, is a request. */
export function isRequest(value: unknown): value is GraphRequest {
  const one = value as GraphRequest;
  const isHeader = (header: Header) => typeof header?.name === "string" && typeof header.value === "string";
  return (
    typeof value === "object" &&
    value !== null &&
    METHODS.includes(one.method) &&
    VERSIONS.includes(one.version) &&
    typeof one.url === "string" &&
    typeof one.body === "string" &&
    Array.isArray(one.headers) &&
    one.headers.every(isHeader)
  );
}
