//! §3.2: what is not known closes, and never opens.

use riskgate_access::BlockReason::Policy;
use riskgate_model::{RiskLevel, SignInFacts, UserAction};
use serde_json::{Value, json};

use crate::case::{Case, blocks, grants};
use crate::common::*;

fn block(conditions: Value) -> Value {
    json!({"conditions": conditions, "grantControls": {"operator": "OR", "builtInControls": ["block"]}})
}

pub fn cases() -> Vec<Case> {
    let no_platform = || facts_with(|f| f.client.platform = None);
    let no_insider = || facts_with(|f| f.user.insider_risk_level = None);
    let hidden = || facts_with(|f| f.user.risk_level = RiskLevel::Hidden);
    let foreign_action = || -> SignInFacts {
        facts_with(|f| f.application.user_action = Some(UserAction::UnknownFutureValue))
    };
    let nothing_known = || {
        facts_with(|f| {
            f.client.platform = None;
            f.user.insider_risk_level = None;
            f.user.risk_level = RiskLevel::UnknownFutureValue;
        })
    };
    let all_at_once = || {
        json!({"platforms": {"includePlatforms": ["iOS"], "excludePlatforms": ["android"]}, "insiderRiskLevels": "minor",
            "userRiskLevels": ["low"], "signInRiskLevels": ["medium"],
            "locations": {"includeLocations": [COUNTRY], "excludeLocations": [MISSING]}})
    };
    let actions = json!({"applications": {"includeApplications": [], "includeUserActions": ["urn:user:registerdevice"]}});
    vec![
        blocks(
            "§3.2 Unknown platform",
            no_platform(),
            block(json!({"platforms": {"includePlatforms": ["iOS"]}})),
            Policy,
        ),
        blocks(
            "§3.2 Unknown platform is not excluded",
            no_platform(),
            block(json!({"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["windows"]}})),
            Policy,
        ),
        blocks(
            "§3.2 Unknown country",
            facts(),
            block(json!({"locations": {"includeLocations": [COUNTRY]}})),
            Policy,
        ),
        blocks(
            "§3.2 Unknown country is not excluded",
            facts(),
            block(json!({"locations": {"includeLocations": ["All"], "excludeLocations": [COUNTRY]}})),
            Policy,
        ),
        blocks(
            "§3.2 Unknown location",
            facts(),
            block(json!({"locations": {"includeLocations": [MISSING]}})),
            Policy,
        ),
        blocks(
            "§3.2 Unknown insider risk",
            no_insider(),
            block(json!({"insiderRiskLevels": "elevated"})),
            Policy,
        ),
        blocks("§3.2 Unknown user risk", hidden(), block(json!({"userRiskLevels": ["high"]})), Policy),
        blocks("§3.2 Unknown sign-in risk", facts(), block(json!({"signInRiskLevels": ["high"]})), Policy)
            .at(RiskLevel::UnknownFutureValue),
        blocks("§3.2 Unknown user action", foreign_action(), block(actions), Policy),
        blocks("§3.2 Everything unknown at once", nothing_known(), block(all_at_once()), Policy)
            .at(RiskLevel::Hidden),
        grants("§3.2 Everything known", facts(), block(all_at_once())),
        grants(
            "§3.2 One known condition that is not met is enough",
            nothing_known(),
            block({
                let mut conditions = all_at_once();
                merge(&mut conditions, json!({"users": {"includeUsers": [OTHER_USER]}}));
                conditions
            }),
        )
        .at(RiskLevel::Hidden),
    ]
}
