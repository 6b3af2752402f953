import { Button, Spinner, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { User } from "../../api/types";
import type { GraphRequest } from "../../explorer/request";
import { text } from "../../texts";
import { CommandCard } from "./command-card";
import { keepPassword, passwordOf } from "./password";
import { RequestNote } from "./request-note";
import { Row } from "./row";
import { command, createPolicy, createUser, dismiss, newPassword, randomPassword, type Step } from "./steps";
import type { PartProps } from "./use-action";

/** What is to be done in the present step. */
export function Task({ step, name, facts, isBusy, act }: PartProps & { step: Step; name: string }) {
  const [password] = useState(randomPassword);
  const id = facts.user?.id ?? "";
  if (step === "user") {
    const request = createUser(name, password);
    const keep = ([made]: unknown[]) => keepPassword((made as User).id, password);
    return (
      <Doing request={request} action={text.start.steps.user.action} isBusy={isBusy} run={() => act([request], keep)} />
    );
  }
  if (step === "policy" || step === "dismiss") {
    const request = step === "policy" ? createPolicy(id) : dismiss(id);
    const { action } = text.start.steps[step];
    return <Doing request={request} action={action} isBusy={isBusy} run={() => act([request])} />;
  }
  const known = passwordOf(id);
  if (known === null) {
    return (
      <Row>
        <Text>{text.start.noPassword}</Text>
        <Button
          disabledFocusable={isBusy}
          onClick={() => act([newPassword(id, password)], () => keepPassword(id, password))}
        >
          {text.start.setPassword}
        </Button>
      </Row>
    );
  }
  return (
    <>
      <CommandCard command={command(step, window.location.origin, name, known)}>
        {step === "authenticator" ? "" : text.start.forwarded}
      </CommandCard>
      <Row>
        <Spinner size="tiny" labelPosition="after" label={text.start.waiting} />
      </Row>
    </>
  );
}

interface DoingProps {
  request: GraphRequest;
  action: string;
  isBusy: boolean;
  run: () => void;
}

/** A button, and the request it makes. */
function Doing({ request, action, isBusy, run }: DoingProps) {
  return (
    <>
      <Button appearance="primary" disabledFocusable={isBusy} onClick={run}>
        {action}
      </Button>
      <RequestNote request={request} />
    </>
  );
}
