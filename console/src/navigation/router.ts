// Where the console is: paths below /admin/ with a query, kept by the browser's history. Deep links are ordinary addresses.
import { useSyncExternalStore } from "react";

const BASE = "/admin";

/** An address inside the console. */
export interface Place {
  /** Path below the console, beginning with a slash. */
  path: string;
  query: URLSearchParams;
}

/** What a page leaves with an entry of the history. */
export interface Trail {
  /** Where the pages before this one of a list begin, nearest last. */
  previous?: string[];
}

const listeners = new Set<() => void>();
let current = read();

function read(): Place & { href: string } {
  const { pathname, search } = window.location;
  const path = pathname.startsWith(BASE) ? pathname.slice(BASE.length) || "/" : "/";
  return { path, query: new URLSearchParams(search), href: pathname + search };
}

function changed(): void {
  current = read();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("popstate", changed);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", changed);
  };
}

function snapshot(): Place {
  // Somebody else may have changed the address, a test for one.
  if (current.href !== window.location.pathname + window.location.search) current = read();
  return current;
}

/** The present address; the component renders again when it changes. */
export function usePlace(): Place {
  return useSyncExternalStore(subscribe, snapshot);
}

/** The address of a place as the browser shows it. */
export function hrefOf(path: string, query?: URLSearchParams): string {
  const text = query?.toString() ?? "";
  return `${BASE}${path}${text ? `?${text}` : ""}`;
}

/** Goes to a place, as a new entry of the history or in place of the present one. */
export function navigate(href: string, how: { replace?: boolean; trail?: Trail } = {}): void {
  const trail = how.trail ?? {};
  if (how.replace) window.history.replaceState(trail, "", href);
  else window.history.pushState(trail, "", href);
  changed();
}

/** What was left with the present entry. */
export function trail(): Trail {
  const state: unknown = window.history.state;
  return typeof state === "object" && state !== null ? (state as Trail) : {};
}

/** The parts of a path that a pattern such as `/users/:id` names; `null` if it is another path. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.replace(/(.)\/$/, "$1").split("/");
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (!part.startsWith(":")) {
      if (part !== value) return null;
      continue;
    }
    try {
      found[part.slice(1)] = decodeURIComponent(value);
    } catch {
      return null;
    }
  }
  return found;
}
