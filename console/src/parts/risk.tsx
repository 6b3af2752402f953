import type { BadgeProps } from "@fluentui/react-components";
import type { RiskLevel, RiskState } from "../api/types";
import { text } from "../texts";
import { word } from "../texts/format";
import { StatusBadge } from "./status-badge";

const LEVELS: Record<RiskLevel, BadgeProps["color"]> = {
  high: "danger",
  medium: "severe",
  low: "warning",
  none: "subtle",
  hidden: "subtle",
  unknownFutureValue: "subtle",
};

const STATES: Record<RiskState, BadgeProps["color"]> = {
  atRisk: "warning",
  confirmedCompromised: "danger",
  confirmedSafe: "success",
  remediated: "success",
  dismissed: "informative",
  none: "subtle",
  unknownFutureValue: "subtle",
};

/** A level of risk; the word says it, the colour only repeats it. */
export function RiskLevelBadge({ level }: { level: RiskLevel | null | undefined }) {
  if (!level) return null;
  return <StatusBadge color={LEVELS[level] ?? "subtle"}>{word(text.words.riskLevel, level)}</StatusBadge>;
}

/** Where a risk stands. */
export function RiskStateBadge({ state }: { state: RiskState | null | undefined }) {
  if (!state) return null;
  return <StatusBadge color={STATES[state] ?? "subtle"}>{word(text.words.riskState, state)}</StatusBadge>;
}
