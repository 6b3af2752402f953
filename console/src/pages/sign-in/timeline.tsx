import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ExplainedSignIn } from "../../api/annotations";
import type { RiskDetection, SignIn } from "../../api/types";
import { Link } from "../../navigation/link";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { detectionName, place, word } from "../../texts/format";
import { verdict } from "./verdict";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "grid",
    gridTemplateColumns: "minmax(150px, max-content) 1fr",
    gap: `0 ${tokens.spacingHorizontalL}`,
    padding: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderLeft: `2px solid ${tokens.colorBrandStroke2}`,
    "@media (max-width: 640px)": { gridTemplateColumns: "1fr" },
  },
  time: { color: tokens.colorNeutralForeground2 },
});

interface Moment {
  at: string;
  what: string;
  /** The sign-in it leads to. */
  signIn?: string;
}

/** What happened, in order. Moments at the same time stay in the order they are given. */
export function momentsOf(signIn: ExplainedSignIn, detections: RiskDetection[], others: SignIn[]): Moment[] {
  const at = signIn.createdDateTime ?? "";
  const from = [signIn.ipAddress, place(signIn.location), signIn.deviceDetail?.browser].filter(Boolean).join(", ");
  const moments: Moment[] = [{ at, what: text.signIn.received(from) }];
  for (const detection of detections) {
    const level = word(text.words.riskLevel, detection.riskLevel).toLowerCase();
    const name = detectionName(detection.riskEventType);
    moments.push({ at: detection.detectedDateTime ?? at, what: text.signIn.detected(name, level) });
  }
  moments.push({ at, what: text.signIn.decided(verdict(signIn)) });
  for (const other of others) {
    if (other.id === signIn.id) continue;
    const outcome = other.status?.errorCode
      ? (other.status.failureReason ?? text.list.status.failure)
      : text.list.status.success;
    moments.push({ at: other.createdDateTime ?? at, what: text.signIn.otherAttempt(outcome), signIn: other.id });
  }
  for (const detection of detections) {
    const { riskState, riskDetail, lastUpdatedDateTime } = detection;
    if (!riskState || riskState === "atRisk" || !lastUpdatedDateTime) continue;
    const what = text.signIn.closed(word(text.words.riskState, riskState), word(text.words.riskDetail, riskDetail));
    if (!moments.some((moment) => moment.at === lastUpdatedDateTime && moment.what === what)) {
      moments.push({ at: lastUpdatedDateTime, what });
    }
  }
  return moments.sort((a, b) => new Date(a.at).getTime() - new Date(b.at).getTime());
}

export function Timeline({ moments }: { moments: Moment[] }) {
  const styles = useStyles();
  return (
    <ol className={styles.list}>
      {moments.map((moment) => (
        <li key={`${moment.at} ${moment.what}`} className={styles.item}>
          <Text className={styles.time}>
            <Time at={moment.at} />
          </Text>
          {moment.signIn ? <Link to={`/sign-ins/${moment.signIn}`}>{moment.what}</Link> : <Text>{moment.what}</Text>}
        </li>
      ))}
    </ol>
  );
}
