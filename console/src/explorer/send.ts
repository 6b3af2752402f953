// Sends a request as it is written and keeps what came back as it came.
import { addressOf, type GraphRequest, hasBody, isReserved } from "./request";

export interface Answer {
  /** What was asked. */
  asked: GraphRequest;
  /** HTTP status; 0 if there was no answer. */
  status: number;
  milliseconds: number;
  /** Of the body, decoded. */
  bytes: number;
  headers: [name: string, value: string][];
  text: string;
  /** The body as a value; `undefined` if it is not JSON. */
  value: unknown;
}

/** The answer of this server's Graph. A token goes nowhere else: the address is always below `origin`. */
export async function send(origin: string, asked: GraphRequest, accessToken: string | null): Promise<Answer> {
  const headers = new Headers();
  for (const { name, value } of asked.headers) {
    if (name.trim() !== "" && !isReserved(name)) headers.set(name.trim(), value);
  }
  if (accessToken) headers.set("Authorization", `Bearer ${accessToken}`);
  const init: RequestInit = { method: asked.method, headers, credentials: "omit", cache: "no-store" };
  if (hasBody(asked.method) && asked.body.trim() !== "") {
    if (!headers.has("Content-Type")) headers.set("Content-Type", "application/json");
    init.body = asked.body;
  }
  const start = performance.now();
  const none = { asked, status: 0, bytes: 0, headers: [], text: "", value: undefined };
  try {
    const response = await fetch(addressOf(origin, asked), init);
    const text = await response.text();
    return {
      asked,
      status: response.status,
      milliseconds: performance.now() - start,
      bytes: new TextEncoder().encode(text).length,
      headers: [...response.headers.entries()],
      text,
      value: parsed(text),
    };
  } catch {
    return { ...none, milliseconds: performance.now() - start };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Code and message of an error of Graph. */
export function errorOf(answer: Answer): { code: string; message: string } | null {
  const error = (answer.value as { error?: { code?: unknown; message?: unknown } } | undefined)?.error;
  if (typeof error?.code !== "string") return null;
  return { code: error.code, message: typeof error.message === "string" ? error.message : "" };
}

/** The claims a challenge asks for (continuous access evaluation); `undefined` if the answer is none. */
export function claimsOf(answer: Answer): string | undefined {
  const challenge = answer.headers.find(([name]) => name.toLowerCase() === "www-authenticate")?.[1] ?? "";
  const encoded = /claims="([^"]+)"/.exec(challenge)?.[1];
  if (answer.status !== 401 || !encoded) return undefined;
  try {
    return atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}
