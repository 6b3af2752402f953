// What is kept and who is here: users, groups, applications, feeds; the history of policies; what is usual of a user.
export const history = {
  title: "History",
  empty: "The audit log says nothing about this policy.",
  changed: "What changed",
  sinceThen: "Differences to now",
  restore: "Restore",
  question: "Make the policy what it was after this change?",
  effect: "It is written as a new change; the history keeps everything.",
  differences: "Differences",
  same: "There is no difference.",
};

export const usual = {
  title: "What is usual",
  lead: (count: number) =>
    count === 1
      ? "Of the only sign-in before this one that succeeded. This one is marked."
      : `Of the ${count} sign-ins before this one that succeeded. This one is marked.`,
  nothing: "No sign-in before this one succeeded: nothing is usual yet.",
  places: "Places",
  devices: "Devices",
  hours: "Hours",
  thisOne: (value: string) => `${value} (this one)`,
  times: (count: number) => (count === 0 ? "never" : `${count}×`),
  hourOf: (hour: number, count: number) =>
    `This one at ${String(hour).padStart(2, "0")} h, where ${count === 0 ? "none" : count} of the others were.`,
};

export const feeds = {
  lead: "Where what is known about addresses comes from, on the server that answers.",
  kind: "What it names",
  kinds: {
    tor: "Tor exits",
    vpn: "VPN",
    "private-relay": "Private relays",
    hosting: "Hosting",
    malicious: "Malicious addresses",
    benign: "Harmless addresses",
    "nation-state": "Nation states",
    "threat-intelligence": "Threat intelligence",
    "anonymous-ip": "Anonymous addresses",
    location: "Places of addresses",
    "network-owner": "Owners of networks",
  } as Record<string, string>,
  age: "Age",
  empty: "No content",
  entries: "Entries",
  badLines: "Lines left out",
  source: "Source",
  licence: "Licence",
  lastAttempt: "Last attempt",
  version: "Version",
  lastError: (error: string) => `The last attempt failed: ${error}`,
  refresh: "Refresh",
  refreshing: "Refreshing",
  refreshNamed: (name: string) => `Refresh ${name}`,
  states: { current: "Current", stale: "Old", empty: "Empty", failed: "Failed", expired: "Expired" },
};

export const directory = {
  usersLead: "Everybody who can sign in, and those who may not any more.",
  nameBegins: "Name begins with",
  noUsers: "There are no users",
  noUsersHint: "Make one with the button above.",
  newUser: "New user",
  create: "Create",
  displayName: "Display name",
  firstPassword: "Password",
  passwordHint: "Shown here only. The user chooses another one at the next sign-in.",
  reset: "Reset password",
  resetQuestion: (name: string) => `Set a new password for ${name}?`,
  resetEffects: ["The old password is worth nothing from now on.", "The user chooses another one at the next sign-in."],
  groupsLead: "Groups that policies can name.",
  noGroups: "There are no groups",
  noGroupsHint: "Make one through Graph, at /groups.",
  applicationsLead: "Applications people sign in to, and those that act on their own behalf.",
  noApplications: "No application is registered",
  noApplicationsHint: "Register one with riskgate app create.",
  objectId: "Object ID",
  redirects: "Redirect addresses",
  audience: "Audience",
};
