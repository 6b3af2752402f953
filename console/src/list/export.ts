import type { Graph, Page } from "../api/graph";
import type { Column } from "./definition";

/** Most rows of an export: what a browser keeps in memory without trouble. */
export const MOST_ROWS = 10_000;
/** Rows asked for at once: the most that lists of identity protection give. */
export const EXPORT_PAGE = 500;

/** All rows from a request on, page by page; `isCut` if there were more than an export holds. */
export async function allRows<T>(
  graph: Graph,
  request: string,
  report: (rows: number) => void,
): Promise<{ rows: T[]; isCut: boolean }> {
  const rows: T[] = [];
  let next: string | undefined = request;
  while (next && rows.length < MOST_ROWS) {
    const page: Page<T> = await graph.get<Page<T>>(next);
    rows.push(...page.value);
    report(rows.length);
    next = page["@odata.nextLink"];
  }
  return { rows: rows.slice(0, MOST_ROWS), isCut: next !== undefined };
}

/** Rows as CSV (RFC 4180) with a line of titles. */
export function csv<T>(columns: Column<T>[], rows: T[]): string {
  const lines = rows.map((row) => columns.map((column) => field(column.value(row))).join(","));
  return [columns.map((column) => field(column.title())).join(","), ...lines].join("\r\n").concat("\r\n");
}

/** A spreadsheet takes what begins with these for a formula, and a user agent is what an attacker writes. */
function field(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a file to the browser to keep. */
export function download(name: string, type: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
