import { MessageBar, MessageBarBody, MessageBarTitle, Text } from "@fluentui/react-components";
import type { Decision, ExplainedResult, PolicyTrace } from "../../api/annotations";
import { Cards, Section } from "../../parts/card";
import { byEffect, PolicyCard } from "../../parts/policy-card";
import { text } from "../../texts";
import { controls } from "../../texts/decision";
import { WhatWouldHelp } from "../sign-in/verdict";

/** What What If answers. */
export interface Answer {
  "@riskgate.decision"?: Decision;
  value: ExplainedResult[];
}

/** The decision, and what each policy did. */
export function Answered({ answer }: { answer: Answer }) {
  const decision = answer["@riskgate.decision"];
  return (
    <>
      {decision && (
        <Section title={text.whatIf.answer}>
          <MessageBar
            layout="multiline"
            role="status"
            intent={decision.result === "granted" ? "success" : decision.result === "blocked" ? "error" : "warning"}
          >
            <MessageBarBody>
              <MessageBarTitle>{verdict(decision)}</MessageBarTitle>
              <WhatWouldHelp decision={decision} />
            </MessageBarBody>
          </MessageBar>
        </Section>
      )}
      <Section title={text.whatIf.policies}>
        <Cards>
          {byEffect(answer.value.map(traceOf)).map((trace) => (
            <PolicyCard key={trace.policyId} trace={trace} />
          ))}
          {answer.value.length === 0 && <Text>{text.whatIf.none}</Text>}
        </Cards>
      </Section>
    </>
  );
}

function verdict(decision: Decision): string {
  if (decision.result === "granted") return text.whatIf.granted;
  if (decision.result === "blocked") return text.whatIf.blocked;
  return text.whatIf.interrupted(controls(decision.controls));
}

/** The same trace as a sign-in has, out of the annotations of a result. */
function traceOf(result: ExplainedResult): PolicyTrace {
  return {
    policyId: result.id,
    displayName: result.displayName ?? result.id,
    result: result["@riskgate.result"] ?? "unknown",
    enforcedGrantControls: result["@riskgate.enforcedGrantControls"] ?? [],
    enforcedSessionControls: result["@riskgate.enforcedSessionControls"] ?? [],
    conditionsSatisfied: result["@riskgate.conditionsSatisfied"] ?? [],
    conditionsNotSatisfied: result["@riskgate.conditionsNotSatisfied"] ?? [],
    includeRulesSatisfied: result["@riskgate.includeRulesSatisfied"] ?? [],
    excludeRulesSatisfied: result["@riskgate.excludeRulesSatisfied"] ?? [],
    reasons: result["@riskgate.reasons"] ?? [],
  };
}
