// A policy as text that is edited, and what is sent of it.
import type { ConditionalAccessPolicy, ConditionalAccessTemplate } from "../../api/types";
import { text } from "../../texts";
import { isObject, type Properties } from "./document";

/** What only the server writes. */
const READ_ONLY = ["id", "createdDateTime", "modifiedDateTime", "deletedDateTime", "templateId"];
/** Parts whose own parts are sent one by one: what is left out of them stays as it is. */
const MERGED = ["conditions", "grantControls", "sessionControls"] as const;

/** The policy without what only the server writes and what says nothing. */
export function toText(policy: ConditionalAccessPolicy): string {
  const own = Object.entries(policy).filter(([name]) => !READ_ONLY.includes(name));
  return `${JSON.stringify(Object.fromEntries(own), shown, 2)}\n`;
}

/** What the form made of the text, as text. */
export function written(document: Properties): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function shown(name: string, value: unknown): unknown {
  if (value === null || name.endsWith("@odata.context") || (Array.isArray(value) && value.length === 0))
    return undefined;
  // Of an authentication strength only the identifier is the policy's own.
  if (name === "authenticationStrength") return { id: (value as { id?: string }).id };
  return value;
}

/** What a new policy begins as: report-only, so that saving it refuses nobody. */
export function template(): ConditionalAccessPolicy {
  return {
    id: "",
    displayName: text.policy.newName,
    state: "enabledForReportingButNotEnforced",
    conditions: {
      signInRiskLevels: ["high", "medium"],
      applications: { includeApplications: ["All"] },
      users: { includeUsers: ["All"] },
    },
    grantControls: { operator: "OR", builtInControls: ["mfa"] },
  };
}

/** A new policy that begins as a template does. */
export function fromTemplate({ name, details }: ConditionalAccessTemplate): ConditionalAccessPolicy {
  return { ...template(), displayName: name ?? text.policy.newName, ...details };
}

/** What is sent so that the policy becomes what was written: a part that was taken out of the text is sent as nothing. */
export function toChange(written: Properties, stored: ConditionalAccessPolicy | null): Properties {
  if (!stored) return written;
  const change = withRemoved(written, stored, ["description", "grantControls", "sessionControls"]);
  for (const name of MERGED) {
    const [now, before] = [written[name], stored[name]];
    if (isObject(now) && isObject(before)) change[name] = withRemoved(now, before, Object.keys(before));
  }
  return change;
}

function withRemoved(written: Properties, stored: object, names: string[]): Properties {
  const change = { ...written };
  for (const name of names) {
    const before = (stored as Properties)[name];
    const isNothing = before == null || (Array.isArray(before) && before.length === 0) || name.includes("@");
    if (!isNothing && !(name in written)) change[name] = Array.isArray(before) ? [] : null;
  }
  return change;
}

/** The object a text stands for, or what is wrong with it. */
export function parse(written: string): { value: Properties } | { problem: string } {
  try {
    const value: unknown = JSON.parse(written);
    return isObject(value) ? { value } : { problem: text.policy.notAnObject };
  } catch (error) {
    return { problem: text.policy.notJson(error instanceof Error ? error.message : String(error)) };
  }
}
