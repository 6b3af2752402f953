import { useEffect, useState } from "react";
import type { Finding } from "../../api/annotations";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import type { Properties } from "./document";

/** How long editing must rest before the server is asked, in milliseconds. */
const REST = 400;

interface Checked {
  /** What is valid in this policy and probably not meant. */
  findings: Finding[];
  /** Why the server would not take it as it stands. */
  failure: GraphFailure | null;
}

const NOTHING: Checked = { findings: [], failure: null };

/** What the server thinks of a policy that is being edited, by the rules of `riskgate policy lint`. */
export function useChecked(document: Properties | null, id: string): Checked {
  const graph = useGraph();
  const [checked, setChecked] = useState(NOTHING);
  const sent = document && JSON.stringify({ policies: [{ ...document, id }] });
  useEffect(() => {
    if (!sent) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      graph.post<{ value: Finding[] }>("/riskgate/lintPolicies", JSON.parse(sent), { signal: abort.signal }).then(
        ({ value }) => setChecked({ findings: value.filter((finding) => finding.policyId === id), failure: null }),
        (error: unknown) => {
          const failure = failureOf(error);
          // Only what is wrong with the policy is of interest here; saving tells the rest.
          if (!abort.signal.aborted) setChecked({ findings: [], failure: failure.status === 400 ? failure : null });
        },
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [graph, sent, id]);
  return sent ? checked : NOTHING;
}
