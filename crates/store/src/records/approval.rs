use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// What is kept of a phone that approves sign-ins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalPhone {
    /// Public key on P-256 that its answers are verified with: an uncompressed point, base64url.
    pub public_key: String,
    /// How it is woken, sealed with the master key, base64; `None` for one that nobody wakes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_push: Option<String>,
}

/// A code with which one phone can be registered. The page shows a random token; only its digest is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PhonePairing {
    /// SHA-256 of the token, hexadecimal.
    pub id: String,
    /// Object identifier of the user.
    pub user_id: String,
    /// When it was made, which is when the person had just proven himself.
    pub created_date_time: Timestamp,
    /// When it is good no longer.
    pub expires_date_time: Timestamp,
}

impl Record for PhonePairing {
    const TABLE: &'static Table = &tables::PHONE_PAIRINGS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// The sign-ins a user was asked to approve lately. They are one row, so that they are counted and answered one after the
/// other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalRequests {
    /// Object identifier of the user.
    pub id: String,
    /// The requests, oldest first.
    pub requests: Vec<ApprovalRequest>,
    /// When nothing of it matters any more.
    pub expires_date_time: Timestamp,
}

impl Record for ApprovalRequests {
    const TABLE: &'static Table = &tables::APPROVAL_REQUESTS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// A sign-in somebody was asked to approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalRequest {
    /// What it is known by; random.
    pub id: String,
    /// The [`crate::records::Interaction`] that waits for it.
    pub interaction_id: String,
    /// The sign-in.
    pub sign_in_id: String,
    /// What the page of the sign-in shows, and the phone must be told; two digits.
    pub number: String,
    /// What the phone shows.
    pub shown: ShownSignIn,
    /// Whether it came from a network the user has signed in from.
    pub is_familiar: bool,
    /// When it was asked.
    pub created_date_time: Timestamp,
    /// Until when it can be answered.
    pub expires_date_time: Timestamp,
    /// What became of it.
    pub state: ApprovalState,
    /// Identifier of the phone that answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_id: Option<String>,
}

/// A sign-in as its owner reads it on the phone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownSignIn {
    /// Name of the application.
    pub application: String,
    /// Where it came from, by name; empty if that is not known.
    pub place: String,
    /// Address it came from.
    pub address: String,
    /// Browser and operating system, as they say themselves.
    pub device: String,
}

/// What became of a request to approve a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ApprovalState {
    /// Nobody has answered.
    Waiting,
    /// The right number was entered.
    Approved,
    /// The sign-in went on with it.
    Used,
    /// It was turned down.
    Denied,
    /// It was turned down, and reported.
    Reported,
    /// Another number was entered.
    WrongNumber,
}
