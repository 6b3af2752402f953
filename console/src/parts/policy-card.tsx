import { type BadgeProps, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { DismissCircleRegular } from "@fluentui/react-icons/svg/dismiss-circle";
import type { PolicyTrace } from "../api/annotations";
import type { AppliedConditionalAccessPolicyResult } from "../api/types";
import { Link } from "../navigation/link";
import { text } from "../texts";
import { condition, controls } from "../texts/decision";
import { word } from "../texts/format";
import { Card, CardHead } from "./card";
import { StatusBadge } from "./status-badge";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: `${tokens.spacingVerticalS} 0 0`, padding: 0 },
  item: { display: "flex", gap: tokens.spacingHorizontalS, alignItems: "flex-start", padding: "2px 0" },
  icon: { flexShrink: 0, marginTop: "2px" },
  met: { color: tokens.colorPaletteGreenForeground1 },
  unmet: { color: tokens.colorPaletteRedForeground1 },
  reasons: { margin: `${tokens.spacingVerticalXS} 0 0`, paddingLeft: tokens.spacingHorizontalXL },
  label: { display: "block", marginTop: tokens.spacingVerticalS },
});

const COLORS: Partial<Record<AppliedConditionalAccessPolicyResult, BadgeProps["color"]>> = {
  success: "success",
  failure: "danger",
  reportOnlySuccess: "informative",
  reportOnlyFailure: "warning",
  reportOnlyInterrupted: "warning",
};

/** Those that did something first. */
export function byEffect(traces: PolicyTrace[]): PolicyTrace[] {
  const isIdle = ({ result }: PolicyTrace) => /notApplied|notEnabled/i.test(result);
  return [...traces].sort((a, b) => Number(isIdle(a)) - Number(isIdle(b)));
}

/** What one policy did: every condition, met or not, and everything that led to the result. */
export function PolicyCard({ trace }: { trace: PolicyTrace }) {
  const styles = useStyles();
  const asked = controls([...trace.enforcedGrantControls, ...trace.enforcedSessionControls]);
  const excluding = trace.excludeRulesSatisfied.map((rule) => word(text.reasons.rules, rule.ruleSatisfied));
  return (
    <Card>
      <CardHead title={<Link to={`/policies/${trace.policyId}`}>{trace.displayName}</Link>}>
        <StatusBadge color={COLORS[trace.result]}>{word(text.words.policyResult, trace.result)}</StatusBadge>
      </CardHead>
      <ul className={styles.list}>
        {trace.conditionsSatisfied.map((name) => (
          <Condition key={name} isMet text={condition(name, trace.includeRulesSatisfied)} />
        ))}
        {trace.conditionsNotSatisfied.map((name) => (
          <Condition key={name} isMet={false} text={condition(name, [])} />
        ))}
      </ul>
      {excluding.length > 0 && (
        <Text className={styles.label}>
          {text.signIn.excluded}: {excluding.join(", ")}
        </Text>
      )}
      {asked && (
        <Text className={styles.label}>
          {text.signIn.askedFor}: {asked}
        </Text>
      )}
      {trace.reasons.length > 0 && (
        <ul className={styles.reasons} aria-label={text.signIn.why}>
          {trace.reasons.map((reason) => (
            <li key={reason}>{word(text.reasons.reasons, reason)}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Condition({ isMet, text: words }: { isMet: boolean; text: string }) {
  const styles = useStyles();
  const label = isMet ? text.signIn.satisfied : text.signIn.notSatisfied;
  return (
    <li className={styles.item}>
      {isMet ? (
        <CheckmarkCircleRegular className={mergeClasses(styles.icon, styles.met)} aria-label={label} />
      ) : (
        <DismissCircleRegular className={mergeClasses(styles.icon, styles.unmet)} aria-label={label} />
      )}
      <span>{words}</span>
    </li>
  );
}
