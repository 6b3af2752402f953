/// The tactic of MITRE ATT&CK that a kind of detection points to; what is not known stands for itself.
pub(super) fn tactic(risk_event_type: &str) -> &str {
    match risk_event_type {
        "unfamiliarFeatures"
        | "unlikelyTravel"
        | "mcasImpossibleTravel"
        | "impossibleTravel"
        | "newCountry"
        | "suspiciousBrowser"
        | "nationStateIP"
        | "investigationsThreatIntelligence" => "initialAccess",
        "passwordSpray"
        | "leakedCredentials"
        | "maliciousIPAddress"
        | "suspiciousIPAddress"
        | "anomalousToken"
        | "tokenIssuerAnomaly"
        | "attackerinTheMiddle"
        | "attemptedPrtAccess"
        | "userReportedSuspiciousActivity" => "credentialAccess",
        "anonymizedIPAddress" | "riskyIPAddress" | "malwareInfectedIPAddress" => "commandAndControl",
        "anomalousUserActivity" => "persistence",
        "suspiciousAPITraffic" => "discovery",
        "mcasSuspiciousInboxManipulationRules" => "defenseEvasion",
        "suspiciousInboxForwarding" | "mcasFinSuspiciousFileAccess" => "collection",
        "suspiciousSendingPatterns" => "lateralMovement",
        other => other,
    }
}
