import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { POLICY_STATES } from "../../lists/policies";
import { text } from "../../texts";
import { word } from "../../texts/format";
import { platformName } from "../../texts/platforms";
import { isObject, unknownPaths, valueAt } from "./document";
import { ChecksField, ChoiceField, type Edited, FieldSet, ObjectsField, TextField } from "./fields";
import { GRANT_FIELDS, Grant } from "./grant";
import { SESSION_FIELDS, Session } from "./session";

const LEVELS = ["low", "medium", "high"] as const;
const PLATFORMS = ["all", "android", "iOS", "linux", "macOS", "windows", "windowsPhone"];
const CLIENTS = ["all", "browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"];
const FLOWS = ["deviceCodeFlow", "authenticationTransfer"];
const INSIDER = ["minor", "moderate", "elevated"];
const ACTIONS = ["urn:user:registersecurityinfo", "urn:user:registerdevice"];
const WORKLOADS = "conditions/clientApplications";

/** Every path the form shows. */
const SHOWN = [
  "displayName",
  "description",
  "state",
  ...["Users", "Groups", "Roles"].flatMap((who) => [
    `conditions/users/include${who}`,
    `conditions/users/exclude${who}`,
  ]),
  `${WORKLOADS}/includeServicePrincipals`,
  `${WORKLOADS}/excludeServicePrincipals`,
  "conditions/servicePrincipalRiskLevels",
  "conditions/applications/includeApplications",
  "conditions/applications/excludeApplications",
  "conditions/applications/includeUserActions",
  "conditions/applications/includeAuthenticationContextClassReferences",
  "conditions/signInRiskLevels",
  "conditions/userRiskLevels",
  "conditions/insiderRiskLevels",
  "conditions/locations/includeLocations",
  "conditions/locations/excludeLocations",
  "conditions/platforms/includePlatforms",
  "conditions/platforms/excludePlatforms",
  "conditions/clientAppTypes",
  "conditions/devices/deviceFilter/mode",
  "conditions/devices/deviceFilter/rule",
  "conditions/authenticationFlows/transferMethods",
  ...GRANT_FIELDS,
  ...SESSION_FIELDS,
];

/** The policy as fields. They read and write the same document as the JSON does. */
export function Form(edited: Edited) {
  const others = unknownPaths(edited.document, SHOWN);
  return (
    <>
      <FieldSet title={text.editor.general}>
        <TextField {...edited} label={text.policy.name} path="displayName" />
        <TextField {...edited} label={text.editor.description} path="description" />
        <ChoiceField
          {...edited}
          label={text.policy.state}
          path="state"
          options={POLICY_STATES.map((name) => [name, text.words.policyState[name]])}
        />
      </FieldSet>
      <Who {...edited} />
      <Resources {...edited} />
      <Circumstances {...edited} />
      <Grant {...edited} />
      <Session {...edited} />
      {others.length > 0 && (
        <MessageBar layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{text.editor.others}</MessageBarTitle> {others.join(", ")}
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

function Who(edited: Edited) {
  const said = text.editor;
  // A policy is about people or about applications that act on their own behalf, never both.
  if (isObject(valueAt(edited.document, WORKLOADS))) {
    return (
      <FieldSet title={said.workloads}>
        <ObjectsField
          {...edited}
          label={said.include}
          kind="workloads"
          path={`${WORKLOADS}/includeServicePrincipals`}
          isFirst
        />
        <ObjectsField
          {...edited}
          label={said.exclude}
          kind="workloads"
          path={`${WORKLOADS}/excludeServicePrincipals`}
        />
        <Levels {...edited} label={said.workloadRisk} path="conditions/servicePrincipalRiskLevels" />
      </FieldSet>
    );
  }
  const users = "conditions/users";
  return (
    <>
      <FieldSet title={said.who}>
        <ObjectsField {...edited} label={said.users} kind="users" path={`${users}/includeUsers`} isFirst />
        <ObjectsField {...edited} label={said.groups} kind="groups" path={`${users}/includeGroups`} />
        <ObjectsField {...edited} label={said.roles} kind="roles" path={`${users}/includeRoles`} />
      </FieldSet>
      <FieldSet title={said.whoNot}>
        <ObjectsField {...edited} label={said.users} kind="users" path={`${users}/excludeUsers`} />
        <ObjectsField {...edited} label={said.groups} kind="groups" path={`${users}/excludeGroups`} />
        <ObjectsField {...edited} label={said.roles} kind="roles" path={`${users}/excludeRoles`} />
      </FieldSet>
    </>
  );
}

function Resources(edited: Edited) {
  const said = text.editor;
  const path = "conditions/applications";
  return (
    <FieldSet title={said.resources}>
      <ObjectsField {...edited} label={said.include} kind="applications" path={`${path}/includeApplications`} isFirst />
      <ObjectsField {...edited} label={said.exclude} kind="applications" path={`${path}/excludeApplications`} />
      <ChecksField
        {...edited}
        label={said.userActions}
        path={`${path}/includeUserActions`}
        options={ACTIONS.map((name) => [name, word(said.actions, name)])}
      />
      <ObjectsField
        {...edited}
        label={said.contexts}
        kind="contexts"
        path={`${path}/includeAuthenticationContextClassReferences`}
      />
    </FieldSet>
  );
}

function Levels(props: Edited & { label: string; path: string }) {
  return <ChecksField {...props} options={LEVELS.map((level) => [level, text.words.riskLevel[level]])} />;
}

function Circumstances(edited: Edited) {
  const said = text.editor;
  const platforms = PLATFORMS.map((name): [string, string] => [name, name === "all" ? said.any : platformName(name)]);
  return (
    <FieldSet title={said.conditions}>
      <Levels {...edited} label={said.signInRisk} path="conditions/signInRiskLevels" />
      <Levels {...edited} label={said.userRisk} path="conditions/userRiskLevels" />
      <ChecksField
        {...edited}
        isJoined
        label={said.insiderRisk}
        path="conditions/insiderRiskLevels"
        options={INSIDER.map((name) => [name, word(said.insiderLevels, name)])}
      />
      <ObjectsField
        {...edited}
        label={said.locations}
        kind="locations"
        path="conditions/locations/includeLocations"
        isFirst
      />
      <ObjectsField
        {...edited}
        label={said.locationsNot}
        kind="locations"
        path="conditions/locations/excludeLocations"
      />
      <ChecksField
        {...edited}
        label={said.platforms}
        path="conditions/platforms/includePlatforms"
        options={platforms}
      />
      <ChecksField
        {...edited}
        label={said.platformsNot}
        path="conditions/platforms/excludePlatforms"
        options={platforms.slice(1)}
      />
      <ChecksField
        {...edited}
        label={said.clients}
        path="conditions/clientAppTypes"
        options={CLIENTS.map((name) => [name, word(said.clientTypes, name)])}
      />
      <ChoiceField
        {...edited}
        label={said.deviceFilterMode}
        path="conditions/devices/deviceFilter/mode"
        options={[
          ["include", said.include],
          ["exclude", said.exclude],
        ]}
      />
      <TextField {...edited} label={said.deviceFilter} path="conditions/devices/deviceFilter/rule" />
      <ChecksField
        {...edited}
        isJoined
        label={said.flows}
        path="conditions/authenticationFlows/transferMethods"
        options={FLOWS.map((name) => [name, word(said.flowNames, name)])}
      />
    </FieldSet>
  );
}
