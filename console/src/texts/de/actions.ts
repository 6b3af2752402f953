// Was gegen Risiken und an Konten getan werden kann, und was das bewirkt.
import type { actions as english } from "../en/actions";

const several = (count: number, one: string, many: string) => (count === 1 ? one : `${count} ${many}`);

export const actions: typeof english = {
  users: {
    dismiss: {
      name: "Risiko verwerfen",
      question: (count) => `Das Risiko von ${several(count, "diesem Benutzer", "Benutzern")} verwerfen?`,
      effects: [
        "Das Risiko war ein Fehlalarm oder ist erledigt: offene Erkennungen des Benutzers werden als verworfen geschlossen.",
        "Der Benutzer hat kein Risiko mehr; Richtlinien zum Benutzerrisiko betreffen das Konto nicht mehr.",
        "Sitzungen und Kennwort bleiben, wie sie sind.",
      ],
    },
    confirmCompromised: {
      name: "Als kompromittiert bestätigen",
      question: (count) => `${several(count, "Diesen Benutzer", "Benutzer")} als kompromittiert bestätigen?`,
      effects: [
        "Das Benutzerrisiko wird hoch; Richtlinien dazu sperren oder verlangen bei der nächsten Entscheidung ein neues Kennwort.",
        "Eine Erkennung hält fest, dass ein Administrator das gesagt hat.",
        "Von selbst wird nichts zurückgesetzt: ohne Richtlinie zum Benutzerrisiko bleibt das Konto benutzbar.",
      ],
    },
    confirmSafe: {
      name: "Als sicher bestätigen",
      question: (count) => `${several(count, "Diesen Benutzer", "Benutzer")} als sicher bestätigen?`,
      effects: [
        "Offene Erkennungen des Benutzers werden als sicher bestätigt geschlossen.",
        "Der Benutzer hat kein Risiko mehr.",
        "Sitzungen und Kennwort bleiben, wie sie sind.",
      ],
    },
    revoke: {
      name: "Sitzungen widerrufen",
      question: (count) => `Alle Sitzungen von ${several(count, "diesem Benutzer", "Benutzern")} widerrufen?`,
      effects: [
        "Der Benutzer wird überall abgemeldet und muss sich neu anmelden.",
        "Bisher ausgestellte Aktualisierungstoken werden abgelehnt; Zugriffstoken lehnt Graph sofort ab, andere, wenn sie ablaufen.",
      ],
    },
    disable: {
      name: "Konto deaktivieren",
      question: (count) => `${several(count, "Dieses Konto", "Konten")} deaktivieren?`,
      effects: [
        "Der Benutzer kann sich nicht mehr anmelden, und Sitzungen enden.",
        "Nichts wird gelöscht; das Konto lässt sich jederzeit wieder aktivieren.",
      ],
    },
    enable: {
      name: "Konto aktivieren",
      question: (count) => `${several(count, "Dieses Konto", "Konten")} aktivieren?`,
      effects: ["Der Benutzer kann sich mit Kennwort und Methoden von vorher wieder anmelden."],
    },
  },
  signIns: {
    dismiss: {
      name: "Risiko verwerfen",
      question: (count) => `Das Risiko von ${several(count, "dieser Anmeldung", "Anmeldungen")} verwerfen?`,
      effects: [
        "Das Risiko war echt, ist aber unerheblich: Erkennungen der Anmeldung werden als verworfen geschlossen.",
        "Das Benutzerrisiko wird aus dem berechnet, was noch offen ist.",
      ],
    },
    confirmCompromised: {
      name: "Als kompromittiert bestätigen",
      question: (count) => `${several(count, "Diese Anmeldung", "Anmeldungen")} als Angriff bestätigen?`,
      effects: [
        "Erkennungen der Anmeldung und das Benutzerrisiko werden hoch; Richtlinien dazu gelten ab der nächsten Entscheidung.",
        "Von selbst wird nichts zurückgesetzt: ohne Richtlinie zum Benutzerrisiko bleibt das Konto benutzbar.",
      ],
    },
    confirmSafe: {
      name: "Als sicher bestätigen",
      question: (count) => `${several(count, "Diese Anmeldung", "Anmeldungen")} als sicher bestätigen?`,
      effects: [
        "Erkennungen der Anmeldung werden als sicher bestätigt geschlossen.",
        "Das Benutzerrisiko wird aus dem berechnet, was noch offen ist.",
      ],
    },
  },
  servicePrincipals: {
    dismiss: {
      name: "Risiko verwerfen",
      question: (count) => `Das Risiko von ${several(count, "dieser Anwendung", "Anwendungen")} verwerfen?`,
      effects: [
        "Offene Erkennungen der Anwendung werden als verworfen geschlossen.",
        "Sie hat kein Risiko mehr; Richtlinien zum Risiko von Workloadidentitäten betreffen sie nicht mehr.",
      ],
    },
    confirmCompromised: {
      name: "Als kompromittiert bestätigen",
      question: (count) => `${several(count, "Diese Anwendung", "Anwendungen")} als kompromittiert bestätigen?`,
      effects: [
        "Das Risiko der Anwendung wird hoch; Richtlinien dazu gelten ab ihrem nächsten Token.",
        "Geheimnisse und Zertifikate bleiben, wie sie sind: sie gehören ersetzt.",
      ],
    },
  },
  grants: {
    revoke: {
      name: "Zurücknehmen",
      question: (count) => (count === 1 ? "Diese Zustimmung zurücknehmen?" : `${count} Zustimmungen zurücknehmen?`),
      effects: [
        "Anmeldungen bei der Anwendung fragen wieder nach Zustimmung, oder werden abgelehnt, wo ein Administrator zustimmen muss.",
        "Mit Aktualisierungstoken gibt es keine neuen Zugriffstoken mit diesen Berechtigungen; Zugriffstoken enden von selbst.",
      ],
    },
  },
  affects: "Betroffen sind",
  doing: (done, all) => `${done} von ${all} erledigt`,
  done: "Erledigt",
  failed: (reason) => `Gescheitert: ${reason}`,
  summary: (done, failed) =>
    failed === 0 ? `Für alle ${done} erledigt.` : `Für ${done} erledigt, für ${failed} gescheitert.`,
};
