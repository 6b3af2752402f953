import { Field, makeStyles, Select } from "@fluentui/react-components";
import { useState } from "react";
import type { ConditionalAccessPolicyState } from "../../api/types";
import { POLICY_STATES } from "../../lists/policies";
import { Confirm } from "../../parts/confirm";
import { text } from "../../texts";

const useStyles = makeStyles({ field: { width: "180px" } });

interface Props {
  state: ConditionalAccessPolicyState;
  change: (state: ConditionalAccessPolicyState) => Promise<void>;
}

/** Switches a policy on, off or to report-only, after saying what that does. */
export function StateSwitch({ state, change }: Props) {
  const styles = useStyles();
  const [wanted, setWanted] = useState<ConditionalAccessPolicyState | null>(null);
  return (
    <>
      <Field label={text.policy.state} className={styles.field}>
        <Select value={state} onChange={(_, data) => setWanted(data.value as ConditionalAccessPolicyState)}>
          {POLICY_STATES.map((name) => (
            <option key={name} value={name}>
              {text.words.policyState[name]}
            </option>
          ))}
        </Select>
      </Field>
      {wanted && (
        <Confirm
          question={text.policy.switchTo(text.words.policyState[wanted])}
          effects={[...text.policy.switchEffects[wanted], text.policy.lockout]}
          label={text.policy.doSwitch}
          run={() => change(wanted)}
          close={() => setWanted(null)}
        />
      )}
    </>
  );
}
