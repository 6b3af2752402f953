import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { useGraph } from "../../api/context";
import { Confirm } from "../../parts/confirm";
import { text } from "../../texts";
import { newPassword } from "../users/password";

interface Props {
  id: string;
  name: string;
  close: () => void;
}

/** Sets a password that is shown once and changed at the next sign-in. */
export function ResetPassword({ id, name, close }: Props) {
  const graph = useGraph();
  const [password] = useState(newPassword);
  const said = text.directory;
  return (
    <Confirm
      question={said.resetQuestion(name)}
      effects={said.resetEffects}
      label={said.reset}
      close={close}
      run={async () => {
        await graph.patch(`/users/${encodeURIComponent(id)}`, {
          passwordProfile: { password, forceChangePasswordNextSignIn: true },
        });
      }}
    >
      <Field label={said.firstPassword} hint={said.passwordHint}>
        <Input value={password} readOnly />
      </Field>
    </Confirm>
  );
}
