import { Badge, type BadgeProps, makeStyles } from "@fluentui/react-components";
import type { RiskLevel, RiskState } from "../api/types";
import { text } from "../texts";
import { word } from "../texts/format";

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

// Long words take a second line in a narrow column.
const useStyles = makeStyles({ badge: { height: "auto", minHeight: "20px" } });

/** A level of risk; the word says it, the colour only repeats it. */
export function RiskLevelBadge({ level }: { level: RiskLevel | null | undefined }) {
  const { badge } = useStyles();
  if (!level) return null;
  return (
    <Badge className={badge} appearance="tint" shape="rounded" color={LEVELS[level] ?? "subtle"}>
      {word(text.words.riskLevel, level)}
    </Badge>
  );
}

/** Where a risk stands. */
export function RiskStateBadge({ state }: { state: RiskState | null | undefined }) {
  const { badge } = useStyles();
  if (!state) return null;
  return (
    <Badge className={badge} appearance="tint" shape="rounded" color={STATES[state] ?? "subtle"}>
      {word(text.words.riskState, state)}
    </Badge>
  );
}
