import { Button, Text } from "@fluentui/react-components";
import { Link } from "../../navigation/link";
import { text } from "../../texts";
import { detectionName, place, word } from "../../texts/format";
import { Row } from "./row";
import { removals, type Step } from "./steps";
import type { PartProps } from "./use-action";

/** What came of a step, and how it is undone. */
export function Outcome({ step, facts, isBusy, act }: PartProps & { step: Step }) {
  const { detections, user, policies } = facts;
  if (step === "user" && user) return <Link to={`/users/${user.id}`}>{user.userPrincipalName}</Link>;
  if (step === "tor" || step === "mfa") {
    const found =
      step === "tor"
        ? detections.at(-1)
        : detections.find((one) => one.riskDetail === "userPassedMFADrivenByRiskBasedPolicy");
    if (!found) return null;
    const level = word(text.words.riskLevel, found.riskLevel);
    return (
      <Row>
        <Text>{text.start.detected(detectionName(found.riskEventType), level, place(found.location))}</Text>
        {found.requestId && <Link to={`/sign-ins/${found.requestId}`}>{text.start.seeSignIn}</Link>}
      </Row>
    );
  }
  if (step === "policy") {
    return (
      <Row>
        {policies.map((policy) => (
          <Link key={policy.id} to={`/policies/${policy.id}`}>
            {policy.displayName}
          </Link>
        ))}
        <Button size="small" disabledFocusable={isBusy} onClick={() => act(removals({ ...facts, user: null }))}>
          {text.start.undo}
        </Button>
      </Row>
    );
  }
  return null;
}
