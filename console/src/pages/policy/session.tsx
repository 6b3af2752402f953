import { Checkbox, Field, Input, Select } from "@fluentui/react-components";
import { text } from "../../texts";
import { isObject, textAt, valueAt, withValue } from "./document";
import { ChoiceField, type Edited, FieldSet, Group, problemAt } from "./fields";

const SESSION = "sessionControls";
const FREQUENCY = `${SESSION}/signInFrequency`;
const BROWSER = `${SESSION}/persistentBrowser`;
const RESTRICTIONS = `${SESSION}/applicationEnforcedRestrictions`;
const RESILIENCE = `${SESSION}/disableResilienceDefaults`;

export const SESSION_FIELDS = [FREQUENCY, BROWSER, RESTRICTIONS, RESILIENCE];

/** What limits a session after access. */
export function Session(edited: Edited) {
  const { document, change, failure } = edited;
  const said = text.editor;
  const persistent = {
    ...edited,
    change: (next: typeof document) =>
      change(textAt(next, `${BROWSER}/mode`) ? enabled(next, BROWSER) : withValue(next, BROWSER, undefined)),
  };
  return (
    <FieldSet title={said.session}>
      <Frequency {...edited} />
      <ChoiceField
        {...persistent}
        label={said.persistentBrowser}
        path={`${BROWSER}/mode`}
        options={[
          ["never", said.never],
          ["always", said.always],
        ]}
      />
      <Group label={said.otherLimits} problem={problemAt(failure, RESTRICTIONS) ?? problemAt(failure, RESILIENCE)}>
        <Checkbox
          label={said.restrictions}
          checked={valueAt(document, `${RESTRICTIONS}/isEnabled`) === true}
          onChange={(_, data) =>
            change(data.checked ? enabled(document, RESTRICTIONS) : withValue(document, RESTRICTIONS, undefined))
          }
        />
        <Checkbox
          label={said.resilience}
          checked={valueAt(document, RESILIENCE) === true}
          onChange={(_, data) => change(withValue(document, RESILIENCE, data.checked === true ? true : undefined))}
        />
      </Group>
    </FieldSet>
  );
}

function enabled(document: Edited["document"], path: string) {
  return withValue(document, `${path}/isEnabled`, true);
}

/** Signing in again: every time, or after some hours or days. */
function Frequency({ document, change, failure }: Edited) {
  const said = text.editor;
  const problem = problemAt(failure, FREQUENCY);
  const type =
    valueAt(document, `${FREQUENCY}/frequencyInterval`) === "everyTime"
      ? "everyTime"
      : textAt(document, `${FREQUENCY}/type`);
  const chosen = isObject(valueAt(document, FREQUENCY)) ? type : "";
  const choose = (next: string) => {
    const without = withValue(document, FREQUENCY, undefined);
    if (!next) return change(without);
    const common = { isEnabled: true, authenticationType: "primaryAndSecondaryAuthentication" };
    const own =
      next === "everyTime"
        ? { frequencyInterval: "everyTime" }
        : { frequencyInterval: "timeBased", type: next, value: Number(textAt(document, `${FREQUENCY}/value`)) || 4 };
    return change(withValue(without, FREQUENCY, { ...common, ...own }));
  };
  return (
    <>
      <Field
        label={said.frequency}
        {...(problem ? { validationState: "error" as const, validationMessage: problem } : {})}
      >
        <Select value={chosen} onChange={(_, data) => choose(data.value)}>
          <option value="">{said.notSet}</option>
          <option value="everyTime">{said.everyTime}</option>
          <option value="hours">{said.hours}</option>
          <option value="days">{said.days}</option>
        </Select>
      </Field>
      {(chosen === "hours" || chosen === "days") && (
        <Field label={chosen === "hours" ? said.howManyHours : said.howManyDays}>
          <Input
            type="number"
            min={1}
            value={textAt(document, `${FREQUENCY}/value`)}
            onChange={(_, data) => change(withValue(document, `${FREQUENCY}/value`, Number(data.value) || 1))}
          />
        </Field>
      )}
    </>
  );
}
