// Deutsche Wörter für das, was Graph benennt.
import type * as english from "../en/words";

export const riskLevel: typeof english.riskLevel = {
  low: "Niedrig",
  medium: "Mittel",
  high: "Hoch",
  hidden: "Verborgen",
  none: "Keines",
  unknownFutureValue: "Unbekannt",
};

export const riskState: typeof english.riskState = {
  none: "Kein Risiko",
  confirmedSafe: "Als sicher bestätigt",
  remediated: "Behoben",
  dismissed: "Verworfen",
  atRisk: "Gefährdet",
  confirmedCompromised: "Als kompromittiert bestätigt",
  unknownFutureValue: "Unbekannt",
};

export const riskDetail: typeof english.riskDetail = {
  none: "Noch nichts unternommen",
  adminGeneratedTemporaryPassword: "Ein Administrator hat ein vorläufiges Kennwort gesetzt",
  userPerformedSecuredPasswordChange: "Der Benutzer hat nach einem zweiten Faktor das Kennwort geändert",
  userPerformedSecuredPasswordReset: "Der Benutzer hat das Kennwort zurückgesetzt",
  adminConfirmedSigninSafe: "Ein Administrator hat die Anmeldung als sicher bestätigt",
  aiConfirmedSigninSafe: "Die Anmeldung hat sich als sicher erwiesen",
  userPassedMFADrivenByRiskBasedPolicy:
    "Der Benutzer hat den zweiten Faktor bestanden, den eine Risikorichtlinie verlangte",
  adminDismissedAllRiskForUser: "Ein Administrator hat alle Risiken des Benutzers verworfen",
  adminConfirmedSigninCompromised: "Ein Administrator hat die Anmeldung als Angriff bestätigt",
  hidden: "Verborgen",
  adminConfirmedUserCompromised: "Ein Administrator hat den Benutzer als kompromittiert bestätigt",
  unknownFutureValue: "Unbekannt",
  m365DAdminDismissedDetection: "Ein Administrator hat die Erkennung verworfen",
  adminConfirmedServicePrincipalCompromised: "Ein Administrator hat die Anwendung als kompromittiert bestätigt",
  adminDismissedAllRiskForServicePrincipal: "Ein Administrator hat alle Risiken der Anwendung verworfen",
  userChangedPasswordOnPremises: "Der Benutzer hat das Kennwort lokal geändert",
  adminDismissedRiskForSignIn: "Ein Administrator hat das Risiko der Anmeldung verworfen",
  adminConfirmedAccountSafe: "Ein Administrator hat das Konto als sicher bestätigt",
  microsoftRevokedSessions: "Sitzungen wurden widerrufen",
};

export const timing: typeof english.timing = {
  notDefined: "Nicht festgelegt",
  realtime: "Während der Anmeldung",
  nearRealtime: "Kurz nach der Anmeldung",
  offline: "Nachträglich",
  unknownFutureValue: "Unbekannt",
};

export const activity: typeof english.activity = {
  signin: "Anmeldung",
  user: "Benutzer",
  servicePrincipal: "Anwendung",
  unknownFutureValue: "Unbekannt",
};

export const conditionalAccessStatus: typeof english.conditionalAccessStatus = {
  success: "Bestanden",
  failure: "Nicht bestanden",
  notApplied: "Keine Richtlinie betroffen",
  unknownFutureValue: "Unbekannt",
};

export const policyResult: typeof english.policyResult = {
  success: "Angewandt und erfüllt",
  failure: "Angewandt und nicht erfüllt",
  notApplied: "Nicht angewandt",
  notEnabled: "Nicht eingeschaltet",
  unknown: "Unbekannt",
  unknownFutureValue: "Unbekannt",
  reportOnlySuccess: "Nur Bericht: wäre erfüllt",
  reportOnlyFailure: "Nur Bericht: würde ablehnen",
  reportOnlyNotApplied: "Nur Bericht: wäre nicht betroffen",
  reportOnlyInterrupted: "Nur Bericht: würde mehr verlangen",
};

export const operationResult: typeof english.operationResult = {
  success: "Erfolg",
  failure: "Fehler",
  timeout: "Zeit abgelaufen",
  unknownFutureValue: "Unbekannt",
};

export const policyState: typeof english.policyState = {
  enabled: "Ein",
  disabled: "Aus",
  enabledForReportingButNotEnforced: "Nur Bericht",
};

