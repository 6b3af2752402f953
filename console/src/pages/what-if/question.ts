// What is asked of What If, in the address and as Graph takes it.
import type { SignInConditions } from "../../api/types";

/** Microsoft Graph, a resource every tenant has. */
const GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";

export interface Question {
  userId: string;
  /** `appId` of the resource. */
  resource: string;
  ipAddress: string;
  country: string;
  platform: string;
  client: string;
  signInRisk: string;
  userRisk: string;
}

const NAMES = ["userId", "resource", "ipAddress", "country", "platform", "client", "signInRisk", "userRisk"] as const;

export function fromQuery(query: URLSearchParams): Question {
  const given = Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? ""])) as unknown as Question;
  return { ...given, resource: given.resource || GRAPH_APP_ID };
}

export function toQuery(question: Question): URLSearchParams {
  const said = NAMES.filter((name) => question[name] && question[name] !== GRAPH_APP_ID);
  return new URLSearchParams(said.map((name) => [name, question[name]]));
}

/** The body of the action; what was not said is left out. */
export function bodyOf(question: Question): object {
  const conditions: Record<keyof SignInConditions & string, string> | object = {
    ipAddress: question.ipAddress.trim(),
    country: question.country.trim().toUpperCase(),
    devicePlatform: question.platform,
    clientAppType: question.client,
    signInRiskLevel: question.signInRisk,
    userRiskLevel: question.userRisk,
  };
  return {
    signInIdentity: { "@odata.type": "#microsoft.graph.userSignIn", userId: question.userId },
    signInContext: { "@odata.type": "#microsoft.graph.applicationContext", includeApplications: [question.resource] },
    signInConditions: Object.fromEntries(Object.entries(conditions).filter(([, value]) => value)),
  };
}
