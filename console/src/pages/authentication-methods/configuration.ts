// The configuration of one authentication method: whom it is for, and what its absence would do.
import type { AuthenticationStrengthPolicy } from "../../api/types";

/** `id` of a target that stands for everybody. */
export const ALL_USERS = "all_users";

/** Somebody a method is for or not for. What a method's targets have besides is kept as it is. */
export interface Target {
  id: string;
  targetType: "user" | "group";
}

export interface MethodConfiguration {
  "@odata.type"?: string;
  id: string;
  state: "enabled" | "disabled";
  includeTargets?: Target[];
  excludeTargets?: Target[];
}

/** Whom a method is for, as it is edited. */
export interface Scope {
  isForAll: boolean;
  groups: string[];
  people: string[];
  groupsLeftOut: string[];
  peopleLeftOut: string[];
}

const isAll = ({ id }: Target) => id === ALL_USERS;
const idsOf = (targets: Target[] | undefined, type: Target["targetType"]) =>
  (targets ?? []).filter((target) => target.targetType === type && !isAll(target)).map(({ id }) => id);

export function scopeOf({ includeTargets, excludeTargets }: MethodConfiguration): Scope {
  return {
    isForAll: includeTargets?.some(isAll) ?? false,
    groups: idsOf(includeTargets, "group"),
    people: idsOf(includeTargets, "user"),
    groupsLeftOut: idsOf(excludeTargets, "group"),
    peopleLeftOut: idsOf(excludeTargets, "user"),
  };
}

/** The targets a scope stands for; those that were there keep what they have besides. */
export function targetsOf(scope: Scope, before: MethodConfiguration) {
  const kept = (targets: Target[] | undefined, id: string, targetType: Target["targetType"]) =>
    targets?.find((target) => target.id === id && target.targetType === targetType) ?? { id, targetType };
  const made = (targets: Target[] | undefined, groups: string[], people: string[]) => [
    ...groups.map((id) => kept(targets, id, "group")),
    ...people.map((id) => kept(targets, id, "user")),
  ];
  const everybodyIsOut = before.excludeTargets?.some(isAll) ? [ALL_USERS] : [];
  return {
    includeTargets: scope.isForAll
      ? made(before.includeTargets, [ALL_USERS], [])
      : made(before.includeTargets, scope.groups, scope.people),
    excludeTargets: made(before.excludeTargets, [...everybodyIsOut, ...scope.groupsLeftOut], scope.peopleLeftOut),
  };
}

/** What authentication strengths call a method. */
const MODES: Record<string, string[]> = {
  Fido2: ["fido2"],
  MicrosoftAuthenticator: ["microsoftAuthenticatorPush"],
  SoftwareOath: ["softwareOath"],
  TemporaryAccessPass: ["temporaryAccessPassOneTime", "temporaryAccessPassMultiUse"],
  Sms: ["sms"],
  Voice: ["voice"],
};
/** What no configuration switches off. */
const ALWAYS = ["password", "federatedSingleFactor", "federatedMultiFactor"];

/** The strengths that can be passed now and by nobody once this method is disabled. */
export function impassableWithout(
  id: string,
  configurations: MethodConfiguration[],
  strengths: AuthenticationStrengthPolicy[],
): AuthenticationStrengthPolicy[] {
  const enabled = configurations.filter(({ state }) => state === "enabled").map((one) => one.id);
  const isPassable = (methods: string[]) => {
    const modes = new Set([...ALWAYS, ...methods.flatMap((method) => MODES[method] ?? [])]);
    return (strength: AuthenticationStrengthPolicy) =>
      strength.allowedCombinations?.some((one) => one.split(",").every((mode) => modes.has(mode))) ?? false;
  };
  const now = strengths.filter(isPassable(enabled));
  const then = isPassable(enabled.filter((method) => method !== id));
  return now.filter((strength) => !then(strength));
}
