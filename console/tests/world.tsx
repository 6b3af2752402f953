// A Graph that answers what a test says, and everything components need around them.
import { FluentProvider, Toaster, webLightTheme } from "@fluentui/react-components";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { GraphProvider } from "../src/api/context";
import { Graph } from "../src/api/graph";

export const ROOT = "https://id.contoso.com/v1.0";

export interface Asked {
  method: string;
  /** Path below the version. */
  path: string;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was sent
  body: any;
}

export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown };

/** Answers every request and keeps what was asked. */
export function answering(answer: (asked: Asked) => Answer): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    init.signal?.throwIfAborted();
    const one: Asked = {
      method: init.method ?? "GET",
      path: decodeURIComponent(url.replace(ROOT, "")),
      headers: init.headers as Record<string, string>,
      body: init.body ? JSON.parse(String(init.body)) : undefined,
    };
    asked.push(one);
    const { status = 200, headers = {}, body } = answer(one);
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  });
  return asked;
}

export function graph(token: (claims?: string) => Promise<string> = async () => "token"): Graph {
  return new Graph(token, ROOT);
}

export function show(content: ReactNode) {
  return render(
    <FluentProvider theme={webLightTheme}>
      <GraphProvider value={graph()}>{content}</GraphProvider>
      <Toaster />
    </FluentProvider>,
  );
}
