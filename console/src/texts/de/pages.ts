// Die Seiten außer denen der Richtlinien.
import type * as english from "../en/pages";

export const riskyUsers: typeof english.riskyUsers = {
  lead: "Benutzer, deren Anmeldungen oder Konten Risiko zeigen oder gezeigt haben.",
  empty: "Kein Benutzer ist oder war gefährdet",
  emptyHint: "Ist eine Anmeldung riskant, erscheint ihr Benutzer hier sofort.",
};

export const riskDetections: typeof english.riskDetections = {
  lead: "Jedes einzelne Anzeichen von Risiko, das neueste zuerst.",
  empty: "Noch wurde kein Risiko erkannt",
  emptyHint: "Erkennungen erscheinen hier, während eine Anmeldung noch läuft.",
};

export const signIns: typeof english.signIns = {
  lead: "Jede Anmeldung mit ihrem Risiko und dem, was die Richtlinien daraus gemacht haben.",
  empty: "Noch keine Anmeldungen",
  emptyHint: "Die erste erscheint hier, sobald sich jemand anmeldet.",
};

export const signIn: typeof english.signIn = {
  title: (user) => `Anmeldung von ${user}`,
  granted: "Der Zugriff wurde gewährt.",
  interrupted: (controls) => `Mehr wurde verlangt: ${controls}.`,
  blocked: "Der Zugriff wurde gesperrt.",
  failed: "Die Anmeldung ist gescheitert.",
  whatWouldHelp: "Was unter den jetzigen Richtlinien Zugriff gäbe",
  whatWouldHelpOne: (changes) => `wenn ${changes}`,
  and: "und",
  nothingWouldHelp: "Keine drei Änderungen von Ort, Gerät, Risiko oder Nachweisen zusammen gäben Zugriff.",
  facts: "Angaben",
  timeline: "Verlauf",
  received: (from) => `Kam von ${from}`,
  detected: (name, level) => `Erkannt: ${name}, ${level}`,
  decided: (result) => `Entscheidung der Richtlinien: ${result}`,
  otherAttempt: (outcome) => `Ein anderer Schritt derselben Anmeldung: ${outcome}`,
  closed: (state, detail) => `Das Risiko wurde „${state}“: ${detail}`,
  detections: "Erkennungen",
  noDetections: "An dieser Anmeldung wurde nichts Riskantes erkannt.",
  expected: (what) => `üblich: ${what}`,
  contribution: (score) => `Gewicht ${score}`,
  policies: "Richtlinien",
  noPolicies: "Als über diese Anmeldung entschieden wurde, gab es keine Richtlinie.",
  mayNotReadPolicies: "Was die Richtlinien getan haben, sieht, wer Richtlinien lesen darf.",
  satisfied: "Erfüllt",
  notSatisfied: "Nicht erfüllt",
  excluded: "Ausgenommen durch",
  askedFor: "Verlangt",
  why: "Warum",
};

export const whatIf: typeof english.whatIf = {
  lead: "Was die Richtlinien aus einer Anmeldung machten, ohne dass sich jemand anmeldet.",
  user: "Benutzer",
  userHint: "Den Anfang eines Namens eingeben",
  resource: "Ressource",
  ipAddress: "IP-Adresse",
  country: "Land, zwei Buchstaben",
  platform: "Geräteplattform",
  client: "Client",
  signInRisk: "Anmelderisiko",
  userRisk: "Benutzerrisiko",
  notSaid: "Keine Angabe",
  question: "Frage",
  answer: "Antwort",
  ask: "Was wäre wenn?",
  granted: "Der Zugriff würde gewährt.",
  interrupted: (controls) => `Mehr würde verlangt: ${controls}.`,
  blocked: "Der Zugriff würde gesperrt.",
  policies: "Richtlinien",
  none: "Es gibt keine Richtlinien.",
};

