// Samples name what they are about in braces. What an answer showed takes its place in the next sample.
import { type GraphRequest, pathOf } from "./request";

export type Seen = Record<string, string>;

const PATTERN = /\{[a-z][a-z-]*\}/gi;

/** What still has to be filled in. */
export function placeholders(one: GraphRequest): string[] {
  return [...new Set(`${one.url}\n${one.body}`.match(PATTERN) ?? [])];
}

/** The request with everything filled in that was seen. */
export function filled(one: GraphRequest, seen: Seen): GraphRequest {
  const fill = (text: string) => text.replaceAll(PATTERN, (name) => seen[name] ?? name);
  return { ...one, url: fill(one.url), body: fill(one.body) };
}

/** What an answer shows, besides what was seen before: the first thing of its kind. */
export function seenIn(asked: GraphRequest, value: unknown, before: Seen): Seen {
  const list = (value as { value?: unknown } | undefined)?.value;
  const first = (Array.isArray(list) ? list[0] : value) as Record<string, unknown> | undefined;
  if (typeof first !== "object" || first === null) return before;
  const path = pathOf(asked.url).toLowerCase();
  const found: Seen = {};
  const text = (name: string): string | undefined =>
    typeof first[name] === "string" ? (first[name] as string) : undefined;
  const user = /^\/(users|me|identityprotection\/riskyusers)(\/[^/]*)?$/.test(path) ? text("id") : text("userId");
  if (user) found["{user-id}"] = user;
  const policy = /conditionalaccess(policies|\/policies)(\/[^/]*)?$/.test(path) ? text("id") : undefined;
  if (policy) found["{policy-id}"] = policy;
  return { ...before, ...found };
}
