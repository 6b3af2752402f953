import type { SignIn } from "../api/types";
import { text } from "../texts";
import { StatusBadge } from "./status-badge";

/** Whether a sign-in got in, with the code of what kept it out. */
export function Outcome({ signIn }: { signIn: SignIn }) {
  const code = signIn.status?.errorCode ?? 0;
  return (
    <StatusBadge color={code === 0 ? "success" : "danger"}>
      {code === 0 ? text.list.status.success : `${text.list.status.failure} (${code})`}
    </StatusBadge>
  );
}
