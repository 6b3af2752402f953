// Graph as the console calls it: the public API with an ordinary token, nothing else.

/** What Graph refused, in its own words. */
export class GraphFailure extends Error {
  constructor(
    /** HTTP status; 0 if there was no answer. */
    readonly status: number,
    readonly code: string,
    message: string,
    /** What to look for in the server's log. */
    readonly requestId?: string,
    /** The property it is about, by its path. */
    readonly target?: string,
    /** Parts of what is wrong. */
    readonly details: FailureDetail[] = [],
  ) {
    super(message);
    this.name = "GraphFailure";
  }
}

/** One part of what is wrong. */
export interface FailureDetail {
  code: string;
  message: string;
  target?: string;
}

/** The body of an error, as far as it is looked at. */
interface ErrorBody {
  error?: {
    code?: string;
    message?: string;
    target?: string;
    details?: FailureDetail[];
    innerError?: Record<string, string>;
  };
}

/** A page of a collection. */
export interface Page<T> {
  value: T[];
  "@odata.nextLink"?: string;
  "@odata.count"?: number;
}

/** Gives an access token; with claims, one that answers a challenge. */
export type TokenSource = (claims?: string) => Promise<string>;

export interface CallOptions {
  signal?: AbortSignal;
  /** Whether to ask for what Riskgate says beyond Graph. */
  annotated?: boolean;
  headers?: Record<string, string>;
}

/** One request of a batch, and what became of it. */
export interface BatchRequest {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the version, beginning with a slash. */
  url: string;
  body?: unknown;
}

const MOST_ATTEMPTS = 3;
const MOST_IN_A_BATCH = 20;

export class Graph {
  constructor(
    private readonly token: TokenSource,
    private readonly root: string,
  ) {}

  get<T>(path: string, options: CallOptions = {}): Promise<T> {
    return this.call("GET", path, undefined, options);
  }

  post<T>(path: string, body: unknown, options: CallOptions = {}): Promise<T> {
    return this.call("POST", path, body, options);
  }

  patch<T>(path: string, body: unknown, options: CallOptions = {}): Promise<T> {
    return this.call("PATCH", path, body, options);
  }

  delete(path: string, options: CallOptions = {}): Promise<void> {
    return this.call("DELETE", path, undefined, options);
  }

  /** Does many things, twenty in a request; for each, in order, what kept it from being done. */
  async batch(requests: BatchRequest[], report?: (done: number) => void): Promise<(GraphFailure | null)[]> {
    const answers = await this.exchange(requests, report);
    return answers.map((answer) => (answer instanceof GraphFailure ? answer : null));
  }

  /** How many there are of each collection, by paths that end in `/$count` with their options. */
  async counts(paths: string[]): Promise<(number | GraphFailure)[]> {
    const answers = await this.exchange(paths.map((url) => ({ method: "GET", url })));
    return answers.map((answer) => (answer instanceof GraphFailure ? answer : Number(answer)));
  }

  /** The body of each answer, or why there is none. */
  private async exchange(requests: BatchRequest[], report?: (done: number) => void): Promise<unknown[]> {
    const results: unknown[] = [];
    for (let start = 0; start < requests.length; start += MOST_IN_A_BATCH) {
      const part = requests.slice(start, start + MOST_IN_A_BATCH).map((request, index) => ({
        id: String(index),
        ...(request.body === undefined ? {} : { headers: { "Content-Type": "application/json" } }),
        ...request,
      }));
      try {
        const answer = await this.post<{ responses: BatchResponse[] }>("/$batch", { requests: part });
        for (const { id } of part) results.push(outcome(answer.responses.find((response) => response.id === id)));
      } catch (error) {
        for (const _ of part) results.push(failureOf(error));
      }
      report?.(results.length);
    }
    return results;
  }

  private async call<T>(method: string, path: string, body: unknown, options: CallOptions): Promise<T> {
    // A link to a next page is absolute; a token goes nowhere but to our own Graph.
    const url = path.startsWith("/") ? this.root + path : path;
    if (!url.startsWith(`${this.root}/`)) throw new GraphFailure(0, "foreignLink", `${url} is not of this server.`);
    let claims: string | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.send(method, url, body, options, claims);
      if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
      claims = attempt < MOST_ATTEMPTS ? challenge(response) : undefined;
      if (claims !== undefined) continue;
      if (attempt < MOST_ATTEMPTS && (response.status === 429 || response.status === 503)) {
        await pause(response, options.signal);
        continue;
      }
      throw await refusal(response);
    }
  }

  private async send(method: string, url: string, body: unknown, options: CallOptions, claims?: string) {
    const headers: Record<string, string> = {
      Authorization: `Bearer ${await this.token(claims)}`,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      Prefer: options.annotated
        ? 'include-unknown-enum-members, odata.include-annotations="riskgate.*"'
        : "include-unknown-enum-members",
      ...options.headers,
    };
    const init: RequestInit = { method, headers, credentials: "omit", cache: "no-store" };
    if (body !== undefined) init.body = JSON.stringify(body);
    if (options.signal) init.signal = options.signal;
    try {
      return await fetch(url, init);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new GraphFailure(0, "noAnswer", "");
    }
  }
}

interface BatchResponse {
  id: string;
  status: number;
  body?: unknown;
}

function outcome(response: BatchResponse | undefined): unknown {
  if (!response) return new GraphFailure(0, "noAnswer", "");
  if (response.status < 300) return response.body;
  const body = (response.body ?? {}) as ErrorBody;
  return failureIn(response.status, body, body.error?.innerError?.["request-id"]);
}

function failureIn(status: number, { error }: ErrorBody, requestId: string | undefined): GraphFailure {
  const { code = "unknown", message = "", target, details } = error ?? {};
  return new GraphFailure(status, code, message, requestId, target, details);
}

/** Whatever was thrown, as a failure that can be shown. */
export function failureOf(error: unknown): GraphFailure {
  if (error instanceof GraphFailure) return error;
  return new GraphFailure(0, "unexpected", error instanceof Error ? error.message : String(error));
}

/** The claims of a challenge (continuous access evaluation); `undefined` if the answer is none. */
function challenge(response: Response): string | undefined {
  if (response.status !== 401) return undefined;
  const encoded = /claims="([^"]+)"/.exec(response.headers.get("WWW-Authenticate") ?? "")?.[1];
  if (!encoded) return undefined;
  try {
    return atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}

function pause(response: Response, signal?: AbortSignal): Promise<void> {
  const seconds = Number(response.headers.get("Retry-After"));
  const milliseconds = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 30) * 1000 : 1000;
  return new Promise((go, stop) => {
    const timer = setTimeout(go, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      stop(signal.reason);
    });
  });
}

async function refusal(response: Response): Promise<GraphFailure> {
  const id = response.headers.get("request-id") ?? undefined;
  try {
    return failureIn(response.status, (await response.json()) as ErrorBody, id);
  } catch {
    return new GraphFailure(response.status, "unknown", "", id);
  }
}
