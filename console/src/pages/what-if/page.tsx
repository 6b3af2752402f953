import { useState } from "react";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import { hrefOf, navigate, usePlace } from "../../navigation/router";
import { Section } from "../../parts/card";
import { Refusal } from "../../parts/confirm";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";
import { type Answer, Answered } from "./answered";
import { QuestionForm } from "./form";
import { bodyOf, fromQuery, type Question, toQuery } from "./question";

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
