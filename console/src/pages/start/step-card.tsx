import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { StatusBadge } from "../../parts/status-badge";
import { text } from "../../texts";
import { STEPS, type Step } from "./steps";

const useStyles = makeStyles({
  card: {
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowWrap: "anywhere",
  },
  now: { border: `1px solid ${tokens.colorBrandStroke1}`, boxShadow: tokens.shadow4 },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  text: { display: "block", marginTop: tokens.spacingVerticalXS },
  content: { marginTop: tokens.spacingVerticalS, ":empty": { display: "none" } },
});

interface Props {
  step: Step;
  state: "done" | "now" | "later";
  /** What can be done, or was found. */
  children?: ReactNode;
}

/** A step with what it is for. */
export function StepCard({ step, state, children }: Props) {
  const styles = useStyles();
  const words = text.start.steps[step];
  const color = state === "done" ? "success" : state === "now" ? "brand" : "informative";
  return (
    <li
      className={mergeClasses(styles.card, state === "now" && styles.now)}
      {...(state === "now" ? { "aria-current": "step" as const } : {})}
    >
      <div className={styles.head}>
        <h2 className={styles.title}>{text.start.step(STEPS.indexOf(step) + 1, words.title)}</h2>
        <StatusBadge color={color}>{text.start[state]}</StatusBadge>
      </div>
      {state !== "done" && <Text className={styles.text}>{words.text}</Text>}
      {children && <div className={styles.content}>{children}</div>}
    </li>
  );
}
