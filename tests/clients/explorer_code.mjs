// Writes the programs the Explorer shows into a folder. On standard input: the folder, who asks, and the requests by name.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const console_ = new URL("../../console/", import.meta.url);
const require = createRequire(new URL("package.json", console_));
const { folder, setting, requests, languages } = JSON.parse(readFileSync(0, "utf8"));

// What writes them is TypeScript; the console's own builder makes a module of it.
const { build } = await import(pathToFileURL(require.resolve("vite")));
const entry = new URL("src/explorer/code/index.ts", console_).pathname;
const built = join(folder, "code");
const output = { entryFileNames: "index.mjs" };
const options = { ssr: entry, outDir: built, emptyOutDir: true, rolldownOptions: { output } };
await build({ configFile: false, logLevel: "error", build: options });
const { LANGUAGES, snippetOf } = await import(pathToFileURL(join(built, "index.mjs")));
for (const [name, request] of Object.entries(requests)) {
  for (const [language, ending] of Object.entries(languages)) {
    writeFileSync(join(folder, `${name}.${ending}`), LANGUAGES[language].write(snippetOf(request, setting)));
  }
}
