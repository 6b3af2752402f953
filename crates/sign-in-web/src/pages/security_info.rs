//! The pages of `/security-info`.

use askama::Template;

use super::RecoveryRows;
use crate::texts::filters;

#[derive(Template)]
#[template(path = "security_info.html")]
pub(crate) struct SecurityInfoPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) password_changed: &'a str,
    pub(crate) methods: &'a [MethodRow],
    pub(crate) recovery: RecoveryRows,
    /// Whether a passkey can be added.
    pub(crate) has_passkeys: bool,
    /// Whether an authenticator app can be added.
    pub(crate) has_apps: bool,
    /// Whether a phone can be added.
    pub(crate) has_phones: bool,
    pub(crate) anti_forgery: &'a str,
    pub(crate) notice: Option<&'a str>,
}

/// A registered method as the page shows it.
pub(crate) struct MethodRow {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    /// Whether it may be used.
    pub(crate) is_permitted: bool,
    /// Empty for one without a name.
    pub(crate) name: String,
    pub(crate) added: String,
}

#[derive(Template)]
#[template(path = "new_passkey.html")]
pub(crate) struct NewPasskeyPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) anti_forgery: &'a str,
    /// Options of the challenge, for the browser; empty if there can be no more.
    pub(crate) options: &'a str,
    /// The challenge, sealed.
    pub(crate) pending: &'a str,
    pub(crate) name: &'a str,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "device.html")]
pub(crate) struct DevicePage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) devices: &'a [DeviceRow],
    /// Whether this browser is one of them.
    pub(crate) is_registered: bool,
    pub(crate) anti_forgery: &'a str,
    pub(crate) notice: Option<&'a str>,
}

/// A device as the page shows it.
pub(crate) struct DeviceRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) added: String,
    /// What it is worth at the moment.
    pub(crate) state: &'static str,
    /// Whether it is this browser.
    pub(crate) is_this: bool,
}
