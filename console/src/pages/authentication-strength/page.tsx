import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { useGraph } from "../../api/context";
import type { AuthenticationStrengthPolicy } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { hrefOf, navigate } from "../../navigation/router";
import { Card, Section } from "../../parts/card";
import { Confirm } from "../../parts/confirm";
import { Facts } from "../../parts/facts";
import { Heading } from "../../parts/heading";
import { NamingPolicies } from "../../parts/naming-policies";
import { Failure } from "../../parts/notice";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { word } from "../../texts/format";
import { type Draft, StrengthForm } from "./form";

const STRENGTHS = "/policies/authenticationStrengthPolicies";

/** One authentication strength: what it allows, and the policies that demand it. */
export function AuthenticationStrengthPage({ id }: { id: string }) {
  const path = `${STRENGTHS}/${encodeURIComponent(id)}`;
  const { value, failure, reload } = useResource<AuthenticationStrengthPolicy>(path);
  const graph = useGraph();
  const [isRemoving, setRemoving] = useState(false);
  const isOwn = value?.policyType === "custom";
  const name = value?.displayName ?? text.titles.strengths;
  const save = async ({ displayName, description, combinations }: Draft) => {
    if (displayName !== value?.displayName || description !== (value?.description ?? "")) {
      await graph.patch(path, { displayName, description });
    }
    if (combinations.join(";") !== (value?.allowedCombinations ?? []).join(";")) {
      await graph.post(`${path}/updateAllowedCombinations`, { allowedCombinations: combinations });
    }
    reload();
  };
  return (
    <>
      <Heading title={name} lead={value && !isOwn ? text.strengths.builtIn : undefined}>
        {isOwn && <Button onClick={() => setRemoving(true)}>{text.policy.remove}</Button>}
      </Heading>
      {failure && <Failure failure={failure} retry={reload} />}
      {value && (
        <>
          <Section title={text.signIn.facts}>
            <Card>
              <Facts
                facts={[
                  [text.strengths.satisfies, word(text.strengths.requirements, value.requirementsSatisfied)],
                  [text.policy.modified, <Time key="modified" at={value.modifiedDateTime} />],
                  [text.directory.objectId, value.id],
                ]}
              />
            </Card>
          </Section>
          <Section title={text.strengths.allowed}>
            <StrengthForm
              first={{
                displayName: value.displayName ?? "",
                description: value.description ?? "",
                combinations: value.allowedCombinations ?? [],
              }}
              isReadOnly={!isOwn}
              save={save}
            />
          </Section>
          <NamingPolicies how={({ grantControls }) => (strengthOf(grantControls) === value.id ? "demanded" : null)} />
        </>
      )}
      {isRemoving && (
        <Confirm
          question={text.strengths.removeQuestion(name)}
          effects={text.strengths.removeEffects}
          label={text.policy.remove}
          close={() => setRemoving(false)}
          run={async () => {
            await graph.delete(path);
            navigate(hrefOf("/authentication-strengths"), { replace: true });
          }}
        />
      )}
    </>
  );
}

/** The strength a policy demands: a relation, which the generated types do not have. */
function strengthOf(controls: object | null | undefined): string | undefined {
  return (controls as { authenticationStrength?: { id: string } | null } | null)?.authenticationStrength?.id;
}

/** A strength that does not exist yet. */
export function NewAuthenticationStrengthPage() {
  const graph = useGraph();
  return (
    <>
      <Heading title={text.strengths.create} />
      <StrengthForm
        first={{ displayName: "", description: "", combinations: [] }}
        save={async ({ displayName, description, combinations }) => {
          const made = await graph.post<AuthenticationStrengthPolicy>(STRENGTHS, {
            displayName,
            description,
            allowedCombinations: combinations,
          });
          navigate(hrefOf(`/authentication-strengths/${made.id}`), { replace: true });
        }}
      />
    </>
  );
}
