import { expect, test } from "vitest";
import type { Column } from "../src/list/definition";
import { allRows, csv, MOST_ROWS } from "../src/list/export";
import { answering, graph, ROOT } from "./world";

type Row = { id: string; name: string };
const columns: Column<Row>[] = [
  { id: "id", title: () => "ID", value: (row) => row.id },
  { id: "name", title: () => 'Name, "full"', value: (row) => row.name },
];

test("fields are quoted as RFC 4180 says and never begin a formula", () => {
  const rows = [
    { id: "1", name: "Anna" },
    { id: "2", name: 'say "hi", twice\r\n' },
    { id: "3", name: "=HYPERLINK(A1)" },
    { id: "4", name: "-1" },
  ];
  expect(csv(columns, rows)).toBe(
    'ID,"Name, ""full"""\r\n1,Anna\r\n2,"say ""hi"", twice\r\n"\r\n3,\'=HYPERLINK(A1)\r\n4,\'-1\r\n',
  );
});

test("every page is followed to the last", async () => {
  const asked = answering(({ path }) => {
    const page = Number(/skiptoken=(\d)/.exec(path)?.[1] ?? 0);
    const next = page < 2 ? { "@odata.nextLink": `${ROOT}/x?$skiptoken=${page + 1}` } : {};
    return { body: { value: [{ id: String(page) }], ...next } };
  });
  const reports: number[] = [];
  const found = await allRows<{ id: string }>(graph(), "/x", (rows) => reports.push(rows));
  expect(found).toEqual({ rows: [{ id: "0" }, { id: "1" }, { id: "2" }], isCut: false });
  expect(reports).toEqual([1, 2, 3]);
  expect(asked).toHaveLength(3);
});

test("an export that would not end is cut, and says so", async () => {
  const page = Array.from({ length: 4_000 }, (_, index) => ({ id: String(index) }));
  answering(() => ({ body: { value: page, "@odata.nextLink": `${ROOT}/x?$skiptoken=1` } }));
  const found = await allRows<{ id: string }>(graph(), "/x", () => {});
  expect(found.rows).toHaveLength(MOST_ROWS);
  expect(found.isCut).toBe(true);
});
