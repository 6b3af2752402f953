use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// The address a user gets codes at when he has forgotten the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmailMethod {
    /// Object identifier of the user.
    pub id: String,
    /// The address.
    pub address: String,
    /// When it was registered.
    pub created_date_time: Timestamp,
}

impl Record for EmailMethod {
    const TABLE: &'static Table = &tables::EMAIL_METHODS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// A user's codes for the day on which everything else is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCodeSet {
    /// Object identifier of the user.
    pub id: String,
    /// Keyed digests of the codes that were not used yet.
    pub digests: Vec<String>,
    /// When they were made.
    pub created_date_time: Timestamp,
}

impl Record for RecoveryCodeSet {
    const TABLE: &'static Table = &tables::RECOVERY_CODES;
    fn id(&self) -> &str {
        &self.id
    }
}

/// A code that was mailed and waits to be typed. The page holds a random token; only its digest is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmailChallenge {
    /// SHA-256 of the token, hexadecimal.
    pub id: String,
    /// Whose: object identifier of the user, or the name nobody has.
    pub account: String,
    /// Where it was sent to; empty if nowhere.
    pub address: String,
    /// Keyed digest of the code.
    pub digest: String,
    /// Wrong codes so far.
    pub failures: u32,
    /// When it is good no longer.
    pub expires_date_time: Timestamp,
}

impl Record for EmailChallenge {
    const TABLE: &'static Table = &tables::EMAIL_CHALLENGES;
    fn id(&self) -> &str {
        &self.id
    }
}

/// How somebody who has forgotten the password proves that it is he.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ResetProof {
    /// A code that was mailed.
    Email,
    /// A code of an authenticator app.
    SoftwareOath,
    /// A recovery code.
    RecoveryCode,
}

/// Somebody who has forgotten the password, or says so. The page holds a random token; only its digest is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordReset {
    /// SHA-256 of the token, hexadecimal.
    pub id: String,
    /// Object identifier of the user, or the name nobody has.
    pub account: String,
    /// Whether it began at a network the user has signed in from.
    pub is_familiar: bool,
    /// Token of the [`EmailChallenge`].
    pub challenge: String,
    /// How many proofs are needed.
    pub required: usize,
    /// The kinds that count.
    #[serde(default)]
    pub counting: Vec<ResetProof>,
    /// What was proven so far.
    pub proofs: Vec<ResetProof>,
    /// Attempts so far that were not enough.
    pub failures: u32,
    /// When it is over.
    pub expires_date_time: Timestamp,
}

impl Record for PasswordReset {
    const TABLE: &'static Table = &tables::PASSWORD_RESETS;
    fn id(&self) -> &str {
        &self.id
    }
}
