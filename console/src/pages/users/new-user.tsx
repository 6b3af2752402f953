import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { type FormEvent, useState } from "react";
import { useGraph } from "../../api/context";
import { failureOf, type GraphFailure } from "../../api/graph";
import type { User } from "../../api/types";
import { hrefOf, navigate } from "../../navigation/router";
import { Refusal } from "../../parts/confirm";
import { text } from "../../texts";
import { newPassword } from "./password";

const useStyles = makeStyles({ fields: { display: "grid", gap: tokens.spacingVerticalM } });

/** Makes a user with a password that is shown once and changed at the first sign-in. */
export function NewUser({ domain, close }: { domain: string; close: () => void }) {
  const styles = useStyles();
  const graph = useGraph();
  const [displayName, setDisplayName] = useState("");
  const [name, setName] = useState(domain ? `@${domain}` : "");
  const [password] = useState(newPassword);
  const [failure, setFailure] = useState<GraphFailure | null>(null);
  const [isRunning, setRunning] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setRunning(true);
    setFailure(null);
    try {
      const made = await graph.post<User>("/users", {
        accountEnabled: true,
        displayName,
        mailNickname: name.split("@")[0],
        userPrincipalName: name,
        passwordProfile: { password, forceChangePasswordNextSignIn: true },
      });
      navigate(hrefOf(`/users/${made.id}`));
    } catch (error) {
      setFailure(failureOf(error));
      setRunning(false);
    }
  };
  const said = text.directory;
  return (
    <Dialog open modalType="alert" onOpenChange={(_, data) => !data.open && close()}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{said.newUser}</DialogTitle>
            <DialogContent className={styles.fields}>
              <Field label={said.displayName} required>
                <Input value={displayName} onChange={(_, data) => setDisplayName(data.value)} />
              </Field>
              <Field label={text.fields.userPrincipalName} required>
                <Input value={name} onChange={(_, data) => setName(data.value)} />
              </Field>
              <Field label={said.firstPassword} hint={said.passwordHint}>
                <Input value={password} readOnly />
              </Field>
              {failure && <Refusal failure={failure} />}
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>{text.cancel}</Button>
              <Button appearance="primary" type="submit" disabled={isRunning || !displayName.trim() || !name.trim()}>
                {said.create}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
