import { expect, test } from "vitest";
import type { ConditionalAccessPolicy, DirectoryAudit } from "../src/api/types";
import { difference, shortened, versionsOf } from "../src/pages/policy/history";

const now: ConditionalAccessPolicy = { id: "p", displayName: "Third", state: "enabled", conditions: {} };
const entry = (id: string, changed: [string, unknown, unknown][]): DirectoryAudit => ({
  id,
  activityDateTime: `2026-11-0${id}T00:00:00Z`,
  activityDisplayName: "Update conditional access policy",
  initiatedBy: { user: { id: "u", displayName: "Admin" } },
  targetResources: [
    {
      id: "p",
      modifiedProperties: changed.map(([displayName, before, after]) => ({
        displayName,
        oldValue: JSON.stringify(before),
        newValue: JSON.stringify(after),
      })),
    },
    { id: "other", modifiedProperties: [{ displayName: "state", oldValue: '"x"', newValue: '"y"' }] },
  ],
});

test("every state is found by undoing what the audit log says was changed", () => {
  const log = [
    entry("3", [["displayName", "Second", "Third"]]),
    entry("2", [
      ["displayName", "First", "Second"],
      ["state", "disabled", "enabled"],
    ]),
    entry("1", []),
  ];
  const versions = versionsOf(now, log);
  expect(versions.map(({ after }) => [after.displayName, after.state])).toEqual([
    ["Third", "enabled"],
    ["Second", "enabled"],
    ["First", "disabled"],
  ]);
  expect(versions[1]?.before).toMatchObject({ displayName: "First", state: "disabled" });
  expect(versions[0]?.by).toBe("Admin");
});

test("a value of the log that is no JSON changes nothing", () => {
  const damaged = entry("1", []);
  damaged.targetResources?.[0]?.modifiedProperties?.push({ displayName: "state", oldValue: "{" });
  expect(versionsOf(now, [damaged])[0]?.before).toEqual(now);
});

test("lines of one text alone are told apart from those of both", () => {
  const lines = difference("a\nb\nc\nd\n", "a\nc\nx\nd\n");
  expect(lines.map(({ kind, text }) => `${{ same: " ", added: "+", removed: "-" }[kind]}${text}`)).toEqual([
    " a",
    "-b",
    " c",
    "+x",
    " d",
  ]);
  expect(difference("same", "same")).toEqual([{ kind: "same", text: "same" }]);
});

test("of long texts only what is near a difference is shown", () => {
  const many = Array.from({ length: 9 }, (_, index) => String(index));
  const shown = shortened(difference(many.join("\n"), many.map((line) => (line === "4" ? "x" : line)).join("\n")), 1);
  expect(shown.map((line) => line?.text ?? null)).toEqual([null, "3", "4", "x", "5", null]);
});
