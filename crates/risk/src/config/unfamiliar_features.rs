use serde::{Deserialize, Serialize};

/// Settings of `unfamiliarFeatures`: from which score on it is what level, when a user is known well enough, and how much
/// each group of features counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct UnfamiliarFeaturesConfig {
    /// Whether it is a detection at all. The score is computed all the same.
    pub is_enabled: bool,
    /// Score in log-odds from which on it is low.
    pub low: f64,
    /// The same for medium.
    pub medium: f64,
    /// The same for high.
    pub high: f64,
    /// Days of learning before it can be found, if there were enough sign-ins.
    pub learning_days: u32,
    /// Sign-ins that are enough.
    pub learning_sign_ins: u64,
    /// Days after which learning ends with fewer sign-ins.
    pub longest_learning_days: u32,
    /// Days of absence after which the user is learned again.
    pub absence_days: u32,
    /// Users with a prefix from which on a network is familiar to the tenant, so that it speaks against nobody; at least one
    /// in two hundred of all users as well, and never a virtual private network.
    pub tenant_familiar_users: u64,
    /// How much each group of features counts.
    pub weights: TermWeights,
}

impl Default for UnfamiliarFeaturesConfig {
    fn default() -> Self {
        Self {
            is_enabled: true,
            low: 4.0,
            medium: 6.0,
            high: 9.0,
            learning_days: 5,
            learning_sign_ins: 10,
            longest_learning_days: 30,
            absence_days: 60,
            tenant_familiar_users: 5,
            weights: TermWeights::default(),
        }
    }
}

/// Weights of the groups of features; 0 switches one off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TermWeights {
    /// Address, prefix, network owner, country.
    pub network: f64,
    /// The place, where the address is new.
    pub place: f64,
    /// Browser and operating system.
    pub device: f64,
    /// The version of a known browser.
    pub browser_version: f64,
    /// The device cookie.
    pub device_cookie: f64,
    /// The hour of the day.
    pub hour_of_day: f64,
    /// The client application.
    pub client_application: f64,
    /// Anonymizers, hosting and relays.
    pub egress: f64,
    /// How often the user signs in.
    pub user: f64,
}

impl Default for TermWeights {
    fn default() -> Self {
        Self {
            network: 1.0,
            place: 1.0,
            device: 0.6,
            browser_version: 0.6,
            device_cookie: 1.0,
            hour_of_day: 1.6,
            client_application: 1.0,
            egress: 1.0,
            user: 1.0,
        }
    }
}
