import { Text } from "@fluentui/react-components";
import { useState } from "react";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import { Section } from "../../parts/card";
import { Refusal } from "../../parts/confirm";
import { text } from "../../texts";
import { type Answer, Answered } from "../what-if/answered";
import { QuestionForm } from "../what-if/form";
import { bodyOf, fromQuery, type Question } from "../what-if/question";
import type { Properties } from "./document";

/** What If with the edited policy in place of the stored one, as if it were enabled. */
export function TryIt({ document, id }: { document: Properties | null; id: string }) {
  const graph = useGraph();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const ask = async (question: Question) => {
    setFailure(null);
    const policies = [{ ...document, id, state: "enabled" }];
    const body = { ...bodyOf(question), "@riskgate.policies": policies };
    try {
      setAnswer(await graph.post<Answer>("/identity/conditionalAccess/evaluate", body, { annotated: true }));
    } catch (error) {
      setAnswer(null);
      setFailure(failureOf(error));
    }
  };
  return (
    <Section title={text.editor.tryIt}>
      <Text>{text.editor.tryItLead}</Text>
      <QuestionForm first={fromQuery(new URLSearchParams())} ask={ask} isDisabled={document === null} />
      {failure && <Refusal failure={failure} />}
      {answer && <Answered answer={answer} />}
    </Section>
  );
}
