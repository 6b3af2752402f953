import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { Finding } from "../../api/annotations";
import { useGraph } from "../../api/context";
import { DataList } from "../../list/data-list";
import { policies } from "../../lists/policies";
import { hrefOf, navigate } from "../../navigation/router";
import { Section } from "../../parts/card";
import { Findings } from "../../parts/findings";
import { Heading } from "../../parts/heading";
import { text } from "../../texts";

const useStyles = makeStyles({ findings: { marginTop: tokens.spacingVerticalXL } });

export function PoliciesPage() {
  const styles = useStyles();
  const findings = useFindings();
  return (
    <>
      <Heading title={text.titles.policies} lead={text.policy.lead}>
        <Button appearance="primary" onClick={() => navigate(hrefOf("/policies/new"))}>
          {text.policy.create}
        </Button>
      </Heading>
      <DataList definition={policies} />
      {findings.length > 0 && (
        <div className={styles.findings}>
          <Section title={text.editor.findings}>
            <Findings findings={findings} withPolicy />
          </Section>
        </div>
      )}
    </>
  );
}

/** What `riskgate policy lint` says about the stored policies; nothing while it is not known. */
function useFindings(): Finding[] {
  const graph = useGraph();
  const [findings, setFindings] = useState<Finding[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    graph.post<{ value: Finding[] }>("/riskgate/lintPolicies", {}, { signal: abort.signal }).then(
      ({ value }) => setFindings(value),
      () => undefined,
    );
    return () => abort.abort();
  }, [graph]);
  return findings;
}
