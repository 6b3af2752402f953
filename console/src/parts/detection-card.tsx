import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { type Evidence, readAdditionalInfo } from "../api/additional-info";
import type { RiskDetection } from "../api/types";
import { text } from "../texts";
import { detectionName, spelledOut, word } from "../texts/format";
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
  const { reasons } = readAdditionalInfo(detection.additionalInfo);
  return (
    <Card>
      <CardHead title={detectionName(detection.riskEventType)}>
        <RiskLevelBadge level={detection.riskLevel} />
        <RiskStateBadge state={detection.riskState} />
      </CardHead>
      <Text className={styles.meaning}>{text.words.detections[detection.riskEventType ?? ""]?.meaning}</Text>
      <Facts
        isWide
        facts={together(reasons).map(({ key, value }) => [
          text.reasons.evidence[key] ?? spelledOut(key),
          value || text.yes,
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

/** Evidence of the same kind as one entry. */
function together(reasons: Evidence[]): Evidence[] {
  const keys = [...new Set(reasons.map(({ key }) => key))];
  return keys.map((key) => ({
    key,
    value: reasons
      .filter((reason) => reason.key === key)
      .map((reason) => reason.value)
      .join("; "),
  }));
}
