// Requests that were sent from this browser, newest first. Only what was asked is kept, without secrets and without answers.
import { type GraphRequest, isRequest, withoutSecrets } from "./request";

const KEY = "riskgate.explorer.history";
const MOST = 50;
/** Larger bodies are not worth the room. */
const LARGEST_BODY = 20_000;

export interface Entry {
  /** ISO 8601. */
  at: string;
  request: GraphRequest;
  status: number;
}

export function readHistory(): Entry[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((entry: Entry) => isRequest(entry?.request)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** The history with a request in front. The same request is there once. */
export function remember(request: GraphRequest, status: number, at: Date): Entry[] {
  const clean = withoutSecrets(request);
  const kept = clean.body.length > LARGEST_BODY ? { ...clean, body: "" } : clean;
  const isOther = (entry: Entry) => JSON.stringify(entry.request) !== JSON.stringify(kept);
  const entries = [{ at: at.toISOString(), request: kept, status }, ...readHistory().filter(isOther)].slice(0, MOST);
  write(entries);
  return entries;
}

export function forget(): Entry[] {
  write([]);
  return [];
}

function write(entries: Entry[]): void {
  try {
    if (entries.length === 0) window.localStorage.removeItem(KEY);
    else window.localStorage.setItem(KEY, JSON.stringify(entries));
  } catch {
    // A browser that keeps nothing has no history, and everything else works.
  }
}
