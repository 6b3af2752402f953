use riskgate_core::Timestamp;
use riskgate_model::{AuthenticationFacts, SignIn, SignInFacts};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::SignInTarget;
use crate::{Record, Table, tables};

/// A sign-in: what Graph shows of it, and all that was known and decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignInRecord {
    /// The Graph resource.
    #[serde(flatten)]
    pub sign_in: SignIn,
    /// Inputs and reasons, for explanation and replay; not part of the Graph resource.
    #[serde(rename = "@riskgate.evidence")]
    pub evidence: SignInEvidence,
}

/// Inputs and reasons of a decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInEvidence {
    /// The facts that were judged.
    pub facts: SignInFacts,
    /// `riskgate_risk::RiskContext`: what they were compared with.
    #[serde(default)]
    pub risk_context: Json,
    /// `riskgate_risk::Assessment` as it was computed.
    pub assessment: Json,
    /// `riskgate_access::Decision` as it was computed last.
    pub decision: Json,
    /// Digests of the policies and named locations that were in force.
    pub policy_version: String,
    /// `riskgate_risk::RiskConfig` that was in force.
    pub risk_config: Json,
    /// Version of Riskgate.
    pub software: String,
    /// Identifier for the device cookie of a browser that brought none; what the sign-in teaches, it teaches with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_device_cookie_id: Option<String>,
    /// Whether the user's history has learned from it.
    #[serde(default)]
    pub is_learned: bool,
}

impl Record for SignInRecord {
    const TABLE: &'static Table = &tables::SIGN_INS;
    fn id(&self) -> &str {
        &self.sign_in.id
    }
}

/// A sign-in that passed the first factor and waits for something: a code, a new password, consent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interaction {
    /// SHA-256 of the token the form carries, hexadecimal.
    pub id: String,
    /// The sign-in it belongs to.
    pub sign_in_id: String,
    /// Who.
    pub user_id: String,
    /// What was proven so far.
    pub authentication: AuthenticationFacts,
    /// Where it leads.
    pub target: SignInTarget,
    /// Wrong codes so far.
    pub failures: u32,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
    /// Whether that is because it is known from breaches.
    #[serde(default)]
    pub is_password_breached: bool,
    /// Whether a policy with a sign-in risk condition asks for the code, so that passing it remediates.
    pub is_risk_driven: bool,
    /// The `riskgate_access::Control` it waits for; `null` for what no policy asks for: the first password of one's own,
    /// consent.
    #[serde(default)]
    pub waits_for: Json,
    /// The controls that were passed in this sign-in, in the same form.
    #[serde(default)]
    pub passed: Vec<Json>,
    /// Whether the document of the terms of use it waits for was opened.
    #[serde(default)]
    pub has_opened_terms: bool,
    /// When it is too late.
    pub expires_date_time: Timestamp,
}

impl Record for Interaction {
    const TABLE: &'static Table = &tables::INTERACTIONS;
    fn id(&self) -> &str {
        &self.id
    }
}
