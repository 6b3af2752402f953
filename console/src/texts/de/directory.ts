// Was aufbewahrt wird und wer hier ist: Benutzer, Gruppen, Anwendungen, Quellen; die Geschichte der Richtlinien; was üblich ist.
import type * as english from "../en/directory";

export const history: typeof english.history = {
  title: "Verlauf",
  empty: "Das Überwachungsprotokoll sagt nichts über diese Richtlinie.",
  changed: "Was sich änderte",
  sinceThen: "Unterschiede zu jetzt",
  restore: "Wiederherstellen",
  question: "Die Richtlinie wieder zu dem machen, was sie nach dieser Änderung war?",
  effect: "Das wird als neue Änderung geschrieben; der Verlauf behält alles.",
  differences: "Unterschiede",
  same: "Es gibt keinen Unterschied.",
};

export const usual: typeof english.usual = {
  title: "Was üblich ist",
  lead: (count) =>
    count === 1
      ? "Von der einzigen gelungenen Anmeldung vor dieser. Diese ist hervorgehoben."
      : `Von den ${count} gelungenen Anmeldungen vor dieser. Diese ist hervorgehoben.`,
  nothing: "Vor dieser ist keine Anmeldung gelungen: noch ist nichts üblich.",
  places: "Orte",
  devices: "Geräte",
  hours: "Stunden",
  thisOne: (value) => `${value} (diese)`,
  times: (count) => (count === 0 ? "nie" : `${count}×`),
  hourOf: (hour, count) =>
    `Diese um ${String(hour).padStart(2, "0")} Uhr, wo ${count === 0 ? "keine" : count} der anderen ${count === 1 ? "war" : "waren"}.`,
};

export const feeds: typeof english.feeds = {
  lead: "Woher kommt, was über Adressen bekannt ist, auf dem Server, der antwortet.",
  kind: "Was sie nennt",
  kinds: {
    tor: "Tor-Ausgänge",
    vpn: "VPN",
    "private-relay": "Private Relays",
    hosting: "Hosting",
    malicious: "Bösartige Adressen",
    benign: "Harmlose Adressen",
    "nation-state": "Staatliche Angreifer",
    "threat-intelligence": "Bedrohungserkenntnisse",
    "anonymous-ip": "Anonyme Adressen",
    location: "Orte von Adressen",
    "network-owner": "Inhaber von Netzen",
  },
  age: "Alter",
  empty: "Kein Inhalt",
  entries: "Einträge",
  badLines: "Ausgelassene Zeilen",
  source: "Quelle",
  licence: "Lizenz",
  lastAttempt: "Letzter Versuch",
  version: "Fassung",
  lastError: (error) => `Der letzte Versuch ist gescheitert: ${error}`,
  refresh: "Auffrischen",
  refreshing: "Wird aufgefrischt",
  refreshNamed: (name) => `Auffrischen: ${name}`,
  states: { current: "Aktuell", stale: "Alt", empty: "Leer", failed: "Gescheitert", expired: "Abgelaufen" },
};

export const directory: typeof english.directory = {
  usersLead: "Alle, die sich anmelden können, und die, die es nicht mehr dürfen.",
  nameBegins: "Name beginnt mit",
  noUsers: "Es gibt keine Benutzer",
  noUsersHint: "Mit der Schaltfläche oben lässt sich einer anlegen.",
  newUser: "Neuer Benutzer",
  create: "Anlegen",
  displayName: "Anzeigename",
  firstPassword: "Kennwort",
  passwordHint: "Steht nur hier. Bei der nächsten Anmeldung wählt der Benutzer ein anderes.",
  reset: "Kennwort zurücksetzen",
  resetQuestion: (name) => `Ein neues Kennwort für ${name} setzen?`,
  resetEffects: [
    "Das alte Kennwort gilt ab jetzt nicht mehr.",
    "Bei der nächsten Anmeldung wählt der Benutzer ein anderes.",
  ],
  groupsLead: "Gruppen, die Richtlinien nennen können.",
  noGroups: "Es gibt keine Gruppen",
  noGroupsHint: "Mit Graph lässt sich eine anlegen, unter /groups.",
  applicationsLead: "Anwendungen, bei denen man sich anmeldet, und solche, die in eigenem Namen handeln.",
  noApplications: "Keine Anwendung ist registriert",
  noApplicationsHint: "Mit riskgate app create lässt sich eine registrieren.",
  objectId: "Objekt-ID",
  redirects: "Umleitungsadressen",
  audience: "Zielgruppe",
};
