// A request in an address. It stands behind the '#', which browsers send to no server.
import { type GraphRequest, isRequest, withoutSecrets } from "./request";

const NAME = "request=";

/** The address that opens the request in an Explorer. */
export function linkTo(origin: string, one: GraphRequest): string {
  const bytes = new TextEncoder().encode(JSON.stringify(withoutSecrets(one)));
  const text = btoa(String.fromCharCode(...bytes));
  return `${origin}/explorer/#${NAME}${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** The request behind the '#'; `null` if there is none. */
export function linked(hash: string): GraphRequest | null {
  if (!hash.startsWith(`#${NAME}`)) return null;
  try {
    const text = atob(
      hash
        .slice(NAME.length + 1)
        .replaceAll("-", "+")
        .replaceAll("_", "/"),
    );
    const value: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (c) => c.charCodeAt(0))));
    return isRequest(value) ? value : null;
  } catch {
    return null;
  }
}
