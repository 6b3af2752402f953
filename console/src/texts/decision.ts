// Decisions in sentences.
import type { Change, RuleSatisfied } from "../api/annotations";
import { word } from "./format";
import { text } from "./index";

/** Controls in words, joined. */
export function controls(names: string[]): string {
  return names.map((name) => word(text.reasons.controls, name)).join(", ");
}

/** One thing that could have been different. */
export function change(one: Change): string {
  const about = word(text.reasons.changes, one.change);
  const detail =
    one.displayName ?? one.platform ?? one.clientAppType ?? word(text.words.riskLevel, one.level).toLowerCase();
  return detail ? `${about} ${one.displayName ? `“${detail}”` : detail}` : about;
}

/** Things that have to be different together. */
export function changes(set: Change[]): string {
  return set.map(change).join(` ${text.signIn.and} `);
}

/** A condition, and by which of its values it named the sign-in. */
export function condition(name: string, rules: RuleSatisfied[]): string {
  const named = rules.filter((rule) => rule.conditionalAccessCondition === name);
  const values = named.map((rule) => word(text.reasons.rules, rule.ruleSatisfied)).join(", ");
  const title = word(text.reasons.conditions, name);
  return values ? `${title}: ${values}` : title;
}
