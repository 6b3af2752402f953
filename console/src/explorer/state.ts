// What the Explorer is doing: the request that is written, the answer, what was sent before.
import { useCallback, useEffect, useState } from "react";
import type { Beginning } from "../auth/explorer-session";
import { type Entry, forget, readHistory, remember } from "./history";
import { filled, type Seen, seenIn } from "./placeholders";
import { type GraphRequest, isRequest, request as newRequest, withoutSecrets } from "./request";
import { type Answer, send } from "./send";
import { linked } from "./share";

const DRAFT = "riskgate.explorer.draft";

export interface Explorer {
  request: GraphRequest;
  answer: Answer | null;
  isRunning: boolean;
  history: Entry[];
  /** Permissions of the token; `null` if nobody is signed in. */
  held: string[] | null;
  change: (changes: Partial<GraphRequest>) => void;
  /** Takes a request in place of the one that is written, filled in with what answers showed. */
  open: (request: GraphRequest) => void;
  run: (request?: GraphRequest) => Promise<void>;
  forget: () => void;
}

/** The request to begin with: the one of the link, the one before the page was left, or who is signed in. */
function firstRequest(hash: string): GraphRequest {
  const shared = linked(hash);
  if (shared) return shared;
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(DRAFT) ?? "null");
    if (isRequest(kept)) return kept;
  } catch {
    // What is damaged is forgotten.
  }
  return newRequest("GET", "/me");
}

export function useExplorer({ session }: Beginning, hash: string): Explorer {
  const [request, setRequest] = useState(() => firstRequest(hash));
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [history, setHistory] = useState(readHistory);
  const [held, setHeld] = useState<string[] | null>(null);
  const [seen, setSeen] = useState<Seen>({});
  useEffect(() => {
    // Signing in and consenting leave the page, and come back to it.
    window.sessionStorage.setItem(DRAFT, JSON.stringify(withoutSecrets(request)));
  }, [request]);
  useEffect(() => {
    session?.token().then(
      (token) => setHeld(token?.permissions ?? null),
      () => setHeld(null),
    );
  }, [session]);

  const run = useCallback(
    async (other?: GraphRequest) => {
      const asked = other ?? request;
      if (other) setRequest(other);
      setRunning(true);
      try {
        const token = (await session?.token().catch(() => null)) ?? null;
        setHeld(token?.permissions ?? null);
        const came = await send(window.location.origin, asked, token?.accessToken ?? null);
        setAnswer(came);
        setHistory(remember(asked, came.status, new Date()));
        if (came.status >= 200 && came.status < 300) setSeen((before) => seenIn(asked, came.value, before));
      } finally {
        setRunning(false);
      }
    },
    [request, session],
  );
  return {
    request,
    answer,
    isRunning,
    history,
    held,
    change: (changes) => setRequest((before) => ({ ...before, ...changes })),
    open: (next) => {
      setRequest(filled(next, seen));
      setAnswer(null);
    },
    run,
    forget: () => setHistory(forget()),
  };
}
