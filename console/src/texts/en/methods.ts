// The authentication methods policy, and what one person has registered.
export const methodsPolicy = {
  lead: "Which methods people may register and use. A change is in force for the next request.",
  methods: {
    Fido2: {
      name: "Passkey (FIDO2)",
      about: "A key in a device or a password manager, opened by fingerprint, face or PIN; it resists phishing.",
    },
    MicrosoftAuthenticator: {
      name: "Approval on a phone",
      about: "A registered phone shows the sign-in and asks for the number on the sign-in page.",
    },
    SoftwareOath: {
      name: "Authenticator app",
      about: "An app shows six digits that are good for thirty seconds.",
    },
    TemporaryAccessPass: {
      name: "Temporary access pass",
      about: "An administrator hands it out to somebody who has nothing else; it is good for a while, or once.",
    },
    Email: {
      name: "Mail",
      about: "A code is mailed to a registered address; it counts for a forgotten password only.",
    },
    Sms: { name: "Text message", about: "A code is sent to a phone number; weak, since numbers can be taken over." },
    Voice: { name: "Phone call", about: "A code is read out in a call; weak, since numbers can be taken over." },
  } as Record<string, { name: string; about: string }>,
  states: { enabled: "Enabled", disabled: "Disabled" } as Record<string, string>,
  for: "For",
  notFor: "Not for",
  everybody: "Everybody",
  nobody: "Nobody",
  enable: "Enable",
  disable: "Disable",
  buttonOf: (what: string, name: string) => `${what}: ${name}`,
  change: "Change for whom",
  scope: "For whom",
  selected: "Selected groups and people",
  groups: "Groups",
  people: "People",
  groupsLeftOut: "Groups left out",
  peopleLeftOut: "People left out",
  enableQuestion: (name: string) => `Enable “${name}”?`,
  enableEffects: (whom: string) => [
    `It can be registered and used by: ${whom}.`,
    "What was registered before it was disabled works again.",
  ],
  disableQuestion: (name: string) => `Disable “${name}”?`,
  disableEffects: [
    "Nobody can register or use it from the next request on; it satisfies no policy any more.",
    "What was registered stays, and works again when the method is enabled.",
    "Who has nothing else is treated like somebody who has registered nothing.",
    "Sessions that began with it go on; revoke them if that is not wanted.",
  ],
  disableMailEffects: [
    "Nobody can register an address or use one for a forgotten password from the next request on.",
    "What was registered stays, and works again when the method is enabled.",
  ],
  disablePassEffects: [
    "Nobody can be given a pass or use one from the next request on, also those that were handed out.",
    "Sessions that began with one go on; revoke them if that is not wanted.",
  ],
  impassable: (names: string) => `No combination these strengths allow can be passed any more: ${names}.`,
  unknownStrengths: (why: string) => `What becomes of authentication strengths could not be looked up: ${why}`,
};

export const userMethods = {
  kinds: {
    passwordAuthenticationMethod: "Password",
    softwareOathAuthenticationMethod: "Authenticator app",
    fido2AuthenticationMethod: "Passkey",
    microsoftAuthenticatorAuthenticationMethod: "Phone that approves",
    emailAuthenticationMethod: "Mail address",
    temporaryAccessPassAuthenticationMethod: "Temporary access pass",
  } as Record<string, string>,
  remove: "Remove",
  removeOf: (name: string) => `Remove ${name}`,
  removeQuestion: (name: string) => `Remove “${name}”?`,
  removeEffects: [
    "It can no longer be used, and must be registered anew to be used again.",
    "Who has no other second factor cannot pass multifactor authentication until one is registered.",
    "Sessions that began with it go on; revoke them if it is lost or stolen.",
  ],
  removeMailEffects: ["It no longer counts for a forgotten password until it is registered anew."],
  removePassEffects: [
    "The pass is worth nothing from now on; another one can be made.",
    "Sessions that began with it go on; revoke them if it fell into wrong hands.",
  ],
  removed: (name: string) => `“${name}” was removed.`,
};
