import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vitest/config";

const SITE = "dist/site";

/** Puts compressed forms beside every file, where they are smaller, so that the server never compresses. */
function compressed(): Plugin {
  const forms = [
    [".br", (text: Buffer) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })],
    [".gz", (text: Buffer) => gzipSync(text, { level: 9 })],
  ] as const;
  return {
    name: "compressed",
    apply: "build",
    // Vite empties the folder by name; the one above it is part of a checkout. Tests read this file too and build nothing.
    buildStart: () => rmSync(SITE, { recursive: true, force: true }),
    closeBundle() {
      for (const entry of readdirSync(SITE, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const text = readFileSync(path);
        for (const [ending, compress] of forms) {
          const small = compress(text);
          if (small.length < text.length) writeFileSync(path + ending, small);
        }
      }
    },
  };
}

export default defineConfig({
  base: "/admin/",
  plugins: [compressed()],
  build: {
    outDir: SITE,
    target: "es2023",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    // Fluent's files say "use client", which means nothing in a bundle.
    rolldownOptions: {
      input: ["index.html", "explorer.html"],
      onLog: (level, log, report) => log.code !== "MODULE_LEVEL_DIRECTIVE" && report(level, log),
    },
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
    testTimeout: 30_000,
  },
});
