// Die Texte des ersten Rundgangs.
import type { Texts } from "../en";

export const start: Texts["start"] = {
  title: "In zwei Minuten ausprobiert",
  lead: "Ein Testbenutzer meldet sich über Tor an, fällt auf, weist sich aus und wird entlastet. Alles hier geht über Graph; am Ende wird es wieder entfernt.",
  step: (number, title) => `${number}. ${title}`,
  done: "Erledigt",
  now: "Jetzt",
  later: "Später",
  noticed: (title) => `Erledigt: ${title}`,
  waiting: "Wartet, bis es getan ist …",
  request: "Die Anfrage",
  openInExplorer: "Im Explorer öffnen",
  command: "In einem Terminal",
  commandHint:
    "In dem Ordner ausführen, in dem der Server gestartet wurde; aus dem Quelltext heißt das Programm target/release/riskgate. Wurde dem Server --data-dir gegeben, dann auch hier.",
  forwarded:
    "Die Adresse eines Tor-Ausgangs nimmt der Server aus X-Forwarded-For des Befehls, wie von einem vertrauten Proxy: make run vertraut diesem Rechner.",
  copy: "Kopieren",
  copied: "Kopiert",
  noPassword: "Dieser Browser kennt das Passwort des Testbenutzers nicht.",
  setPassword: "Ein neues setzen",
  undo: "Rückgängig",
  remove: "Benutzer und Richtlinie entfernen",
  removeHint: "Entfernt, was hier angelegt wurde, jederzeit und endgültig. Die Anmeldungen bleiben im Protokoll.",
  finished: "Das war alles",
  finishedHint: "In der Konsole umsehen, Graph im Explorer ausprobieren, oder entfernen, was hier angelegt wurde.",
  detected: (name, level, place) => `${name}, ${level}${place ? `, aus ${place}` : ""}`,
  seeDetection: "Die Erkennung ansehen",
  seeSignIn: "Warum?",
  steps: {
    user: {
      title: "Einen Testbenutzer anlegen",
      text: "Ein gewöhnlicher Benutzer ohne jede Rolle.",
      action: "Benutzer anlegen",
    },
    tor: {
      title: "Aus Tor anmelden",
      text: "Noch verbietet es keine Richtlinie: Die Anmeldung gelingt, und ihr Risiko erscheint hier sofort.",
    },
    authenticator: {
      title: "Eine Authenticator-App einrichten",
      text: "Von einer gewöhnlichen Adresse. Der Befehl spielt die App und behält ihr Geheimnis in einer Datei. Ohne sie sperrte die nächste Richtlinie den Benutzer aus.",
    },
    policy: {
      title: "Eine Richtlinie anlegen",
      text: "Bei mittlerem oder hohem Risiko verlangt eine Anmeldung einen zweiten Faktor. Sie gilt für den Testbenutzer und niemanden sonst.",
      action: "Richtlinie anlegen",
    },
    mfa: {
      title: "Noch einmal aus Tor anmelden, mit Code",
      text: "Nun wird der Code verlangt. Er schließt das Risiko dieser Anmeldung; das der ersten bleibt.",
    },
    dismiss: {
      title: "Den Rest verwerfen",
      text: "Das waren Sie selbst: Der Benutzer ist nicht mehr gefährdet.",
      action: "Risiko verwerfen",
    },
  },
};
