// Authentication strengths and contexts, consent, one group, one application, and policies that name something.
export const strengths = {
  lead: "Combinations of methods that policies can demand.",
  create: "New strength",
  empty: "There are no authentication strengths",
  emptyHint: "Make one with the button above.",
  builtIn: "Built in: every tenant has it, and nobody changes it.",
  kind: "Kind",
  kinds: { builtIn: "Built in", custom: "Own" } as Record<string, string>,
  satisfies: "Counts as",
  requirements: { mfa: "Multifactor authentication", none: "A single factor" } as Record<string, string>,
  combinations: "Combinations",
  allowed: "Allowed combinations",
  removeQuestion: (name: string) => `Delete the strength “${name}”?`,
  removeEffects: ["Policies that demand it keep it from being deleted.", "It cannot be restored."],
};

export const methodModes: Record<string, string> = {
  password: "Password",
  voice: "Phone call",
  hardwareOath: "Hardware token",
  softwareOath: "Authenticator app (code)",
  sms: "Text message",
  fido2: "Passkey (FIDO2)",
  windowsHelloForBusiness: "Windows Hello for Business",
  microsoftAuthenticatorPush: "Approval in an app",
  deviceBasedPush: "Sign-in with the phone",
  temporaryAccessPassOneTime: "Temporary Access Pass, used once",
  temporaryAccessPassMultiUse: "Temporary Access Pass, used several times",
  email: "Mail",
  x509CertificateSingleFactor: "Certificate, single factor",
  x509CertificateMultiFactor: "Certificate, multifactor",
  federatedSingleFactor: "Upstream provider, single factor",
  federatedMultiFactor: "Upstream provider, multifactor",
  qrCodePin: "QR code with PIN",
};

export const contexts = {
  lead: "Marks an application asks for when something needs more, such as a payment; policies say what that is.",
  create: "New context",
  empty: "There are no authentication contexts",
  emptyHint: "Make one with the button above.",
  id: "ID",
  published: "Published",
  publish: "Published: policies offer it",
  claim: (id: string) => `Applications ask for it with the claim acrs and the value ${id}.`,
  removeQuestion: (name: string) => `Delete the context “${name}”?`,
  removeEffects: [
    "While it is published it is not deleted: take it back first.",
    "Policies that name it keep it from being deleted.",
    "Applications that ask for it are asked for nothing more.",
  ],
};

export const consent = {
  lead: "What applications may do on behalf of people, and who agreed to it.",
  empty: "Nobody has agreed to anything",
  emptyHint: "When somebody agrees at a sign-in, it appears here.",
  for: "On behalf of",
  everybody: "Everybody (an administrator)",
  types: { AllPrincipals: "Everybody", Principal: "One user" },
  at: "At",
  permissions: "Permissions",
};

export const group = {
  members: "Members",
  kind: "Kind",
  noMembers: "Nobody is in this group",
  noMembersHint: "Members are added through Graph, at /groups/{id}/members/$ref.",
  securityEnabled: "Policies and roles can name it",
  assignableToRole: "Can have roles",
};

export const application = {
  parts: "About this application",
  signIns: "Sign-ins",
  consent: "Consent",
  principal: "Object ID of the service principal",
  credentials: "Credentials",
  noCredentials: "None: a public client, or one that nobody can sign in as.",
  secret: "Secret",
  certificate: "Certificate",
  until: "until",
  expiry: { valid: "Good", soon: "Ends soon", expired: "Expired" },
};

export const naming = {
  title: "Policies that name it",
  none: "No policy names it.",
  included: "applies to it",
  excluded: "leaves it out",
  demanded: "demands it",
};
