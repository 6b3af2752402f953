use std::collections::BTreeMap;

use riskgate_core::Timestamp;
use riskgate_model::GeoCoordinates;
use serde::{Deserialize, Serialize};

use crate::Feature;

/// What a sign-in is compared with. Small: only what is known about the values of this attempt, so that it can be stored
/// with the sign-in and the assessment computed again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RiskContext {
    /// The user's own earlier sign-ins.
    pub history: HistoryFacts,
    /// Those of everybody in the tenant.
    pub population: PopulationFacts,
    /// What happens at the same address and network just now.
    pub activity: ActivityFacts,
    /// The session that is used again; `None` where a new one begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionFacts>,
    /// Whether the address lies in a named location marked as trusted.
    pub is_trusted_location: bool,
}

/// What a user's history says about an attempt.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HistoryFacts {
    /// Sign-ins learned from since learning began.
    pub sign_ins: u64,
    /// The same with decay: what is long ago counts less.
    pub weight: f64,
    /// When learning began, or began again; `None` before the first sign-in.
    pub learning_since: Option<Timestamp>,
    /// The last sign-in that was learned from.
    pub last_sign_in_at: Option<Timestamp>,
    /// What the user did with the attempt's own values; a value never seen before has weight 0.
    pub values: BTreeMap<Feature, Seen>,
    /// Highest major version the user had of the browser family of the attempt.
    pub newest_version: Option<u32>,
    /// Device cookies the user is known by.
    pub device_cookies: u32,
    /// Where the user was lately, newest first.
    pub visits: Vec<Visit>,
}

/// How a user knows a value.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Seen {
    /// Decayed number of sign-ins with it.
    pub weight: f64,
    /// Days (universal time) with it.
    pub days: u32,
    /// First and last sign-in with it.
    pub first_at: Option<Timestamp>,
    /// See `first_at`.
    pub last_at: Option<Timestamp>,
    /// Different values of the feature the user is known to use.
    pub distinct: u32,
    /// Decayed number of sign-ins for which the feature had a value that was new then, whatever the value.
    pub new_values: f64,
    /// Decayed number of sign-ins with this value that were at a new spot within it: for a network owner, a prefix or a
    /// device with its network a new address; for a country a new network owner; for a device that was seen before no cookie.
    pub new_within: f64,
    /// The values used most, for a value that was never seen; at most three.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usual: Vec<String>,
}

/// A sign-in from a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// When.
    pub at: Timestamp,
    /// Where.
    pub point: GeoCoordinates,
    /// How far off it may be, in kilometres; `None` if the source does not say.
    pub accuracy_radius: Option<u32>,
    /// ISO 3166 two-letter country.
    pub country: Option<String>,
    /// City, for people to read.
    pub city: Option<String>,
    /// The address.
    pub address: String,
    /// The network owner.
    pub network_owner: Option<String>,
    /// The device cookie.
    pub device_cookie_id: Option<String>,
    /// Whether the address was a shared egress: anonymizer, relay, hosting.
    pub is_egress: bool,
}

/// What is known of an attempt's values over all users of the tenant.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PopulationFacts {
    /// Whether histories are still being read, so that the rest says less than there is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_incomplete: bool,
    /// Users with a history.
    pub users: u64,
    /// Decayed number of all their sign-ins.
    pub weight: f64,
    /// The attempt's own values.
    pub values: BTreeMap<Feature, Spread>,
}

/// How a tenant knows a value.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Spread {
    /// Decayed number of sign-ins with it.
    pub weight: f64,
    /// Users with it.
    pub users: u64,
    /// Different values of the feature that are known.
    pub distinct: u64,
}

/// What sliding windows count at the attempt's address, its networks, and for its password.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ActivityFacts {
    /// The address.
    pub address: Windows,
    /// Its /24 or /48.
    pub prefix: Windows,
    /// The network owner together with the program (browser family and operating system).
    pub network_owner_and_program: Windows,
    /// The password that was tried, by a keyed digest that tells nothing once the day is over.
    pub password: Windows,
    /// The browser, by its device cookie.
    pub browser: BrowserUse,
}

/// Who signed in with one browser within 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BrowserUse {
    /// Different users, the one of the attempt among them if it was counted; at most 16.
    pub users: u32,
    /// Different countries they came from.
    pub countries: u32,
}

/// How a session was used before, for a sign-in that continues it: a refresh, or a browser with a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionFacts {
    /// Where the session began.
    pub began: SessionUse,
    /// Where it was used in the last ten minutes, newest first; a few are enough.
    #[serde(default)]
    pub recent: Vec<SessionUse>,
}

/// One use of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionUse {
    /// When.
    pub at: Timestamp,
    /// The network owner, `AS64500`.
    pub network_owner: Option<String>,
    /// ISO 3166 two-letter country.
    pub country: Option<String>,
    /// Browser family with major version.
    pub browser: Option<String>,
    /// Operating system family.
    pub operating_system: Option<String>,
    /// Whether the address was a shared egress: anonymizer, relay, hosting.
    pub is_egress: bool,
}

/// The same counts over three lengths of time up to the attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Windows {
    /// The last ten minutes.
    pub ten_minutes: Counts,
    /// The last hour.
    pub hour: Counts,
    /// The last 24 hours.
    pub day: Counts,
}

/// Counts of first factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Counts {
    /// Wrong ones.
    pub failures: u64,
    /// Right ones.
    pub successes: u64,
    /// Different users with a wrong one, names that do not exist among them.
    pub failed_users: u64,
    /// Of those, names that do not exist.
    pub unknown_users: u64,
}
