//! §3.8: what is asked of the session.

use riskgate_access::SessionDemands;
use riskgate_model::PersistentBrowserSessionMode::{self, Always, Never};
use serde_json::{Value, json};

use crate::case::{Case, demands, grants};
use crate::common::*;

fn session(controls: Value) -> Value {
    json!({"sessionControls": controls})
}

fn browser(mode: Option<PersistentBrowserSessionMode>) -> SessionDemands {
    SessionDemands { persistent_browser: mode, ..SessionDemands::default() }
}

pub fn cases() -> Vec<Case> {
    let persistent = |mode: &str| session(json!({"persistentBrowser": {"mode": mode, "isEnabled": true}}));
    let resilience = |value: Value| session(json!({"disableResilienceDefaults": value}));
    let restrictions =
        |value: Value| session(json!({"applicationEnforcedRestrictions": {"isEnabled": value}}));
    let nothing = SessionDemands::default;
    let no_resilience = || SessionDemands { disable_resilience_defaults: true, ..nothing() };
    let restricted = || SessionDemands { application_enforced_restrictions: true, ..nothing() };
    let elsewhere = |mut patch: Value| {
        merge(&mut patch, json!({"conditions": {"signInRiskLevels": ["high"]}}));
        patch
    };
    let off = session(json!({"persistentBrowser": {"mode": "never", "isEnabled": false}}));
    let implied = session(json!({"persistentBrowser": {"mode": "never"}}));
    vec![
        demands("§3.8 No control, no demand", facts(), json!({}), nothing()),
        demands("§3.8 always", facts(), persistent("always"), browser(Some(Always))),
        demands("§3.8 never", facts(), persistent("never"), browser(Some(Never))),
        demands(
            "§3.1.6 never outweighs always",
            facts(),
            json!([persistent("never"), persistent("always")]),
            browser(Some(Never)),
        ),
        demands(
            "§3.1.6 never outweighs always in any order",
            facts(),
            json!([persistent("always"), persistent("never")]),
            browser(Some(Never)),
        ),
        demands("§3.8 A control that is off does nothing", facts(), off, browser(None)),
        demands("§3.8 A control is on unless it is off", facts(), implied, browser(Some(Never))),
        demands(
            "§3.1.2 A policy that does not apply demands nothing",
            facts(),
            elsewhere(persistent("never")),
            nothing(),
        ),
        demands("§3.8 disableResilienceDefaults", facts(), resilience(json!(true)), no_resilience()),
        demands("§3.8 disableResilienceDefaults false", facts(), resilience(json!(false)), nothing()),
        demands(
            "§3.8 One that disables them is enough",
            facts(),
            json!([resilience(json!(false)), resilience(json!(true))]),
            no_resilience(),
        ),
        demands("§3.8 applicationEnforcedRestrictions", facts(), restrictions(json!(true)), restricted()),
        demands("§3.8 applicationEnforcedRestrictions off", facts(), restrictions(json!(false)), nothing()),
        demands(
            "§3.8 applicationEnforcedRestrictions unless off",
            facts(),
            restrictions(json!(null)),
            restricted(),
        ),
        demands(
            "§3.1.7 Disabled and report-only policies demand nothing",
            facts(),
            json!([
                {"state": "disabled", "sessionControls": {"disableResilienceDefaults": true}},
                {"state": "enabledForReportingButNotEnforced", "sessionControls": {"disableResilienceDefaults": true}},
            ]),
            nothing(),
        ),
        grants("§3.8 These ask nothing of the user", facts(), {
            let mut patch = persistent("never");
            merge(&mut patch, json!({"grantControls": null}));
            patch
        }),
    ]
}
