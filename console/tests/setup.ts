import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// A machine that does other things meanwhile takes its time.
configure({ asyncUtilTimeout: 10_000 });

// What jsdom has not and components ask for.
window.matchMedia ??= (query: string) =>
  ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.history.replaceState({}, "", "/admin/");
});
