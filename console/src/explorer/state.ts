// What the Explorer is doing: the request that is written, the answer, what was sent before.
import { useCallback, useEffect, useState } from "react";
import type { Beginning } from "../auth/explorer-session";
import { type Entry, forget, readHistory, remember } from "./history";
import { filled, type Seen, seenIn } from "./placeholders";
import { type GraphRequest, isRequest, request as newRequest, withoutSecrets } from "./request";
import { type Answer, send } from "./send";
import { linked } from "./share";

const KEPT = "riskgate.explorer.draft";

export interface Explorer {
  request: GraphRequest;
  answer: Answer | null;
  isRunning: boolean;
  history: Entry[];
  /** Permissions of the token; `null` if nobody is signed in. */
  held: string[] | null;
  /** How often `open` was called. */
  opened: number;
  change: (changes: Partial<GraphRequest>) => void;
  /** Takes a request in place of the one that is written, filled in with what answers showed. */
  open: (request: GraphRequest) => void;
  run: (request?: GraphRequest) => Promise<void>;
  forget: () => void;
}

/** What the tab keeps while the page is left for signing in and consenting. */
interface Kept {
  request: GraphRequest;
  seen: Seen;
}

/** Where to begin: at the request of the link, at what there was before the page was left, or at who is signed in. */
function firstOf(hash: string): Kept {
  let kept: Partial<Kept> = {};
  try {
    kept = JSON.parse(window.sessionStorage.getItem(KEPT) ?? "{}") as Partial<Kept>;
  } catch {
    // What is damaged is forgotten.
  }
  const request = linked(hash) ?? (isRequest(kept.request) ? kept.request : newRequest("GET", "/me"));
  return { request, seen: kept.seen ?? {} };
}

export function useExplorer({ session }: Beginning, hash: string): Explorer {
  const [first] = useState(() => firstOf(hash));
  const [request, setRequest] = useState(first.request);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [history, setHistory] = useState(readHistory);
  const [held, setHeld] = useState<string[] | null>(null);
  const [opened, setOpened] = useState(0);
  const [seen, setSeen] = useState(first.seen);
  useEffect(() => {
    const kept: Kept = { request: withoutSecrets(request), seen };
    window.sessionStorage.setItem(KEPT, JSON.stringify(kept));
  }, [request, seen]);
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
    opened,
    change: (changes) => setRequest((before) => ({ ...before, ...changes })),
    open: (next) => {
      setRequest(filled(next, seen));
      setOpened((before) => before + 1);
      setAnswer(null);
    },
    run,
    forget: () => setHistory(forget()),
  };
}
