import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { useGraph } from "../../api/context";
import type { Page } from "../../api/graph";
import type { ConditionalAccessPolicy, ConditionalAccessTemplate } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { hrefOf, navigate, usePlace } from "../../navigation/router";
import { Card, CardHead, Section } from "../../parts/card";
import { Heading } from "../../parts/heading";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import { sentence } from "../../texts/policy";
import { fromTemplate, template } from "./editable";
import { Editor } from "./editor";
import { POLICIES } from "./page";

const useStyles = makeStyles({
  gallery: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(320px, 100%), 1fr))",
    gap: tokens.spacingHorizontalM,
    listStyleType: "none",
    margin: `${tokens.spacingVerticalM} 0 0`,
    padding: 0,
    "& > li": { display: "grid" },
  },
  words: { display: "block", margin: `${tokens.spacingVerticalS} 0` },
});

/** What a policy may begin as: nothing, or a template. Which is in the address. */
export function NewPolicyPage() {
  const { query } = usePlace();
  const chosen = query.get("template");
  return (
    <>
      <Heading title={text.policy.create} lead={chosen === null ? text.editor.beginWith : undefined} />
      {chosen === null && <Gallery />}
      {chosen === "" && <NewPolicy first={null} />}
      {chosen && <FromTemplate id={chosen} />}
    </>
  );
}

function begin(id: string): void {
  navigate(hrefOf("/policies/new", new URLSearchParams({ template: id })));
}

function Gallery() {
  const styles = useStyles();
  const { value, failure, reload } = useResource<Page<ConditionalAccessTemplate>>(
    "/identity/conditionalAccess/templates",
  );
  return (
    <Section title={text.editor.templates}>
      <Button onClick={() => begin("")}>{text.editor.beginEmpty}</Button>
      {failure && <Failure failure={failure} retry={reload} />}
      <ul className={styles.gallery}>
        {value?.value.map((one) => (
          <li key={one.id}>
            <Card>
              <CardHead title={one.name} />
              <Text className={styles.words}>{one.description}</Text>
              <Text className={styles.words}>{sentence(fromTemplate(one))}</Text>
              <Button aria-label={text.editor.templateNamed(one.name ?? "")} onClick={() => begin(one.id)}>
                {text.editor.use}
              </Button>
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function FromTemplate({ id }: { id: string }) {
  const path = `/identity/conditionalAccess/templates/${encodeURIComponent(id)}`;
  const { value, failure, reload } = useResource<ConditionalAccessTemplate>(path);
  if (failure) return <Failure failure={failure} retry={reload} />;
  return value && <NewPolicy first={value} />;
}

/** A policy that does not exist yet. */
function NewPolicy({ first }: { first: ConditionalAccessTemplate | null }) {
  const graph = useGraph();
  const begun = useMemo(() => (first ? fromTemplate(first) : template()), [first]);
  return (
    <Editor
      stored={begun}
      isNew
      save={async (policy, headers) => {
        const made = await graph.post<ConditionalAccessPolicy>(POLICIES, policy, { headers });
        navigate(hrefOf(`/policies/${made.id}`), { replace: true });
      }}
    />
  );
}
