import { equals } from "../api/odata";
import type { RiskDetection } from "../api/types";
import type { Column, ListDefinition } from "../list/definition";
import { Link } from "../navigation/link";
import { RiskLevelBadge, RiskStateBadge } from "../parts/risk";
import { Time } from "../parts/time";
import { text } from "../texts";
import { detectionName, place, word } from "../texts/format";
import { levels, period, states, userName } from "./filters";

const COLUMNS: Column<RiskDetection>[] = [
  {
    id: "detected",
    title: () => text.fields.detectedAt,
    value: (detection) => detection.detectedDateTime ?? "",
    cell: (detection) => <Time at={detection.detectedDateTime} />,
    sort: "detectedDateTime",
    grow: 1.3,
  },
  {
    id: "type",
    title: () => text.fields.detection,
    value: (detection) => detectionName(detection.riskEventType),
    cell: (detection) =>
      detection.requestId ? (
        <Link to={`/sign-ins/${detection.requestId}`}>{detectionName(detection.riskEventType)}</Link>
      ) : (
        detectionName(detection.riskEventType)
      ),
    sort: "riskEventType",
    grow: 1.4,
  },
  {
    id: "user",
    title: () => text.fields.user,
    value: (detection) => detection.userDisplayName ?? detection.userPrincipalName ?? "",
    cell: (detection) => (
      <Link to={`/users/${detection.userId ?? ""}`}>{detection.userDisplayName ?? detection.userPrincipalName}</Link>
    ),
    sort: "userDisplayName",
    grow: 1.2,
  },
  {
    id: "level",
    title: () => text.fields.riskLevel,
    value: (detection) => word(text.words.riskLevel, detection.riskLevel),
    cell: (detection) => <RiskLevelBadge level={detection.riskLevel} />,
    sort: "riskLevel",
    grow: 0.8,
  },
  {
    id: "state",
    title: () => text.fields.riskState,
    value: (detection) => word(text.words.riskState, detection.riskState),
    cell: (detection) => <RiskStateBadge state={detection.riskState} />,
    sort: "riskState",
  },
  { id: "ip", title: () => text.fields.ipAddress, value: (detection) => detection.ipAddress ?? "", sort: "ipAddress" },
  { id: "place", title: () => text.fields.location, value: (detection) => place(detection.location) },
  {
    id: "detail",
    title: () => text.fields.riskDetail,
    value: (detection) => word(text.words.riskDetail, detection.riskDetail),
    isHidden: true,
    grow: 1.5,
  },
  {
    id: "timing",
    title: () => text.fields.timing,
    value: (detection) => word(text.words.timing, detection.detectionTimingType),
    isHidden: true,
  },
  {
    id: "activity",
    title: () => text.fields.activity,
    value: (detection) => word(text.words.activity, detection.activity),
    isHidden: true,
  },
  { id: "source", title: () => text.fields.source, value: (detection) => detection.source ?? "", isHidden: true },
  {
    id: "request",
    title: () => text.fields.requestId,
    value: (detection) => detection.requestId ?? "",
    isHidden: true,
    grow: 2,
  },
];

const TYPE_FILTER = {
  kind: "choices" as const,
  id: "type",
  title: () => text.fields.detection,
  get options() {
    return Object.keys(text.words.detections).map((name) => ({
      value: name,
      label: () => detectionName(name),
      clause: () => equals<RiskDetection>("riskEventType", name),
    }));
  },
};

export const riskDetections: ListDefinition<RiskDetection> = {
  id: "risk-detections",
  title: () => text.titles.riskDetections,
  path: "/identityProtection/riskDetections",
  live: "identityProtection/riskDetections",
  columns: COLUMNS,
  filters: [
    period<RiskDetection>(() => text.fields.detectedAt, "detectedDateTime"),
    levels<RiskDetection>("level", () => text.fields.riskLevel, "riskLevel"),
    states<RiskDetection>("riskState"),
    TYPE_FILTER,
    userName<RiskDetection>("userDisplayName", "userPrincipalName"),
  ],
  sort: { column: "detected", descending: true },
  nameOf: (detection) => detectionName(detection.riskEventType),
  empty: () => ({ title: text.riskDetections.empty, hint: text.riskDetections.emptyHint }),
};

/** The same of one user. */
export function riskDetectionsOf(userId: string): ListDefinition<RiskDetection> {
  return {
    ...riskDetections,
    scope: equals<RiskDetection>("userId", userId),
    columns: COLUMNS.filter((column) => column.id !== "user"),
    filters: riskDetections.filters.filter((filter) => filter.id !== "user"),
  };
}
