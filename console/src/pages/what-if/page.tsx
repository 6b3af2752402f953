import { MessageBar, MessageBarBody, MessageBarTitle, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { Decision, ExplainedResult, PolicyTrace } from "../../api/annotations";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import { hrefOf, navigate, usePlace } from "../../navigation/router";
import { Cards, Section } from "../../parts/card";
import { Refusal } from "../../parts/confirm";
import { Heading } from "../../parts/heading";
import { byEffect, PolicyCard } from "../../parts/policy-card";
import { text } from "../../texts";
import { controls } from "../../texts/decision";
import { WhatWouldHelp } from "../sign-in/verdict";
import { QuestionForm } from "./form";
import { bodyOf, fromQuery, type Question, toQuery } from "./question";

interface Answer {
  "@riskgate.decision"?: Decision;
  value: ExplainedResult[];
}

/** Tries policies on a sign-in that does not happen. */
export function WhatIfPage() {
  const graph = useGraph();
  const { path, query } = usePlace();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const ask = async (question: Question) => {
    navigate(hrefOf(path, toQuery(question)), { replace: true });
    setFailure(null);
    try {
      setAnswer(
        await graph.post<Answer>("/identity/conditionalAccess/evaluate", bodyOf(question), { annotated: true }),
      );
    } catch (error) {
      setAnswer(null);
      setFailure(failureOf(error));
    }
  };
  return (
    <>
      <Heading title={text.titles.whatIf} lead={text.whatIf.lead} />
      <Section title={text.whatIf.question}>
        <QuestionForm first={fromQuery(query)} ask={ask} />
      </Section>
      {failure && <Refusal failure={failure} />}
      {answer && <Answered answer={answer} />}
    </>
  );
}

function Answered({ answer }: { answer: Answer }) {
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
