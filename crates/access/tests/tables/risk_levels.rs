//! §3.6: risk of the sign-in and of the user.

use riskgate_model::RiskLevel::{self, Hidden, High, Low, Medium, None as NoRisk, UnknownFutureValue};
use riskgate_model::SignInFacts;
use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

fn at_risk(level: RiskLevel) -> SignInFacts {
    facts_with(|f| f.user.risk_level = level)
}

fn sign_in(levels: &[&str]) -> Value {
    json!({"signInRiskLevels": levels})
}

fn user(levels: &[&str]) -> Value {
    json!({"userRiskLevels": levels})
}

pub fn cases() -> Vec<Case> {
    let both = || json!({"signInRiskLevels": ["high"], "userRiskLevels": ["high"]});
    vec![
        applies("§3.1.3 No sign-in risk level is every level", facts(), sign_in(&[])).at(High),
        applies("§3.6 Sign-in risk high", facts(), sign_in(&["high"])).at(High),
        passes_over("§3.6 Levels are exact: high is not at least medium", facts(), sign_in(&["medium"]))
            .at(High),
        passes_over("§3.6 Levels are exact: only high skips medium", facts(), sign_in(&["high"])).at(Medium),
        applies("§3.1.3 Levels are ORed", facts(), sign_in(&["high", "medium"])).at(Medium),
        applies("§3.6 Sign-in risk low", facts(), sign_in(&["low"])).at(Low),
        applies("§3.6 none may be chosen", facts(), sign_in(&["none"])).at(NoRisk),
        passes_over("§3.6 none is not any", facts(), sign_in(&["none"])).at(Low),
        passes_over("§3.6 No risk is no level", facts(), sign_in(&["low", "medium", "high"])).at(NoRisk),
        applies("§3.2 A hidden sign-in risk closes", facts(), sign_in(&["low"])).at(Hidden),
        applies("§3.2 A sign-in risk of the future closes", facts(), sign_in(&["high"]))
            .at(UnknownFutureValue),
        applies("§3.1.3 No user risk level is every level", at_risk(High), user(&[])),
        applies("§3.6 User risk high", at_risk(High), user(&["high"])),
        passes_over("§3.6 User risk is exact, too", at_risk(High), user(&["medium", "low"])),
        applies("§3.6 User risk medium", at_risk(Medium), user(&["medium"])),
        applies("§3.6 User risk none", at_risk(NoRisk), user(&["none"])),
        passes_over("§3.6 User risk low is not none", at_risk(Low), user(&["none"])),
        applies("§3.2 A hidden user risk closes", at_risk(Hidden), user(&["none"])),
        passes_over("§3.6 Risk of the user is none of the sign-in", at_risk(High), sign_in(&["high"])),
        passes_over("§3.6 Risk of the sign-in is none of the user", facts(), user(&["high"])).at(High),
        passes_over("§3.6 Both risks are ANDed: sign-in alone", facts(), both()).at(High),
        passes_over("§3.6 Both risks are ANDed: user alone", at_risk(High), both()),
        applies("§3.6 Both risks are ANDed: both", at_risk(High), both()).at(High),
    ]
}
