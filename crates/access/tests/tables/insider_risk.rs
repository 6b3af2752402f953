//! §3.6: insider risk.

use riskgate_model::InsiderRiskLevel::{self, *};
use riskgate_model::SignInFacts;
use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

fn at(level: impl Into<Option<InsiderRiskLevel>>) -> SignInFacts {
    facts_with(|f| f.user.insider_risk_level = level.into())
}

fn levels(set: &str) -> Value {
    json!({"insiderRiskLevels": set})
}

pub fn cases() -> Vec<Case> {
    vec![
        applies("§3.6 minor", at(Minor), levels("minor")),
        applies("§3.6 moderate", at(Moderate), levels("moderate")),
        applies("§3.6 elevated", at(Elevated), levels("elevated")),
        passes_over("§3.6 Levels are exact", at(Elevated), levels("moderate")),
        passes_over("§3.6 Another level", at(Minor), levels("moderate,elevated")),
        applies("§3.1.3 Levels are ORed", at(Elevated), levels("minor,elevated")),
        passes_over(
            "§3.6 No insider risk is no level",
            at(InsiderRiskLevel::None),
            levels("minor,moderate,elevated"),
        ),
        applies("§3.2 An insider risk nobody tells closes", at(Option::None), levels("elevated")),
        applies("§3.2 An insider risk of the future closes", at(UnknownFutureValue), levels("minor")),
        applies("§3.1.3 Not configured", at(InsiderRiskLevel::None), json!({"insiderRiskLevels": null})),
    ]
}
