//! Templates that answer risk.

use serde_json::{Value as Json, json};

use super::{Template, any_of, everyone};

pub(super) fn templates() -> Vec<Template> {
    vec![
        Template {
            id: "9c92a34c-d3c4-590d-8470-3c7e6a3bb9c7",
            name: "Require multifactor authentication for sign-ins at risk",
            description: "A sign-in at medium or high risk passes multifactor authentication, which closes the risk. Everybody should have registered a method before: at risk nobody can.",
            scenarios: "zeroTrust,remoteWork",
            conditions: everyone(json!({ "signInRiskLevels": ["high", "medium"] })),
            grant_controls: any_of(&["mfa"]),
            session_controls: json!({
                "signInFrequency": { "isEnabled": true, "frequencyInterval": "everyTime" },
            }),
        },
        Template {
            id: "d74d310b-76fd-5157-9f3c-02706e1557e2",
            name: "Require a new password of users at high risk",
            description: "A user whose account is at high risk passes multifactor authentication and chooses a new password, which closes the risk.",
            scenarios: "zeroTrust,remoteWork",
            conditions: everyone(json!({ "userRiskLevels": ["high"] })),
            grant_controls: json!({ "operator": "AND", "builtInControls": ["mfa", "passwordChange"] }),
            session_controls: json!({
                "signInFrequency": { "isEnabled": true, "frequencyInterval": "everyTime" },
            }),
        },
        Template {
            id: "eb483f07-1f26-53f5-bc56-1f2b1f324a69",
            name: "Block sign-ins at high risk",
            description: "A sign-in at high risk is blocked, whoever it is.",
            scenarios: "zeroTrust,emergingThreats",
            conditions: everyone(json!({ "signInRiskLevels": ["high"] })),
            grant_controls: any_of(&["block"]),
            session_controls: Json::Null,
        },
    ]
}
