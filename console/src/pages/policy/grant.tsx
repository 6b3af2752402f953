import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { text } from "../../texts";
import { word } from "../../texts/format";
import { textAt, textsAt, withValue } from "./document";
import { ChecksField, type Edited, FieldSet, ObjectField, ObjectsField, problemAt } from "./fields";

const GRANT = "grantControls";
const CONTROLS = `${GRANT}/builtInControls`;
const NAMES = ["mfa", "compliantDevice", "domainJoinedDevice", "passwordChange"];

export const GRANT_FIELDS = [CONTROLS, `${GRANT}/operator`, `${GRANT}/authenticationStrength`, `${GRANT}/termsOfUse`];

/** What is demanded: nothing of the session alone, no access, or something to pass. */
export function Grant(edited: Edited) {
  const { document, change, failure } = edited;
  const said = text.editor;
  const isBlock = textsAt(document, CONTROLS).includes("block");
  const problem = problemAt(failure, GRANT);
  const choose = (value: string) => {
    // Blocking goes with nothing else.
    const without = withValue(document, GRANT, undefined);
    if (value === "block") change({ ...without, [GRANT]: { operator: "OR", builtInControls: ["block"] } });
    else if (isBlock) change(without);
  };
  const setControls = (next: typeof document) => {
    const hasOperator = textAt(next, `${GRANT}/operator`) !== "";
    const hasAny = GRANT_FIELDS.some((path) => !path.endsWith("operator") && path !== GRANT && hasValue(next, path));
    if (!hasAny) change(withValue(next, GRANT, undefined));
    else change(hasOperator ? next : withValue(next, `${GRANT}/operator`, "OR"));
  };
  const passed = { ...edited, change: setControls };
  return (
    <FieldSet title={said.grant}>
      <Field
        label={said.access}
        {...(problem ? { validationState: "error" as const, validationMessage: problem } : {})}
      >
        <RadioGroup value={isBlock ? "block" : "grant"} onChange={(_, data) => choose(data.value)}>
          <Radio value="grant" label={said.grantAccess} />
          <Radio value="block" label={said.blockAccess} />
        </RadioGroup>
      </Field>
      {!isBlock && (
        <>
          <ChecksField
            {...passed}
            label={said.controls}
            path={CONTROLS}
            options={NAMES.map((name) => [name, word(said.controlNames, name)])}
          />
          <ObjectField {...passed} label={said.strength} kind="strengths" path={`${GRANT}/authenticationStrength/id`} />
          <ObjectsField {...passed} label={said.termsOfUse} kind="agreements" path={`${GRANT}/termsOfUse`} />
          <Field label={said.several}>
            <RadioGroup
              value={textAt(document, `${GRANT}/operator`) || "OR"}
              onChange={(_, data) => change(withValue(document, `${GRANT}/operator`, data.value))}
              disabled={textAt(document, `${GRANT}/operator`) === ""}
            >
              <Radio value="OR" label={said.oneOf} />
              <Radio value="AND" label={said.allOf} />
            </RadioGroup>
          </Field>
        </>
      )}
    </FieldSet>
  );
}

function hasValue(document: Edited["document"], path: string): boolean {
  return textsAt(document, path).length > 0 || textAt(document, `${path}/id`) !== "";
}
