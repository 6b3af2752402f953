// Authentifizierungsstärken und -kontexte, Zustimmung, eine Gruppe, eine Anwendung, und Richtlinien, die etwas nennen.
import type * as english from "../en/access";

export const strengths: typeof english.strengths = {
  lead: "Kombinationen von Methoden, die Richtlinien verlangen können.",
  create: "Neue Stärke",
  empty: "Es gibt keine Authentifizierungsstärken",
  emptyHint: "Legen Sie mit der Schaltfläche oben eine an.",
  builtIn: "Eingebaut: jeder Mandant hat sie, und niemand ändert sie.",
  kind: "Art",
  kinds: { builtIn: "Eingebaut", custom: "Eigene" },
  satisfies: "Gilt als",
  requirements: { mfa: "Mehrstufige Authentifizierung", none: "Ein einzelner Faktor" },
  combinations: "Kombinationen",
  allowed: "Erlaubte Kombinationen",
  removeQuestion: (name) => `Die Stärke „${name}“ löschen?`,
  removeEffects: [
    "Richtlinien, die sie verlangen, verhindern das Löschen.",
    "Sie kann nicht wiederhergestellt werden.",
  ],
};

export const methodModes: typeof english.methodModes = {
  password: "Kennwort",
  voice: "Telefonanruf",
  hardwareOath: "Hardwaretoken",
  softwareOath: "Authenticator-App (Code)",
  sms: "SMS",
  fido2: "Passkey (FIDO2)",
  windowsHelloForBusiness: "Windows Hello for Business",
  microsoftAuthenticatorPush: "Bestätigung in einer App",
  deviceBasedPush: "Anmeldung mit dem Telefon",
  temporaryAccessPassOneTime: "Befristeter Zugriffspass, einmal",
  temporaryAccessPassMultiUse: "Befristeter Zugriffspass, mehrmals",
  email: "E-Mail",
  x509CertificateSingleFactor: "Zertifikat, ein Faktor",
  x509CertificateMultiFactor: "Zertifikat, mehrstufig",
  federatedSingleFactor: "Vorgelagerter Anbieter, ein Faktor",
  federatedMultiFactor: "Vorgelagerter Anbieter, mehrstufig",
  qrCodePin: "QR-Code mit PIN",
};

export const contexts: typeof english.contexts = {
  lead: "Zeichen, nach denen eine Anwendung fragt, wenn etwas mehr verlangt, etwa eine Zahlung; was, sagen Richtlinien.",
  create: "Neuer Kontext",
  empty: "Es gibt keine Authentifizierungskontexte",
  emptyHint: "Legen Sie mit der Schaltfläche oben einen an.",
  id: "ID",
  published: "Veröffentlicht",
  publish: "Veröffentlicht: Richtlinien bieten ihn an",
  claim: (id) => `Anwendungen fragen danach mit dem Anspruch acrs und dem Wert ${id}.`,
  removeQuestion: (name) => `Den Kontext „${name}“ löschen?`,
  removeEffects: [
    "Solange er veröffentlicht ist, wird er nicht gelöscht: nehmen Sie das zuerst zurück.",
    "Richtlinien, die ihn nennen, verhindern das Löschen.",
    "Von Anwendungen, die danach fragen, wird nichts weiter verlangt.",
  ],
};

export const consent: typeof english.consent = {
  lead: "Was Anwendungen im Namen von Personen dürfen, und wer dem zugestimmt hat.",
  empty: "Niemand hat etwas zugestimmt",
  emptyHint: "Wenn jemand bei einer Anmeldung zustimmt, erscheint es hier.",
  for: "Im Namen von",
  everybody: "Allen (durch einen Administrator)",
  types: { AllPrincipals: "Alle", Principal: "Ein Benutzer" },
  at: "Bei",
  permissions: "Berechtigungen",
};

export const group: typeof english.group = {
  members: "Mitglieder",
  kind: "Art",
  noMembers: "Niemand ist in dieser Gruppe",
  noMembersHint: "Mitglieder werden über Graph hinzugefügt, unter /groups/{id}/members/$ref.",
  securityEnabled: "Richtlinien und Rollen können sie nennen",
  assignableToRole: "Kann Rollen haben",
};

export const application: typeof english.application = {
  parts: "Zu dieser Anwendung",
  signIns: "Anmeldungen",
  consent: "Zustimmung",
  principal: "Objekt-ID des Dienstprinzipals",
  credentials: "Anmeldeinformationen",
  noCredentials: "Keine: ein öffentlicher Client, oder einer, als der sich niemand anmelden kann.",
  secret: "Geheimnis",
  certificate: "Zertifikat",
  until: "bis",
  expiry: { valid: "Gültig", soon: "Endet bald", expired: "Abgelaufen" },
};

export const naming: typeof english.naming = {
  title: "Richtlinien, die es nennen",
  none: "Keine Richtlinie nennt es.",
  included: "gilt dafür",
  excluded: "nimmt es aus",
  demanded: "verlangt sie",
};
