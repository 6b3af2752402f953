import { contains, equals } from "../api/odata";
import type { DirectoryAudit, OperationResult } from "../api/types";
import type { ListDefinition } from "../list/definition";
import { Time } from "../parts/time";
import { text } from "../texts";
import { word } from "../texts/format";
import { period } from "./filters";

const RESULTS: OperationResult[] = ["success", "failure"];

export const audits: ListDefinition<DirectoryAudit> = {
  id: "audit-log",
  title: () => text.titles.audits,
  path: "/auditLogs/directoryAudits",
  live: "auditLogs/directoryAudits",
  columns: [
    {
      id: "at",
      title: () => text.fields.activityAt,
      value: (entry) => entry.activityDateTime ?? "",
      cell: (entry) => <Time at={entry.activityDateTime} />,
      sort: "activityDateTime",
    },
    {
      id: "activity",
      title: () => text.audits.activity,
      value: (entry) => entry.activityDisplayName ?? "",
      sort: "activityDisplayName",
      grow: 1.5,
    },
    { id: "initiator", title: () => text.audits.initiator, value: initiator, grow: 1.3 },
    {
      id: "targets",
      title: () => text.audits.targets,
      value: (entry) =>
        (entry.targetResources ?? [])
          .map((target) => target.displayName ?? target.userPrincipalName ?? target.id)
          .join(", "),
      grow: 1.5,
    },
    {
      id: "result",
      title: () => text.audits.result,
      value: (entry) => word(text.words.operationResult, entry.result),
      sort: "result",
      grow: 0.7,
    },
    {
      id: "category",
      title: () => text.audits.category,
      value: (entry) => entry.category ?? "",
      sort: "category",
      isHidden: true,
    },
    { id: "service", title: () => text.audits.service, value: (entry) => entry.loggedByService ?? "", isHidden: true },
    {
      id: "correlation",
      title: () => text.fields.correlationId,
      value: (entry) => entry.correlationId ?? "",
      isHidden: true,
      grow: 2,
    },
  ],
  filters: [
    period<DirectoryAudit>(() => text.fields.activityAt, "activityDateTime"),
    {
      kind: "choices",
      id: "result",
      title: () => text.audits.result,
      options: RESULTS.map((result) => ({
        value: result,
        label: () => text.words.operationResult[result],
        clause: () => equals<DirectoryAudit>("result", result),
      })),
    },
    {
      kind: "text",
      id: "activity",
      title: () => text.audits.activity,
      clause: (value) => contains<DirectoryAudit>("activityDisplayName", value),
    },
  ],
  sort: { column: "at", descending: true },
  nameOf: (entry) => entry.activityDisplayName ?? entry.id,
  empty: () => ({ title: text.audits.empty, hint: text.audits.emptyHint }),
};

/** The person or the application that did it. */
function initiator(entry: DirectoryAudit): string {
  const { user, app } = entry.initiatedBy ?? {};
  return user?.userPrincipalName ?? user?.displayName ?? app?.displayName ?? "";
}
