import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useGraph } from "../../api/context";
import type { ConditionalAccessPolicy } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { PolicyStateBadge } from "../../lists/policies";
import { hrefOf, navigate } from "../../navigation/router";
import { Card, Section } from "../../parts/card";
import { Confirm } from "../../parts/confirm";
import { Heading } from "../../parts/heading";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import { sentence } from "../../texts/policy";
import { parse, toChange, toText } from "./editable";
import { Editor } from "./editor";
import { HistorySection } from "./history-section";
import { StateSwitch } from "./state-switch";

export const POLICIES = "/identity/conditionalAccess/policies";

const useStyles = makeStyles({
  what: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM, alignItems: "center" },
  sentence: { flexGrow: 1, flexBasis: "300px" },
});

/** One policy: what it does in words, its state, and the whole of it to edit. */
export function PolicyPage({ id }: { id: string }) {
  const { value, failure, reload } = useResource<ConditionalAccessPolicy>(`${POLICIES}/${encodeURIComponent(id)}`);
  const [isRemoving, setRemoving] = useState(false);
  const graph = useGraph();
  const styles = useStyles();
  const name = value?.displayName ?? text.titles.policies;
  return (
    <>
      <Heading title={name}>{value && <Button onClick={() => setRemoving(true)}>{text.policy.remove}</Button>}</Heading>
      {failure && <Failure failure={failure} retry={reload} />}
      {value && (
        <>
          <Section title={text.policy.whatItDoes}>
            <Card>
              <div className={styles.what}>
                <PolicyStateBadge state={value.state} />
                <Text className={styles.sentence}>{sentence(value)}</Text>
                <StateSwitch
                  state={value.state ?? "disabled"}
                  change={async (state) => {
                    await graph.patch(`${POLICIES}/${id}`, { state });
                    reload();
                  }}
                />
              </div>
            </Card>
          </Section>
          <Editor
            stored={value}
            save={async (change, headers) => {
              await graph.patch(`${POLICIES}/${id}`, change, { headers });
              reload();
            }}
          />
        </>
      )}
      {value && (
        <HistorySection
          policy={value}
          restore={async (state) => {
            const parsed = parse(toText(state));
            if ("value" in parsed) await graph.patch(`${POLICIES}/${id}`, toChange(parsed.value, value));
            reload();
          }}
        />
      )}
      {isRemoving && (
        <Confirm
          question={text.policy.removeQuestion(name)}
          effects={[...text.policy.removeEffects, text.policy.lockout]}
          label={text.policy.remove}
          close={() => setRemoving(false)}
          run={async () => {
            await graph.delete(`${POLICIES}/${id}`);
            navigate(hrefOf("/policies"), { replace: true });
          }}
        />
      )}
    </>
  );
}
