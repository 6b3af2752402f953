import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Fragment, useState } from "react";
import { useGraph } from "../../api/context";
import { Card, CardHead } from "../../parts/card";
import { Confirm } from "../../parts/confirm";
import { Facts } from "../../parts/facts";
import { ObjectName } from "../../parts/object-name";
import { StatusBadge } from "../../parts/status-badge";
import { text } from "../../texts";
import { spelledOut, word } from "../../texts/format";
import { ALL_USERS, type MethodConfiguration, scopeOf, type Target, targetsOf } from "./configuration";
import { ScopeForm } from "./scope-form";
import { SwitchOff } from "./switch-off";

const useStyles = makeStyles({
  about: { margin: `${tokens.spacingVerticalS} 0` },
  buttons: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalS,
    margin: `${tokens.spacingVerticalM} 0`,
  },
});

interface Props {
  configuration: MethodConfiguration;
  /** Of all methods. */
  all: MethodConfiguration[];
  /** Address of the configuration. */
  path: string;
  onChanged: () => void;
}

/** One method: what it is, whether it is there, and for whom. */
export function MethodCard({ configuration, all, path, onChanged }: Props) {
  const styles = useStyles();
  const graph = useGraph();
  const [isSwitching, setSwitching] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const said = text.methodsPolicy;
  const { id, state, includeTargets = [], excludeTargets = [] } = configuration;
  const { name, about } = said.methods[id] ?? { name: spelledOut(id), about: "" };
  const isEnabled = state === "enabled";
  const toggle = isEnabled ? said.disable : said.enable;
  const change = async (update: Partial<MethodConfiguration>) => {
    await graph.patch(path, { "@odata.type": configuration["@odata.type"], ...update });
    onChanged();
  };
  const whom = includeTargets.some((target) => target.id === ALL_USERS) ? said.everybody : said.selected;
  const dialog = { run: () => change({ state: isEnabled ? "disabled" : "enabled" }), close: () => setSwitching(false) };
  return (
    <Card>
      <CardHead title={name}>
        <StatusBadge color={isEnabled ? "success" : "subtle"}>{word(said.states, state)}</StatusBadge>
      </CardHead>
      {about && <p className={styles.about}>{about}</p>}
      <Facts
        facts={[
          [said.for, <Targets key="for" targets={includeTargets} />],
          [said.notFor, excludeTargets.length > 0 ? <Targets key="not" targets={excludeTargets} /> : null],
        ]}
      />
      <div className={styles.buttons}>
        <Button aria-label={said.buttonOf(toggle, name)} onClick={() => setSwitching(true)}>
          {toggle}
        </Button>
        <Button
          aria-label={said.buttonOf(said.change, name)}
          aria-expanded={isEditing}
          onClick={() => setEditing(!isEditing)}
        >
          {said.change}
        </Button>
      </div>
      {isEditing && (
        <ScopeForm first={scopeOf(configuration)} save={(scope) => change(targetsOf(scope, configuration))} />
      )}
      {isSwitching && isEnabled && <SwitchOff id={id} name={name} configurations={all} {...dialog} />}
      {isSwitching && !isEnabled && (
        <Confirm
          question={said.enableQuestion(name)}
          effects={said.enableEffects(includeTargets.length > 0 ? whom : said.nobody)}
          label={said.enable}
          {...dialog}
        />
      )}
    </Card>
  );
}

/** Groups and people by name. */
function Targets({ targets }: { targets: Target[] }) {
  if (targets.length === 0) return <Text>{text.methodsPolicy.nobody}</Text>;
  return targets.map(({ id, targetType }, index) => (
    <Fragment key={`${targetType} ${id}`}>
      {index > 0 && ", "}
      {id === ALL_USERS ? (
        text.methodsPolicy.everybody
      ) : (
        <ObjectName path={`/${targetType === "user" ? "users" : "groups"}/${encodeURIComponent(id)}`} id={id} />
      )}
    </Fragment>
  ));
}
