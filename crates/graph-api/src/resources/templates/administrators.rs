//! Templates that protect administrators.

use riskgate_directory::ROLES;
use riskgate_model::PHISHING_RESISTANT_STRENGTH_ID;
use serde_json::{Value as Json, json};

use super::{Template, any_of};

pub(super) fn templates() -> Vec<Template> {
    vec![
        Template {
            id: "0df412c8-d2f0-5cc7-b16e-9722d40d2cfd",
            name: "Require multifactor authentication for administrators",
            description: "Whoever holds a directory role that gives power passes multifactor authentication, whatever he signs in to.",
            scenarios: "secureFoundation,zeroTrust,remoteWork,protectAdmins",
            conditions: administrators(),
            grant_controls: any_of(&["mfa"]),
            session_controls: Json::Null,
        },
        Template {
            id: "b3cb03de-3a0c-51dd-914b-397ec9170648",
            name: "Require phishing-resistant methods for administrators",
            description: "Whoever holds a directory role that gives power signs in with a method that a false page cannot pass on, such as a security key. Make sure that every administrator has one before you enable it.",
            scenarios: "protectAdmins,emergingThreats",
            conditions: administrators(),
            grant_controls: json!({
                "operator": "OR", "builtInControls": [],
                "authenticationStrength": { "id": PHISHING_RESISTANT_STRENGTH_ID },
            }),
            session_controls: Json::Null,
        },
        Template {
            id: "84581efe-d0b4-5609-bf0e-43307b142338",
            name: "Require a managed device for administrators",
            description: "Whoever holds a directory role that gives power signs in from a device that complies with the rules or is joined to a domain.",
            scenarios: "remoteWork,protectAdmins",
            conditions: administrators(),
            grant_controls: any_of(&["compliantDevice", "domainJoinedDevice"]),
            session_controls: Json::Null,
        },
        Template {
            id: "ea1de7ee-9462-5db1-b10e-f3b0c63c2ea6",
            name: "Ask administrators again after four hours",
            description: "Whoever holds a directory role that gives power proves who he is again after four hours, and closing the browser signs him out.",
            scenarios: "zeroTrust,protectAdmins",
            conditions: administrators(),
            grant_controls: any_of(&["mfa"]),
            session_controls: json!({
                "signInFrequency": { "isEnabled": true, "frequencyInterval": "timeBased", "type": "hours", "value": 4 },
                "persistentBrowser": { "isEnabled": true, "mode": "never" },
            }),
        },
    ]
}

/// Everyone who holds a role that gives power, in every application.
fn administrators() -> Json {
    let roles = ROLES.iter().filter(|role| role.is_powerful);
    let roles: Vec<&str> = roles.map(|role| role.template_id).collect();
    json!({ "applications": { "includeApplications": ["All"] }, "users": { "includeRoles": roles } })
}
