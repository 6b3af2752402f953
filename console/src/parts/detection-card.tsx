import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { readAdditionalInfo } from "../api/additional-info";
import type { DetectionEvidence, ExplainedDetection } from "../api/annotations";
import type { RiskDetection } from "../api/types";
import { useResource } from "../api/use-resource";
import { text } from "../texts";
import { detectionName, locale, spelledOut, word } from "../texts/format";
import { Card, CardHead } from "./card";
import { Facts } from "./facts";
import { RiskLevelBadge, RiskStateBadge } from "./risk";
import { Time } from "./time";

const useStyles = makeStyles({
  meaning: { display: "block", margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalM}` },
});

/** A detection: what it means, what it rests on, and what became of it. */
export function DetectionCard({ detection }: { detection: RiskDetection }) {
  const styles = useStyles();
  const path = `/identityProtection/riskDetections/${encodeURIComponent(detection.id)}`;
  const { value: explained } = useResource<ExplainedDetection>(path, { annotated: true });
  const evidence = explained?.["@riskgate.evidence"]?.evidence ?? readAdditionalInfo(detection.additionalInfo).reasons;
  return (
    <Card>
      <CardHead title={detectionName(detection.riskEventType)}>
        <RiskLevelBadge level={detection.riskLevel} />
        <RiskStateBadge state={detection.riskState} />
      </CardHead>
      <Text className={styles.meaning}>{text.words.detections[detection.riskEventType ?? ""]?.meaning}</Text>
      <Facts
        isWide
        facts={together(evidence).map(({ key, values }) => [
          text.reasons.evidence[key] ?? spelledOut(key),
          values.join("; ") || text.yes,
        ])}
      />
      <Facts
        facts={[
          [text.fields.timing, word(text.words.timing, detection.detectionTimingType)],
          [text.fields.riskDetail, word(text.words.riskDetail, detection.riskDetail)],
          [text.fields.lastUpdated, <Time key="updated" at={detection.lastUpdatedDateTime} />],
        ]}
      />
    </Card>
  );
}

/** Evidence of the same kind as one entry, each with what would have been usual and its weight. */
function together(evidence: DetectionEvidence[]): { key: string; values: string[] }[] {
  const keys = [...new Set(evidence.map(({ key }) => key))];
  return keys.map((key) => ({
    key,
    values: evidence
      .filter((one) => one.key === key)
      .map(inWords)
      .filter(Boolean),
  }));
}

function inWords({ value, expected, contribution }: DetectionEvidence): string {
  const beside = [
    expected && text.signIn.expected(expected),
    typeof contribution === "number" && text.signIn.contribution(signed(contribution)),
  ].filter(Boolean);
  return beside.length > 0 ? `${value} (${beside.join(", ")})` : value;
}

function signed(number: number): string {
  return new Intl.NumberFormat(locale(), { signDisplay: "exceptZero", maximumFractionDigits: 2 }).format(number);
}
