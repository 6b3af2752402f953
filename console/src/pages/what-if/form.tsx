import { Button, Field, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { type FormEvent, useState } from "react";
import type { Page } from "../../api/graph";
import { withOptions } from "../../api/odata";
import type { ConditionalAccessDevicePlatform, RiskLevel, ServicePrincipal } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Card } from "../../parts/card";
import { text } from "../../texts";
import { platformName } from "../../texts/platforms";
import type { Question } from "./question";
import { UserPicker } from "./user-picker";

const useStyles = makeStyles({
  form: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(250px, 100%), 1fr))",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
    marginBottom: tokens.spacingVerticalL,
    // A control is as wide as its place, however long its choices are.
    "& > *": { minWidth: 0 },
    "& select": { width: "100%" },
  },
});

const PLATFORMS: ConditionalAccessDevicePlatform[] = ["android", "iOS", "linux", "macOS", "windows", "windowsPhone"];
const LEVELS: RiskLevel[] = ["none", "low", "medium", "high"];

interface Props {
  first: Question;
  ask: (question: Question) => void;
  /** Whether there is nothing to ask about yet. */
  isDisabled?: boolean;
}

/** Who signs in to what, and under which circumstances. */
export function QuestionForm({ first, ask, isDisabled = false }: Props) {
  const styles = useStyles();
  const [question, setQuestion] = useState(first);
  const set = (name: keyof Question) => (value: string) => setQuestion((current) => ({ ...current, [name]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(question);
  };
  const levels = LEVELS.map((level): [string, string] => [level, text.words.riskLevel[level]]);
  const clients = ["browser", "mobileAppsAndDesktopClients", "other"];
  return (
    <Card>
      <form onSubmit={submit}>
        <div className={styles.form}>
          <UserPicker userId={question.userId} onPick={set("userId")} />
          <ResourceField value={question.resource} onChange={set("resource")} />
          <TextField label={text.whatIf.ipAddress} value={question.ipAddress} onChange={set("ipAddress")} />
          <TextField label={text.whatIf.country} value={question.country} onChange={set("country")} />
          <Choice
            label={text.whatIf.platform}
            value={question.platform}
            onChange={set("platform")}
            options={PLATFORMS.map((name) => [name, platformName(name)])}
          />
          <Choice
            label={text.whatIf.client}
            value={question.client}
            onChange={set("client")}
            options={clients.map((name) => [name, text.policy.clients[name] ?? name])}
          />
          <Choice
            label={text.whatIf.signInRisk}
            value={question.signInRisk}
            onChange={set("signInRisk")}
            options={levels}
          />
          <Choice label={text.whatIf.userRisk} value={question.userRisk} onChange={set("userRisk")} options={levels} />
        </div>
        <Button appearance="primary" type="submit" disabled={isDisabled || !question.userId}>
          {text.whatIf.ask}
        </Button>
      </form>
    </Card>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function TextField({ label, value, onChange }: FieldProps) {
  return (
    <Field label={label}>
      <Input value={value} onChange={(_, data) => onChange(data.value)} />
    </Field>
  );
}

function Choice({ label, value, onChange, options }: FieldProps & { options: [value: string, label: string][] }) {
  return (
    <Field label={label}>
      <Select value={value} onChange={(_, data) => onChange(data.value)}>
        <option value="">{text.whatIf.notSaid}</option>
        {options.map(([name, shown]) => (
          <option key={name} value={name}>
            {shown}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** Anything that has a service principal can be signed in to. */
function ResourceField({ value, onChange }: Omit<FieldProps, "label">) {
  const path = withOptions("/servicePrincipals", { $select: "id,appId,displayName", $top: 100 });
  const { value: page } = useResource<Page<ServicePrincipal>>(path);
  const known = page?.value ?? [];
  return (
    <Field label={text.whatIf.resource}>
      <Select value={value} onChange={(_, data) => onChange(data.value)}>
        {!known.some((principal) => principal.appId === value) && <option value={value}>{value}</option>}
        {known.map((principal) => (
          <option key={principal.id} value={principal.appId ?? ""}>
            {principal.displayName}
          </option>
        ))}
      </Select>
    </Field>
  );
}
