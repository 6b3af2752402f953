import { Combobox, Field, makeStyles, Option } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useGraph } from "../../api/context";
import type { Page } from "../../api/graph";
import { quoted, withOptions } from "../../api/odata";
import type { User } from "../../api/types";
import { text } from "../../texts";

/** How long typing must rest before the server is asked, in milliseconds. */
const REST = 250;
const SHOWN = 10;

const useStyles = makeStyles({ box: { minWidth: 0 } });

interface Props {
  userId: string;
  onPick: (userId: string) => void;
}

/** A user by the beginning of a name. */
export function UserPicker({ userId, onPick }: Props) {
  const styles = useStyles();
  const graph = useGraph();
  const [typed, setTyped] = useState("");
  const [users, setUsers] = useState<User[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was given at first is looked up by identifier
  useEffect(() => {
    if (!userId) return;
    const path = withOptions(`/users/${encodeURIComponent(userId)}`, { $select: "id,displayName,userPrincipalName" });
    graph.get<User>(path).then(
      (user) => setTyped(user.userPrincipalName ?? user.id),
      () => setTyped(userId),
    );
  }, []);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const start = quoted(typed.trim());
      const path = withOptions("/users", {
        $select: "id,displayName,userPrincipalName",
        $filter: typed.trim() && `startswith(displayName,${start}) or startswith(userPrincipalName,${start})`,
        $top: SHOWN,
      });
      // Without suggestions a whole name can still be typed.
      graph.get<Page<User>>(path, { signal: abort.signal }).then(
        (page) => setUsers(page.value),
        () => setUsers([]),
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [graph, typed]);
  return (
    <Field label={text.whatIf.user} hint={text.whatIf.userHint} required>
      <Combobox
        className={styles.box}
        freeform
        value={typed}
        selectedOptions={userId ? [userId] : []}
        onChange={(event) => setTyped(event.target.value)}
        onOptionSelect={(_, data) => {
          setTyped(data.optionText ?? "");
          onPick(data.optionValue ?? "");
        }}
      >
        {users.map((user) => (
          <Option key={user.id} value={user.id} text={user.userPrincipalName ?? user.id}>
            {`${user.displayName ?? ""} (${user.userPrincipalName ?? ""})`}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
