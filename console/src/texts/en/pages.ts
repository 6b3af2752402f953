// The pages besides those of policies.
export const riskyUsers = {
  lead: "Users whose sign-ins or accounts show risk, now or in the past.",
  empty: "No user is or was at risk",
  emptyHint: "When a sign-in is risky, its user appears here at once.",
};

export const riskDetections = {
  lead: "Every single sign of risk, newest first.",
  empty: "No risk was detected yet",
  emptyHint: "Detections appear here while a sign-in is still going on.",
};

export const signIns = {
  lead: "Every sign-in with its risk and what the policies made of it.",
  empty: "No sign-ins yet",
  emptyHint: "The first one appears here as soon as somebody signs in.",
};

export const signIn = {
  title: (user: string) => `Sign-in of ${user}`,
  granted: "Access was granted.",
  interrupted: (controls: string) => `More was asked for: ${controls}.`,
  blocked: "Access was blocked.",
  failed: "The sign-in failed.",
  whatWouldHelp: "What would give access under the policies of now",
  whatWouldHelpOne: (changes: string) => `if ${changes}`,
  and: "and",
  nothingWouldHelp: "No three changes of place, device, risk or proofs together would give access.",
  facts: "Facts",
  timeline: "Timeline",
  received: (from: string) => `Came from ${from}`,
  detected: (name: string, level: string) => `Detected: ${name}, ${level}`,
  decided: (result: string) => `Policies decided: ${result}`,
  otherAttempt: (outcome: string) => `Another step of the same sign-in: ${outcome}`,
  closed: (state: string, detail: string) => `The risk became “${state}”: ${detail}`,
  detections: "Detections",
  noDetections: "Nothing risky was detected about this sign-in.",
  expected: (what: string) => `usual: ${what}`,
  contribution: (score: string) => `weight ${score}`,
  policies: "Policies",
  noPolicies: "No policy existed when this sign-in was decided.",
  mayNotReadPolicies: "What the policies did is shown to those who may read policies.",
  satisfied: "Satisfied",
  notSatisfied: "Not satisfied",
  excluded: "Excluded by",
  askedFor: "Asks for",
  why: "Why",
};

export const whatIf = {
  lead: "What the policies would make of a sign-in, without anybody signing in.",
  user: "User",
  userHint: "Type the beginning of a name",
  resource: "Resource",
  ipAddress: "IP address",
  country: "Country, two letters",
  platform: "Device platform",
  client: "Client",
  signInRisk: "Sign-in risk",
  userRisk: "User risk",
  notSaid: "Not said",
  question: "Question",
  answer: "Answer",
  ask: "What if?",
  granted: "Access would be granted.",
  interrupted: (controls: string) => `More would be asked for: ${controls}.`,
  blocked: "Access would be blocked.",
  policies: "Policies",
  none: "There are no policies.",
};

export const overview = {
  lead: "Users at risk now, sign-ins and detections of the last seven days.",
  riskyUsers: "Users at risk",
  signIns: "Sign-ins",
  allSignIns: "All",
  failed: "Failed",
  stopped: "Stopped by policies",
  passed: "Passed policies",
  risky: "With risk",
  share: (percent: string) => `${percent} of all`,
  detectionsByType: "Detections by type",
  detectionsByDay: "Detections by day",
  day: (day: string, high: number, medium: number, low: number) => `${day}: ${high} high, ${medium} medium, ${low} low`,
  newest: "Newest users at risk",
  nobody: "Nobody is at risk.",
  noDetections: "Nothing was detected.",
};

export const audits = {
  lead: "Who changed what.",
  empty: "Nothing was changed yet",
  emptyHint: "Every change by people, applications and the program itself is written here.",
  activity: "Activity",
  category: "Category",
  result: "Result",
  initiator: "By",
  targets: "Concerning",
  service: "Service",
};

export const namedLocations = {
  lead: "Places that policies can name.",
  empty: "There are no named locations",
  emptyHint: "Make one with the button above.",
  create: "New location",
  ranges: "Ranges",
  rangesHint: "One on each line: 192.0.2.0/24, 2001:db8::/32 or a single address.",
  markTrusted: "Trusted: attackers are not expected here",
  countriesHint: "Two letters each, separated by commas: DE, AT, CH",
  removeQuestion: (name: string) => `Delete the location “${name}”?`,
  removeEffects: [
    "While it is trusted it is not deleted: take the mark away first.",
    "Policies that name it keep it from being deleted.",
    "It can be restored through Graph for 30 days.",
  ],
  kind: "Kind",
  ip: "IP ranges",
  countries: "Countries",
  trusted: "Trusted",
  contents: "What it holds",
  unknownCountries: "unknown countries",
};

export const user = {
  account: "Account",
  history: "Risk history",
  historyEmpty: "Nothing happened to the risk of this user",
  historyEmptyHint: "What people and administrators do about the user's risk will be listed here.",
  detections: "Detections",
  signIns: "Sign-ins",
  noRisk: "This user is not and was not at risk.",
  byUser: "The user",
  byAdministrator: "An administrator",
  bySystem: "Riskgate",
  parts: "About this user",
  access: "Access",
  methods: "Authentication methods",
  methodKinds: {
    passwordAuthenticationMethod: "Password",
    softwareOathAuthenticationMethod: "Authenticator app",
  } as Record<string, string>,
  groupsAndRoles: "Groups and roles",
  group: "Group",
  role: "Role",
  devices: "Devices",
  compliant: "compliant",
  notCompliant: "not compliant",
  none: "None.",
};

export const workloads = {
  lead: "Applications that act on their own behalf and show risk, now or in the past.",
  empty: "No application is or was at risk",
  emptyHint: "When tokens of an application look stolen or an administrator says so, it appears here.",
};
