import { Badge } from "@fluentui/react-components";
import type { SignIn } from "../api/types";
import { text } from "../texts";

/** Whether a sign-in got in, with the code of what kept it out. */
export function Outcome({ signIn }: { signIn: SignIn }) {
  const code = signIn.status?.errorCode ?? 0;
  return (
    <Badge appearance="tint" shape="rounded" color={code === 0 ? "success" : "danger"}>
      {code === 0 ? text.list.status.success : `${text.list.status.failure} (${code})`}
    </Badge>
  );
}
