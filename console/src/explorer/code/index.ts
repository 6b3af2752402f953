// The same request as a program, in every language there is an official client for.
import { cli } from "./cli";
import { csharp } from "./csharp";
import { curl } from "./curl";
import { go } from "./go";
import { java } from "./java";
import { javascript } from "./javascript";
import { php } from "./php";
import { powershell } from "./powershell";
import { python } from "./python";
import type { Snippet } from "./snippet";

export { type Setting, type Snippet, snippetOf } from "./snippet";

/** Names and writers. The names are those of languages, the same in every language of ours. */
export const LANGUAGES: Record<string, { name: string; write: (snippet: Snippet) => string }> = {
  curl: { name: "cURL", write: curl },
  python: { name: "Python", write: python },
  javascript: { name: "JavaScript", write: javascript },
  csharp: { name: "C#", write: csharp },
  go: { name: "Go", write: go },
  java: { name: "Java", write: java },
  php: { name: "PHP", write: php },
  powershell: { name: "PowerShell", write: powershell },
  cli: { name: "Graph CLI", write: cli },
};
