// A policy in one plain sentence.
import type { ConditionalAccessPolicy } from "../api/types";
import { controls } from "./decision";
import { word } from "./format";
import { text } from "./index";
import { platformName } from "./platforms";

/** What a policy does, to whom, where and when. What it names by identifier is counted, not listed. */
export function sentence(policy: ConditionalAccessPolicy): string {
  const parts = [demand(policy), subject(policy), resources(policy), ...circumstances(policy)];
  return `${parts.filter(Boolean).join(" ")}.`;
}

function demand(policy: ConditionalAccessPolicy): string {
  const { grantControls: grant, sessionControls: session } = policy;
  const named = [
    ...(grant?.builtInControls ?? []),
    ...(strengthOf(policy) ? ["authenticationStrength"] : []),
    ...((grant?.termsOfUse ?? []).length > 0 ? ["termsOfUse"] : []),
  ];
  const limits = Object.entries(session ?? {}).filter(([name, value]) => value && !name.includes("@"));
  const said = text.policy.sentence;
  if (named.includes("block")) return said.block;
  const joint = grant?.operator === "AND" ? said.and : said.or;
  const asked = named.map((name) => controls([name])).join(joint);
  const limited = controls(limits.map(([name]) => name));
  if (asked && limited) return said.requireAndLimit(asked, limited);
  return asked ? said.require(asked) : said.limit(limited);
}

/** The strength is a navigation property, which the types of the schema do not hold. */
export function strengthOf(policy: ConditionalAccessPolicy): { id: string; displayName?: string } | null {
  const grant = policy.grantControls as { authenticationStrength?: { id: string; displayName?: string } | null } | null;
  return grant?.authenticationStrength ?? null;
}

function subject({ conditions }: ConditionalAccessPolicy): string {
  const { users, clientApplications } = conditions ?? {};
  const said = text.policy.sentence;
  if (clientApplications) {
    const included = clientApplications.includeServicePrincipals ?? [];
    return said.of(
      included.includes("ServicePrincipalsInMyTenant") ? said.allWorkloads : said.workloads(included.length),
    );
  }
  const included = people(
    users?.includeUsers,
    users?.includeGroups,
    users?.includeRoles,
    users?.includeGuestsOrExternalUsers,
  );
  const excluded = people(
    users?.excludeUsers,
    users?.excludeGroups,
    users?.excludeRoles,
    users?.excludeGuestsOrExternalUsers,
  );
  return said.of(included || said.nobody) + (excluded ? ` ${said.except(excluded)}` : "");
}

function people(users: string[] = [], groups: string[] = [], roles: string[] = [], guests?: object | null): string {
  const said = text.policy.sentence;
  const named = users.filter((user) => user !== "All" && user !== "None" && user !== "GuestsOrExternalUsers");
  return [
    users.includes("All") && said.allUsers,
    named.length > 0 && said.users(named.length),
    groups.length > 0 && said.groups(groups.length),
    roles.length > 0 && said.roles(roles.length),
    (guests || users.includes("GuestsOrExternalUsers")) && said.guests,
  ]
    .filter(Boolean)
    .join(said.comma);
}

function resources({ conditions }: ConditionalAccessPolicy): string {
  const applications = conditions?.applications;
  const said = text.policy.sentence;
  const actions = applications?.includeUserActions ?? [];
  if (actions.length > 0)
    return said.doing(actions.map((name) => word(text.policy.userActions, name)).join(said.comma));
  const contexts = applications?.includeAuthenticationContextClassReferences ?? [];
  if (contexts.length > 0) return said.contexts(contexts.join(said.comma));
  const included = applications?.includeApplications ?? [];
  const excluded = applications?.excludeApplications ?? [];
  const to = included.includes("All")
    ? said.to(said.allResources)
    : included.length > 0 && !included.includes("None")
      ? said.to(said.resources(included.length))
      : "";
  return to + (excluded.length > 0 ? ` ${said.except(said.resources(excluded.length))}` : "");
}

function circumstances({ conditions }: ConditionalAccessPolicy): string[] {
  const said = text.policy.sentence;
  const levels = (names: string[] = []) =>
    names.map((name) => word(text.words.riskLevel, name).toLowerCase()).join(said.or);
  const { signInRiskLevels = [], userRiskLevels = [], locations, platforms, clientAppTypes = [] } = conditions ?? {};
  const found: string[] = [];
  if (signInRiskLevels.length > 0) found.push(said.signInRisk(levels(signInRiskLevels)));
  if (userRiskLevels.length > 0) found.push(said.userRisk(levels(userRiskLevels)));
  if (locations) found.push(places(locations.includeLocations, locations.excludeLocations));
  if (platforms) found.push(said.platforms((platforms.includePlatforms ?? []).map(platformName).join(said.or)));
  if (clientAppTypes.length > 0 && !clientAppTypes.includes("all")) {
    found.push(said.clients(clientAppTypes.map((name) => word(text.policy.clients, name)).join(said.or)));
  }
  if (conditions?.devices?.deviceFilter) found.push(said.deviceFilter);
  if (conditions?.authenticationFlows) found.push(said.flows);
  if (conditions?.insiderRiskLevels) found.push(said.insiderRisk(conditions.insiderRiskLevels));
  return found;
}

function places(included: string[] = [], excluded: string[] = []): string {
  const said = text.policy.sentence;
  const name = (ids: string[]) =>
    ids.includes("AllTrusted") ? said.trustedLocations : said.locations(ids.filter((id) => id !== "All").length);
  if (!included.includes("All")) return said.from(name(included));
  return excluded.length > 0 ? said.fromOutside(name(excluded)) : said.fromAnywhere;
}
