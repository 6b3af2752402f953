//! What others may report. What Riskgate says itself about its own sign-ins, and what only administrators say, is not among it.

/// Of users: `entra-semantics` §1.2.
pub(super) const OF_USERS: &[&str] = &[
    "anomalousToken",
    "anomalousUserActivity",
    "attackerinTheMiddle",
    "attemptedPrtAccess",
    "generic",
    "investigationsThreatIntelligence",
    "leakedCredentials",
    "maliciousIPAddress",
    "malwareInfectedIPAddress",
    "mcasFinSuspiciousFileAccess",
    "mcasSuspiciousInboxManipulationRules",
    "nationStateIP",
    "riskyIPAddress",
    "suspiciousAPITraffic",
    "suspiciousInboxForwarding",
    "suspiciousSendingPatterns",
    "tokenIssuerAnomaly",
    "userReportedSuspiciousActivity",
];

/// Of service principals: `entra-semantics` §1.3.
pub(super) const OF_SERVICE_PRINCIPALS: &[&str] = &[
    "anomalousServicePrincipalActivity",
    "investigationsThreatIntelligence",
    "leakedCredentials",
    "maliciousApplication",
    "suspiciousAPITraffic",
    "suspiciousApplication",
    "suspiciousSignins",
];