export const detections: typeof english.detections = {
  anonymizedIPAddress: {
    name: "Anonyme IP-Adresse",
    meaning: "Die Adresse verbirgt, wo die Person ist: Tor, ein kommerzielles VPN oder ein Rechenzentrum.",
  },
  maliciousIPAddress: {
    name: "Schädliche IP-Adresse",
    meaning: "Die Adresse ist durch Angriffe bekannt, oder viele Anmeldungen von ihr sind gescheitert.",
  },
  unfamiliarFeatures: {
    name: "Ungewohnte Anmeldeeigenschaften",
    meaning: "Ort, Netz, Browser oder Uhrzeit weichen von dem ab, was für diesen Benutzer üblich ist.",
  },
  unlikelyTravel: {
    name: "Ungewöhnliche Reise",
    meaning: "Zwei Anmeldungen kamen von Orten, zwischen denen in der Zeit niemand reisen kann.",
  },
  impossibleTravel: {
    name: "Unmögliche Reise",
    meaning: "Zwei Anmeldungen kamen von Orten, zwischen denen in der Zeit niemand reisen kann.",
  },
  mcasImpossibleTravel: {
    name: "Unmögliche Reise",
    meaning: "Zwei Anmeldungen kamen von Orten, zwischen denen in der Zeit niemand reisen kann.",
  },
  newCountry: {
    name: "Aktivität aus neuem Land",
    meaning: "Der Benutzer hat sich noch nie aus diesem Land angemeldet.",
  },
  passwordSpray: {
    name: "Kennwort-Spray",
    meaning: "Dieselben Kennwörter wurden an vielen Konten ausprobiert.",
  },
  leakedCredentials: {
    name: "Durchgesickerte Anmeldedaten",
    meaning: "Das Kennwort des Benutzers ist unter denen, die durch einen Einbruch öffentlich wurden.",
  },
  anomalousToken: {
    name: "Auffälliges Token",
    meaning: "Eine Sitzung oder ein Token wird anders benutzt als bisher, als wäre es gestohlen.",
  },
  suspiciousBrowser: {
    name: "Verdächtiger Browser",
    meaning: "Derselbe Browser probiert Konten an mehreren Orten aus.",
  },
  adminConfirmedUserCompromised: {
    name: "Benutzer vom Administrator als kompromittiert bestätigt",
    meaning: "Ein Administrator hat gesagt, dass jemand anderes das Konto in der Hand hat.",
  },
  investigationsThreatIntelligence: {
    name: "Bedrohungsdaten",
    meaning: "Die Aktivität entspricht einem Muster, das von Angriffen bekannt ist.",
  },
  userReportedSuspiciousActivity: {
    name: "Benutzer hat Verdächtiges gemeldet",
    meaning: "Der Benutzer hat von einer Anmeldung oder Nachfrage gesagt: das war ich nicht.",
  },
  attackerinTheMiddle: {
    name: "Angreifer in der Mitte",
    meaning: "Die Anmeldung ging durch einen Server, der alles weiterreicht und die Sitzung behält.",
  },
  anomalousUserActivity: {
    name: "Ungewöhnliche Aktivität",
    meaning: "Der Benutzer hat zum ersten Mal Rechte vergeben, aus einem fremden Netz, oder weit mehr getan als sonst.",
  },
  suspiciousAPITraffic: {
    name: "Verdächtiger API-Verkehr",
    meaning: "Der Benutzer hat weit mehr vom Verzeichnis gelesen als je zuvor.",
  },
  tokenIssuerAnomaly: {
    name: "Auffälliges Token des Identitätsanbieters",
    meaning: "Das Token des Identitätsanbieters ist gültig, gleicht aber nicht denen, die er sonst ausstellt.",
  },
  nationStateIP: {
    name: "Adresse eines staatlichen Akteurs",
    meaning: "Die Adresse steht auf einer eigenen Liste für Leute, die für einen Staat handeln.",
  },
  suspiciousIPAddress: { name: "Verdächtige IP-Adresse", meaning: "Die Adresse ist auffällig geworden." },
  malwareInfectedIPAddress: {
    name: "IP-Adresse mit Schadsoftware",
    meaning: "Die Adresse spricht mit Servern von Schadsoftware.",
  },
  generic: { name: "Weiteres Risiko", meaning: "Ein Risiko ohne eigenen Namen." },
};
