import { makeStyles, Tab, TabList, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { equals } from "../../api/odata";
import type { Application, RiskyServicePrincipal, ServicePrincipal } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { DataList } from "../../list/data-list";
import { redirectsOf } from "../../lists/applications";
import { signInsTo } from "../../lists/sign-ins";
import { hrefOf, navigate, usePlace } from "../../navigation/router";
import { Card, Section } from "../../parts/card";
import { Facts } from "../../parts/facts";
import { Heading } from "../../parts/heading";
import { NamingPolicies, namedIn } from "../../parts/naming-policies";
import { Failure } from "../../parts/notice";
import { RiskLevelBadge } from "../../parts/risk";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { Grants } from "../consent/grants";
import { Credentials } from "./credentials";

const useStyles = makeStyles({ tabs: { flexWrap: "wrap", marginBottom: tokens.spacingVerticalM } });

const PARTS = ["signIns", "consent"] as const;

/** An application by its registration. */
export function ApplicationPage({ id }: { id: string }) {
  const { value, failure, reload } = useResource<Application>(`/applications/${encodeURIComponent(id)}`);
  if (failure) return <Unknown failure={failure} reload={reload} />;
  return value?.appId ? <Known key={value.appId} application={value} appId={value.appId} /> : null;
}

/** An application by its service principal; those of other tenants have no registration here. */
export function ServicePrincipalPage({ id }: { id: string }) {
  const { value, failure, reload } = useResource<ServicePrincipal>(`/servicePrincipals/${encodeURIComponent(id)}`);
  if (failure) return <Unknown failure={failure} reload={reload} />;
  return value?.appId ? <WithRegistration key={value.appId} principal={value} appId={value.appId} /> : null;
}

function Unknown({ failure, reload }: { failure: Parameters<typeof Failure>[0]["failure"]; reload: () => void }) {
  return (
    <>
      <Heading title={text.fields.application} />
      <Failure failure={failure} retry={reload} />
    </>
  );
}

function WithRegistration({ principal, appId }: { principal: ServicePrincipal; appId: string }) {
  const { value, failure } = useResource<Application>(`/applications(appId='${encodeURIComponent(appId)}')`);
  if (!value && !failure) return null;
  return <Known application={value ?? principal} appId={appId} />;
}

function Known({ application, appId }: { application: Application | ServicePrincipal; appId: string }) {
  const principal = useResource<ServicePrincipal>(`/servicePrincipals(appId='${encodeURIComponent(appId)}')`);
  const name = application.displayName ?? appId;
  return (
    <>
      <Heading title={name} lead={"description" in application ? application.description : undefined} />
      <About application={application} principal={principal.value} appId={appId} />
      <Credentials
        passwords={[application, principal.value].flatMap((one) => one?.passwordCredentials ?? [])}
        keys={[application, principal.value].flatMap((one) => one?.keyCredentials ?? [])}
      />
      <NamingPolicies
        how={({ conditions }) =>
          namedIn(
            appId,
            [conditions?.applications?.includeApplications],
            [conditions?.applications?.excludeApplications],
          ) ??
          namedIn(
            principal.value?.id ?? "",
            [conditions?.clientApplications?.includeServicePrincipals],
            [conditions?.clientApplications?.excludeServicePrincipals],
          )
        }
      />
      <Parts appId={appId} principal={principal.value} />
    </>
  );
}

interface AboutProps {
  application: Application | ServicePrincipal;
  principal: ServicePrincipal | null;
  appId: string;
}

function About({ application, principal, appId }: AboutProps) {
  const risk = useResource<{ value: RiskyServicePrincipal[] }>(
    `/identityProtection/riskyServicePrincipals?$filter=${encodeURIComponent(equals<RiskyServicePrincipal>("appId", appId))}`,
  );
  const level = risk.value?.value[0]?.riskLevel;
  return (
    <Section title={text.signIn.facts}>
      <Card>
        <Facts
          facts={[
            [text.fields.riskLevel, level && <RiskLevelBadge key="level" level={level} />],
            [text.fields.accountEnabled, principal && (principal.accountEnabled === false ? text.no : text.yes)],
            [text.directory.redirects, "web" in application ? redirectsOf(application) : ""],
            [text.directory.audience, application.signInAudience],
            [
              text.fields.created,
              "createdDateTime" in application && <Time key="at" at={application.createdDateTime} />,
            ],
            [text.fields.appId, appId],
            [text.application.principal, principal?.id],
          ]}
        />
      </Card>
    </Section>
  );
}

/** Who signed in to it and what it may do; which of them is in the address. */
function Parts({ appId, principal }: { appId: string; principal: ServicePrincipal | null }) {
  const styles = useStyles();
  const { path, query } = usePlace();
  const part = PARTS.find((known) => known === query.get("part")) ?? "signIns";
  const signIns = useMemo(() => signInsTo(appId), [appId]);
  return (
    <>
      <TabList
        className={styles.tabs}
        aria-label={text.application.parts}
        selectedValue={part}
        onTabSelect={(_, data) =>
          navigate(hrefOf(path, new URLSearchParams({ part: String(data.value) })), { replace: true })
        }
      >
        {PARTS.map((name) => (
          <Tab key={name} value={name} id={`tab-${name}`} aria-controls="part">
            {text.application[name]}
          </Tab>
        ))}
      </TabList>
      <div id="part" role="tabpanel" aria-labelledby={`tab-${part}`}>
        {part === "signIns" && <DataList key="signIns" definition={signIns} />}
        {part === "consent" && principal && <Grants key="consent" clientId={principal.id} />}
      </div>
    </>
  );
}
