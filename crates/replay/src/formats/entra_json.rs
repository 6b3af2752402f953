use std::io::Read;

use riskgate_core::Timestamp;
use riskgate_model::{
    ApplicationFacts, AuthenticationFacts, ClientAppType, ClientFacts, NetworkFacts, SignInFacts,
    SignInLocation, UserFacts,
};
use riskgate_risk::FirstFactor;
use serde::Deserialize;
use serde_json::Value;

use super::json_items::Items;
use super::major;
use crate::{RecordedSignIn, ReplayError};

/// The sign-ins of a recording.
pub(super) fn sign_ins<'a>(
    reader: impl Read + 'a,
) -> impl Iterator<Item = Result<RecordedSignIn, ReplayError>> + 'a {
    Items::new(reader).enumerate().map(|(index, item)| sign_in(&format!("entry {}", index + 1), item?))
}

/// The properties of Graph's `signIn` that are used; others are passed over.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: Option<String>,
    created_date_time: Option<String>,
    user_id: Option<String>,
    user_principal_name: Option<String>,
    app_id: Option<String>,
    client_app_used: Option<String>,
    user_agent: Option<String>,
    ip_address: Option<String>,
    location: Option<SignInLocation>,
    device_detail: Option<DeviceDetail>,
    status: Option<Status>,
    autonomous_system_number: Option<u32>,
    /// What Riskgate keeps with a sign-in of its own.
    #[serde(rename = "@riskgate.evidence")]
    evidence: Option<Evidence>,
}

/// The facts a sign-in was judged by.
#[derive(Deserialize)]
struct Evidence {
    facts: SignInFacts,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeviceDetail {
    browser: Option<String>,
    operating_system: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    error_code: Option<i64>,
}

fn sign_in(place: &str, item: Value) -> Result<RecordedSignIn, ReplayError> {
    // Diagnostic settings wrap each sign-in.
    let item = match item {
        Value::Object(mut wrapper) if wrapper.get("properties").is_some_and(Value::is_object) => {
            wrapper.remove("properties").unwrap_or_default()
        }
        item => item,
    };
    let entry: Entry = serde_json::from_value(item)
        .map_err(|error| ReplayError::Malformed { place: place.to_owned(), reason: error.to_string() })?;
    let index = entry.id.clone().unwrap_or_else(|| place.trim_start_matches("entry ").to_owned());
    let code = entry.status.as_ref().and_then(|status| status.error_code).unwrap_or(0);
    let facts = match entry.evidence {
        Some(evidence) => evidence.facts,
        None => facts(place, entry)?,
    };
    Ok(RecordedSignIn { index, first_factor: first_factor(code), is_success: code == 0, facts })
}

/// Codes of the sign-in log; one that is neither was given after a first factor that was right.
fn first_factor(code: i64) -> FirstFactor {
    match code {
        50_053 | 50_056 | 50_064 | 50_126 => FirstFactor::Wrong,
        50_034 | 51_004 => FirstFactor::UnknownUser,
        _ => FirstFactor::Right,
    }
}

/// What the properties of a sign-in tell.
fn facts(place: &str, entry: Entry) -> Result<SignInFacts, ReplayError> {
    let missing = |name| ReplayError::missing(place, name);
    let user = entry.user_id.filter(|id| !id.is_empty()).or(entry.user_principal_name);
    let user = user.filter(|user| !user.is_empty()).ok_or_else(|| missing("userId"))?;
    let at = entry.created_date_time.ok_or_else(|| missing("createdDateTime"))?;
    let address = entry.ip_address.ok_or_else(|| missing("ipAddress"))?;
    let at: Timestamp =
        at.parse().map_err(|_| ReplayError::invalid(place, "createdDateTime", &at, "a time of RFC 3339"))?;
    let ip_address = address
        .parse()
        .map_err(|_| ReplayError::invalid(place, "ipAddress", &address, "an IPv4 or IPv6 address"))?;
    let kind = client_app_type(entry.client_app_used.as_deref());
    let device = entry.device_detail;
    let (browser, operating_system) =
        device.map_or((None, None), |device| (device.browser, device.operating_system));
    Ok(SignInFacts {
        at,
        user: UserFacts::new(user),
        application: ApplicationFacts::new(entry.app_id.unwrap_or_default(), kind),
        client: ClientFacts {
            is_browser: kind == ClientAppType::Browser,
            browser: browser.filter(|name| !name.is_empty()).map(|name| major(&name)),
            operating_system: operating_system.filter(|name| !name.is_empty()),
            user_agent: entry.user_agent,
            ..ClientFacts::default()
        },
        network: NetworkFacts {
            location: entry.location.map(with_upper_case_country),
            autonomous_system_number: entry.autonomous_system_number,
            ..NetworkFacts::unknown(ip_address)
        },
        device: None,
        authentication: AuthenticationFacts::default(),
    })
}

fn with_upper_case_country(location: SignInLocation) -> SignInLocation {
    let country = location.country_or_region.map(|country| country.to_uppercase());
    SignInLocation { country_or_region: country.filter(|country| !country.is_empty()), ..location }
}

fn client_app_type(used: Option<&str>) -> ClientAppType {
    match used {
        Some("Browser") | None => ClientAppType::Browser,
        Some("Mobile Apps and Desktop clients") => ClientAppType::MobileAppsAndDesktopClients,
        Some(_) => ClientAppType::Other,
    }
}