export const overview: typeof english.overview = {
  lead: "Jetzt gefährdete Benutzer, Anmeldungen und Erkennungen der letzten sieben Tage.",
  riskyUsers: "Gefährdete Benutzer",
  signIns: "Anmeldungen",
  allSignIns: "Alle",
  failed: "Gescheitert",
  stopped: "Von Richtlinien aufgehalten",
  satisfied: "Richtlinien erfüllt",
  risky: "Mit Risiko",
  share: (percent) => `${percent} von allen`,
  detectionsByType: "Erkennungen nach Art",
  detectionsByDay: "Erkennungen nach Tag",
  day: (day, high, medium, low) => `${day}: ${high} hoch, ${medium} mittel, ${low} niedrig`,
  newest: "Zuletzt gefährdete Benutzer",
  nobody: "Niemand ist gefährdet.",
  noDetections: "Nichts wurde erkannt.",
  coverage: "Abdeckung der letzten Anmeldungen durch Richtlinien",
  covered: "Eine aktive Richtlinie galt",
  uncovered: "Keine galt",
  map: "Woher Anmeldungen kamen",
  countries: "Länder mit den meisten Anmeldungen",
  fromCountry: (country, count, level) => `${country}: ${count} Anmeldungen, Risiko ${level}`,
  moreCountries: (count) =>
    count === 1 ? "Ein weiteres Land ist auf der Karte." : `${count} weitere sind auf der Karte.`,
  notOnMap: "nicht auf der Karte",
  noPlaces: "Keine Anmeldung dieser Tage hat einen bekannten Ort.",
  feedsCurrent: "Aktuell",
  feedsOld: "Alt oder abgelaufen",
  feedsFailed: "Gescheitert oder leer",
};

export const audits: typeof english.audits = {
  lead: "Wer was geändert hat.",
  empty: "Noch wurde nichts geändert",
  emptyHint: "Hier steht jede Änderung durch Personen, Anwendungen und das Programm selbst.",
  activity: "Aktivität",
  category: "Kategorie",
  result: "Ergebnis",
  initiator: "Durch",
  targets: "Betrifft",
  service: "Dienst",
};

export const namedLocations: typeof english.namedLocations = {
  lead: "Orte, die Richtlinien nennen können.",
  empty: "Es gibt keine benannten Standorte",
  emptyHint: "Mit der Schaltfläche oben lässt sich einer anlegen.",
  create: "Neuer Standort",
  ranges: "Bereiche",
  rangesHint: "Einer in jeder Zeile: 192.0.2.0/24, 2001:db8::/32 oder eine einzelne Adresse.",
  markTrusted: "Vertrauenswürdig: Angreifer werden hier nicht erwartet",
  countriesHint: "Je zwei Buchstaben, durch Kommas getrennt: DE, AT, CH",
  removeQuestion: (name) => `Den Standort „${name}“ löschen?`,
  removeEffects: [
    "Solange er vertrauenswürdig ist, wird er nicht gelöscht: erst die Markierung entfernen.",
    "Richtlinien, die ihn nennen, verhindern das Löschen.",
    "Er lässt sich 30 Tage lang mit Graph wiederherstellen.",
  ],
  kind: "Art",
  ip: "IP-Bereiche",
  countries: "Länder",
  trusted: "Vertrauenswürdig",
  contents: "Was dazu gehört",
  unknownCountries: "unbekannte Länder",
};

export const user: typeof english.user = {
  account: "Konto",
  history: "Risikoverlauf",
  historyEmpty: "Am Risiko dieses Benutzers ist nichts geschehen",
  historyEmptyHint: "Hier steht, was Personen und Administratoren gegen das Risiko des Benutzers tun.",
  detections: "Erkennungen",
  signIns: "Anmeldungen",
  noRisk: "Dieser Benutzer ist und war nicht gefährdet.",
  byUser: "Der Benutzer",
  byAdministrator: "Ein Administrator",
  bySystem: "Riskgate",
  parts: "Über diesen Benutzer",
  access: "Zugang",
  methods: "Authentifizierungsmethoden",
  groupsAndRoles: "Gruppen und Rollen",
  group: "Gruppe",
  role: "Rolle",
  devices: "Geräte",
  compliant: "konform",
  notCompliant: "nicht konform",
  none: "Keine.",
};

export const workloads: typeof english.workloads = {
  lead: "Anwendungen, die für sich selbst handeln und Risiko zeigen oder gezeigt haben.",
  empty: "Keine Anwendung ist oder war gefährdet",
  emptyHint: "Sehen Token einer Anwendung gestohlen aus, oder sagt es ein Administrator, erscheint sie hier.",
};
