import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { useGraph } from "../../api/context";
import type { User } from "../../api/types";
import { Confirm } from "../../parts/confirm";
import { text } from "../../texts";

type Action = "revoke" | "disable" | "enable";

/** What is done about the account itself, each after saying what it does. */
export function AccountActions({ user, onDone }: { user: User; onDone: () => void }) {
  const graph = useGraph();
  const [action, setAction] = useState<Action | null>(null);
  const words = text.actions.account;
  const path = `/users/${encodeURIComponent(user.id)}`;
  const run = async () => {
    if (action === "revoke") await graph.post(`${path}/revokeSignInSessions`, {});
    else await graph.patch(path, { accountEnabled: action === "enable" });
    onDone();
  };
  const switching = user.accountEnabled === false ? "enable" : "disable";
  return (
    <>
      <Button onClick={() => setAction("revoke")}>{words.revoke}</Button>
      <Button onClick={() => setAction(switching)}>{words[switching]}</Button>
      {action && (
        <Confirm
          question={words[`${action}Question`](user.displayName ?? user.userPrincipalName ?? user.id)}
          effects={words[`${action}Effects`]}
          label={words[action]}
          run={run}
          close={() => setAction(null)}
        />
      )}
    </>
  );
}
