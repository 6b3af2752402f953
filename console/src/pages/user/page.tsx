import { Button, makeStyles, Tab, TabList, tokens } from "@fluentui/react-components";
import { useCallback, useMemo, useState } from "react";
import { withOptions } from "../../api/odata";
import type { RiskyUser, User } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { DataList } from "../../list/data-list";
import { riskDetectionsOf } from "../../lists/risk-detections";
import { riskHistory } from "../../lists/risk-history";
import { signInsOf } from "../../lists/sign-ins";
import { hrefOf, navigate, usePlace } from "../../navigation/router";
import { ActionBar } from "../../parts/action-bar";
import { ACTIONS } from "../../parts/actions";
import { Facts } from "../../parts/facts";
import { Heading } from "../../parts/heading";
import { Empty, Failure } from "../../parts/notice";
import { RiskLevelBadge, RiskStateBadge } from "../../parts/risk";
import { Time } from "../../parts/time";
import { text } from "../../texts";
import { word } from "../../texts/format";
import { Access } from "./access";
import { ResetPassword } from "./reset-password";

const useStyles = makeStyles({
  facts: {
    padding: tokens.spacingHorizontalL,
    marginBottom: tokens.spacingVerticalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  tabs: { flexWrap: "wrap", marginBottom: tokens.spacingVerticalM },
});

const USER_PROPERTIES: (keyof User)[] = [
  "id",
  "displayName",
  "userPrincipalName",
  "accountEnabled",
  "createdDateTime",
  "lastPasswordChangeDateTime",
  "userType",
  "jobTitle",
  "department",
];
const PARTS = ["history", "detections", "signIns", "access"] as const;
type Part = (typeof PARTS)[number];

export function UserPage({ id }: { id: string }) {
  const key = encodeURIComponent(id);
  const [isResetting, setResetting] = useState(false);
  const user = useResource<User>(withOptions(`/users/${key}`, { $select: USER_PROPERTIES.join(",") }));
  const risk = useResource<RiskyUser>(`/identityProtection/riskyUsers/${key}`);
  // The lists below are made anew when something was done about the user.
  const [round, setRound] = useState(0);
  const changed = useCallback(() => {
    user.reload();
    risk.reload();
    setRound((current) => current + 1);
  }, [user.reload, risk.reload]);
  const name = user.value?.displayName ?? risk.value?.userDisplayName ?? risk.value?.userPrincipalName ?? id;
  const isKnown = user.value !== null || risk.value !== null;
  return (
    <>
      <Heading
        title={isKnown ? name : text.fields.user}
        lead={user.value?.userPrincipalName ?? risk.value?.userPrincipalName}
      >
        {user.value && <Button onClick={() => setResetting(true)}>{text.directory.reset}</Button>}
        {isKnown && (
          <ActionBar
            actions={user.value?.accountEnabled === false ? ACTIONS.disabledUsers : ACTIONS.users}
            items={[{ id, name }]}
            onDone={changed}
          />
        )}
      </Heading>
      {user.failure && !risk.value && <Failure failure={user.failure} retry={user.reload} />}
      {isResetting && <ResetPassword id={id} name={name} close={() => setResetting(false)} />}
      {isKnown && <About user={user.value} risk={risk.value} />}
      {isKnown && <Parts key={round} id={id} hasHistory={risk.failure?.status !== 404} />}
    </>
  );
}

function About({ user, risk }: { user: User | null; risk: RiskyUser | null }) {
  const styles = useStyles();
  const yesNo = (value: boolean | null | undefined) => (value == null ? "" : value ? text.yes : text.no);
  return (
    <section className={styles.facts} aria-label={text.user.account}>
      <Facts
        facts={[
          [text.fields.riskLevel, risk ? <RiskLevelBadge key="level" level={risk.riskLevel} /> : text.user.noRisk],
          [text.fields.riskState, risk && <RiskStateBadge key="state" state={risk.riskState} />],
          [text.fields.riskDetail, risk && word(text.words.riskDetail, risk.riskDetail)],
          [text.fields.riskLastUpdated, risk && <Time key="updated" at={risk.riskLastUpdatedDateTime} />],
          [text.fields.accountEnabled, yesNo(user?.accountEnabled)],
          [text.fields.created, user && <Time key="created" at={user.createdDateTime} />],
          [text.fields.lastPasswordChange, user && <Time key="password" at={user.lastPasswordChangeDateTime} />],
          [text.fields.userType, user?.userType],
          [text.fields.jobTitle, user?.jobTitle],
          [text.fields.department, user?.department],
          [text.fields.userId, user?.id ?? risk?.id],
        ]}
      />
    </section>
  );
}

/** What happened, what was detected, what was signed in to; which of them is in the address. */
function Parts({ id, hasHistory }: { id: string; hasHistory: boolean }) {
  const styles = useStyles();
  const { path, query } = usePlace();
  const given = query.get("part");
  const part: Part = PARTS.find((known) => known === given) ?? "history";
  const history = useMemo(() => riskHistory(id), [id]);
  const detections = useMemo(() => riskDetectionsOf(id), [id]);
  const signIns = useMemo(() => signInsOf(id), [id]);
  return (
    <>
      <TabList
        className={styles.tabs}
        aria-label={text.user.parts}
        selectedValue={part}
        onTabSelect={(_, data) =>
          navigate(hrefOf(path, new URLSearchParams({ part: String(data.value) })), { replace: true })
        }
      >
        {PARTS.map((name) => (
          <Tab key={name} value={name} id={`tab-${name}`} aria-controls="part">
            {text.user[name]}
          </Tab>
        ))}
      </TabList>
      <div id="part" role="tabpanel" aria-labelledby={`tab-${part}`}>
        {part === "history" && hasHistory && <DataList key="history" definition={history} />}
        {part === "history" && !hasHistory && <Empty {...history.empty()} />}
        {part === "detections" && <DataList key="detections" definition={detections} />}
        {part === "signIns" && <DataList key="signIns" definition={signIns} />}
        {part === "access" && <Access id={id} />}
      </div>
    </>
  );
}
