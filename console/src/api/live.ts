// What changes is told while it happens, by a stream of events with an ordinary token. Of all tabs of a person one has the
// stream and tells the others: a browser opens few connections to a server at once.
import type { TokenSource } from "./graph";

/** A set whose changes are told, by its address below the version. */
export type LiveSet =
  | "auditLogs/signIns"
  | "auditLogs/directoryAudits"
  | "identityProtection/riskDetections"
  | "identityProtection/riskyUsers"
  | "identityProtection/riskyServicePrincipals"
  | "identity/conditionalAccess";

/** How long to wait before a stream that ended is opened again, in milliseconds: the first time, and at most. */
const PAUSE = { first: 3_000, most: 60_000 };

export interface ServerEvent {
  name: string;
  data: { sets?: string[] };
}

type Listener = () => void;

export class Live {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly channel: BroadcastChannel | null;

  constructor(
    private readonly token: TokenSource,
    private readonly url: string,
    /** Tabs of the same person share a stream. */
    private readonly person: string,
  ) {
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`riskgate.live.${person}`);
    if (this.channel) this.channel.onmessage = ({ data }) => this.tell(data as ServerEvent);
  }

  /** Opens the stream as soon as no other tab has it; gives back what ends that. */
  start(): () => void {
    const stopped = new AbortController();
    const { signal } = stopped;
    const hold = () => this.follow(signal);
    const held = navigator.locks ? navigator.locks.request(`riskgate.live.${this.person}`, { signal }, hold) : hold();
    held.catch(() => undefined);
    return () => stopped.abort();
  }

  /** Calls the listener when the set, or something in it, may have changed; gives back what ends that. */
  listen(set: LiveSet, listener: Listener): () => void {
    const all = this.listeners.get(set) ?? new Set();
    this.listeners.set(set, all.add(listener));
    return () => all.delete(listener);
  }

  private tell({ name, data }: ServerEvent): void {
    // What changed while there was no stream is not known, so everything may have.
    const sets = name === "ready" ? [...this.listeners.keys()] : (data.sets ?? []);
    for (const set of sets) for (const listener of [...(this.listeners.get(set) ?? [])]) listener();
  }

  private async follow(signal: AbortSignal): Promise<void> {
    let pause = PAUSE.first;
    while (!signal.aborted) {
      const began = Date.now();
      try {
        const headers = { Authorization: `Bearer ${await this.token()}`, Accept: "text/event-stream" };
        const response = await fetch(this.url, { headers, signal, credentials: "omit", cache: "no-store" });
        // Who may read nothing that is told, needs no stream.
        if (response.status === 403) return;
        if (response.ok && response.body) {
          for await (const event of eventsIn(response.body)) {
            this.tell(event);
            this.channel?.postMessage(event);
          }
        }
      } catch {
        // The server may be restarting: it is tried again.
      }
      pause = Date.now() - began > PAUSE.most ? PAUSE.first : Math.min(pause * 2, PAUSE.most);
      await rest(pause, signal);
    }
  }
}

/** The events of a stream (HTML Living Standard §9.2.6), as far as this server writes them. */
export async function* eventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = eventOf(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function eventOf(block: string): ServerEvent | null {
  const field = (name: string) =>
    block
      .split("\n")
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const [name, data] = [field("event"), field("data")];
  if (!name || !data) return null;
  try {
    return { name, data: JSON.parse(data) };
  } catch {
    return null;
  }
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((go) => {
    const timer = setTimeout(go, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      go();
    });
  });
}
