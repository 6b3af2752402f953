// Die Richtlinie für Authentifizierungsmethoden, und was eine Person registriert hat.
import type * as english from "../en/methods";

export const methodsPolicy: typeof english.methodsPolicy = {
  lead: "Welche Methoden registriert und benutzt werden dürfen. Eine Änderung gilt ab der nächsten Anfrage.",
  methods: {
    Fido2: {
      name: "Passkey (FIDO2)",
      about:
        "Ein Schlüssel in einem Gerät oder Kennwortmanager, geöffnet mit Fingerabdruck, Gesicht oder PIN; er widersteht Phishing.",
    },
    MicrosoftAuthenticator: {
      name: "Bestätigung am Telefon",
      about: "Ein registriertes Telefon zeigt die Anmeldung und fragt nach der Zahl, die auf deren Seite steht.",
    },
    SoftwareOath: {
      name: "Authenticator-App",
      about: "Eine App zeigt sechs Ziffern, die dreißig Sekunden lang gelten.",
    },
    TemporaryAccessPass: {
      name: "Befristeter Zugriffspass",
      about: "Ein Administrator gibt ihn jemandem, der nichts anderes hat; er gilt eine Weile oder einmal.",
    },
    Email: {
      name: "E-Mail",
      about: "Ein Code geht an eine registrierte Adresse; er zählt nur für ein vergessenes Kennwort.",
    },
    Sms: {
      name: "SMS",
      about: "Ein Code geht an eine Telefonnummer; schwach, denn Nummern lassen sich übernehmen.",
    },
    Voice: {
      name: "Telefonanruf",
      about: "Ein Code wird in einem Anruf vorgelesen; schwach, denn Nummern lassen sich übernehmen.",
    },
  },
  states: { enabled: "Eingeschaltet", disabled: "Ausgeschaltet" },
  for: "Für",
  notFor: "Nicht für",
  everybody: "Alle",
  nobody: "Niemanden",
  enable: "Einschalten",
  disable: "Ausschalten",
  buttonOf: (what, name) => `${what}: ${name}`,
  change: "Für wen ändern",
  scope: "Für wen",
  selected: "Ausgewählte Gruppen und Personen",
  groups: "Gruppen",
  people: "Personen",
  groupsLeftOut: "Ausgenommene Gruppen",
  peopleLeftOut: "Ausgenommene Personen",
  enableQuestion: (name) => `„${name}“ einschalten?`,
  enableEffects: (whom) => [
    `Registriert und benutzt werden kann die Methode von: ${whom}.`,
    "Was vor dem Ausschalten registriert wurde, funktioniert wieder.",
  ],
  disableQuestion: (name) => `„${name}“ ausschalten?`,
  disableEffects: [
    "Ab der nächsten Anfrage kann niemand die Methode registrieren oder benutzen; sie erfüllt keine Richtlinie mehr.",
    "Was registriert wurde, bleibt und funktioniert wieder, wenn die Methode eingeschaltet wird.",
    "Wer nichts anderes hat, gilt als jemand, der nichts registriert hat.",
    "Sitzungen, die damit begannen, laufen weiter; widerrufen Sie sie, wenn das nicht gewollt ist.",
  ],
  disableMailEffects: [
    "Ab der nächsten Anfrage kann niemand eine Adresse registrieren oder für ein vergessenes Kennwort benutzen.",
    "Was registriert wurde, bleibt und funktioniert wieder, wenn die Methode eingeschaltet wird.",
  ],
  disablePassEffects: [
    "Ab der nächsten Anfrage kann niemand einen Pass bekommen oder benutzen, auch keinen schon ausgegebenen.",
    "Sitzungen, die mit einem begannen, laufen weiter; widerrufen Sie sie, wenn das nicht gewollt ist.",
  ],
  impassable: (names) => `Keine Kombination, die diese Stärken erlauben, lässt sich dann noch erbringen: ${names}.`,
  unknownStrengths: (why) => `Was aus Authentifizierungsstärken wird, war nicht festzustellen: ${why}`,
};

export const userMethods: typeof english.userMethods = {
  kinds: {
    passwordAuthenticationMethod: "Kennwort",
    softwareOathAuthenticationMethod: "Authenticator-App",
    fido2AuthenticationMethod: "Passkey",
    microsoftAuthenticatorAuthenticationMethod: "Telefon, das bestätigt",
    emailAuthenticationMethod: "E-Mail-Adresse",
    temporaryAccessPassAuthenticationMethod: "Befristeter Zugriffspass",
  },
  remove: "Entfernen",
  removeOf: (name) => `${name} entfernen`,
  removeQuestion: (name) => `„${name}“ entfernen?`,
  removeEffects: [
    "Benutzt werden kann die Methode erst wieder, wenn sie neu registriert ist.",
    "Wer keinen anderen zweiten Faktor hat, besteht keine mehrstufige Authentifizierung, bis einer registriert ist.",
    "Sitzungen, die damit begannen, laufen weiter; widerrufen Sie sie bei Verlust oder Diebstahl.",
  ],
  removeMailEffects: ["Für ein vergessenes Kennwort zählt sie erst wieder, wenn sie neu registriert ist."],
  removePassEffects: [
    "Der Pass gilt ab jetzt nicht mehr; ein neuer kann erstellt werden.",
    "Sitzungen, die damit begannen, laufen weiter; widerrufen Sie sie, wenn er in falsche Hände kam.",
  ],
  removed: (name) => `„${name}“ wurde entfernt.`,
};
