import { Text } from "@fluentui/react-components";
import { useCallback } from "react";
import type { ExplainedSignIn } from "../../api/annotations";
import type { Page } from "../../api/graph";
import { equals, withOptions } from "../../api/odata";
import type { RiskDetection, SignIn } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Link } from "../../navigation/link";
import { ActionBar } from "../../parts/action-bar";
import { ACTIONS } from "../../parts/actions";
import { Card, Cards, Section } from "../../parts/card";
import { DetectionCard } from "../../parts/detection-card";
import { Facts } from "../../parts/facts";
import { Heading } from "../../parts/heading";
import { Failure } from "../../parts/notice";
import { byEffect, PolicyCard } from "../../parts/policy-card";
import { RiskLevelBadge, RiskStateBadge } from "../../parts/risk";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { place, time } from "../../texts/format";
import { momentsOf, Timeline } from "./timeline";
import { Usual } from "./usual";
import { Verdict } from "./verdict";

/** One sign-in, and why it ended as it did. */
export function SignInPage({ id }: { id: string }) {
  const signIn = useResource<ExplainedSignIn>(`/auditLogs/signIns/${encodeURIComponent(id)}`, { annotated: true });
  const detections = useResource<Page<RiskDetection>>(
    withOptions("/identityProtection/riskDetections", { $filter: equals<RiskDetection>("requestId", id) }),
  );
  const changed = useCallback(() => {
    signIn.reload();
    detections.reload();
  }, [signIn.reload, detections.reload]);
  const { value, failure } = signIn;
  const name = value?.userDisplayName ?? value?.userPrincipalName ?? id;
  return (
    <>
      <Heading
        title={text.signIn.title(name)}
        lead={value && `${value.appDisplayName ?? ""}, ${time(value.createdDateTime)}`}
      >
        {value && (
          <ActionBar
            actions={ACTIONS.signIns}
            items={[{ id: value.id, name: text.signIn.title(name) }]}
            onDone={changed}
          />
        )}
      </Heading>
      {failure && <Failure failure={failure} retry={signIn.reload} />}
      {value && <Explained signIn={value} detections={detections.value?.value ?? []} />}
      {detections.failure && <Failure failure={detections.failure} retry={detections.reload} />}
    </>
  );
}

function Explained({ signIn, detections }: { signIn: ExplainedSignIn; detections: RiskDetection[] }) {
  const related = useResource<Page<SignIn>>(
    withOptions("/auditLogs/signIns", {
      $filter: equals<SignIn>("correlationId", signIn.correlationId ?? signIn.id),
      $top: 20,
    }),
  );
  return (
    <>
      <Verdict signIn={signIn} />
      <Section title={text.signIn.timeline}>
        <Card>
          <Timeline moments={momentsOf(signIn, detections, related.value?.value ?? [])} />
        </Card>
      </Section>
      <Section title={text.signIn.detections}>
        <Cards>
          {detections.map((detection) => (
            <DetectionCard key={detection.id} detection={detection} />
          ))}
          {detections.length === 0 && <Text>{text.signIn.noDetections}</Text>}
        </Cards>
      </Section>
      <Usual signIn={signIn} />
      <Section title={text.signIn.policies}>
        <Policies signIn={signIn} />
      </Section>
      <Section title={text.signIn.facts}>
        <Card>
          <SignInFacts signIn={signIn} />
        </Card>
      </Section>
    </>
  );
}

function Policies({ signIn }: { signIn: ExplainedSignIn }) {
  const decision = signIn["@riskgate.conditionalAccess"];
  if (!decision) return <Text>{text.signIn.mayNotReadPolicies}</Text>;
  if (decision.policies.length === 0) return <Text>{text.signIn.noPolicies}</Text>;
  return (
    <Cards>
      {byEffect(decision.policies).map((trace) => (
        <PolicyCard key={trace.policyId} trace={trace} />
      ))}
    </Cards>
  );
}

function SignInFacts({ signIn }: { signIn: SignIn }) {
  const device = signIn.deviceDetail;
  return (
    <Facts
      facts={[
        [
          text.fields.user,
          <Link key="user" to={`/users/${signIn.userId ?? ""}`}>
            {signIn.userPrincipalName ?? signIn.userId}
          </Link>,
        ],
        [text.fields.createdAt, <Time key="at" at={signIn.createdDateTime} />],
        [text.fields.riskDuringSignIn, <RiskLevelBadge key="level" level={signIn.riskLevelDuringSignIn} />],
        [text.fields.riskState, <RiskStateBadge key="state" state={signIn.riskState} />],
        [text.fields.application, signIn.appDisplayName],
        [text.fields.resource, signIn.resourceDisplayName],
        [text.fields.ipAddress, signIn.ipAddress],
        [text.fields.location, place(signIn.location)],
        [text.fields.browser, device?.browser],
        [text.fields.operatingSystem, device?.operatingSystem],
        [text.fields.device, device?.displayName ?? device?.deviceId],
        [text.fields.clientApp, signIn.clientAppUsed],
        [text.fields.interactive, signIn.isInteractive ? text.yes : text.no],
        [text.fields.userAgent, signIn.userAgent],
        [text.fields.requestId, signIn.id],
        [text.fields.correlationId, signIn.correlationId],
      ]}
    />
  );
}
