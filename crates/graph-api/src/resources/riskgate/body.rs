use std::net::IpAddr;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::RiskLevel;
use riskgate_protection::ExternalSignal;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::call::Call;
use crate::error::GraphError;

const LONGEST_EXTERNAL_ID: usize = 128;
/// Bytes of `additionalInfo`.
const LONGEST_INFO: usize = 4_096;
const OLDEST: Duration = Duration::from_secs(30 * 86_400);
/// How far clocks may differ.
const AHEAD: Duration = Duration::from_secs(300);

/// The properties of a signal that do not say whose it is, named as in a detection.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Signal {
    external_id: String,
    risk_event_type: String,
    risk_level: RiskLevel,
    activity_date_time: Option<Timestamp>,
    ip_address: Option<String>,
    additional_info: Option<String>,
}

impl Signal {
    /// The signal, if every property is one that can be.
    ///
    /// # Errors
    /// 400 that names the property.
    pub(super) fn checked(self, call: &Call, kinds: &[&str]) -> Result<ExternalSignal, GraphError> {
        let now = call.context.at;
        let wrong = |message: String| Err(call.area.bad_request(message));
        let id_is_fine = |id: &str| {
            (1..=LONGEST_EXTERNAL_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if !id_is_fine(&self.external_id) {
            return wrong(format!(
                "'externalId' must have from 1 to {LONGEST_EXTERNAL_ID} printable ASCII characters and no spaces."
            ));
        }
        if !kinds.contains(&self.risk_event_type.as_str()) {
            return wrong(format!("'riskEventType' must be one of: {}.", kinds.join(", ")));
        }
        if !matches!(self.risk_level, RiskLevel::Low | RiskLevel::Medium | RiskLevel::High) {
            return wrong("'riskLevel' must be low, medium or high.".to_owned());
        }
        let activity_at = self.activity_date_time.unwrap_or(now);
        if activity_at > now + AHEAD || activity_at < now - OLDEST {
            return wrong("'activityDateTime' must be within the last 30 days.".to_owned());
        }
        let address = match self.ip_address.as_deref().map(str::parse::<IpAddr>) {
            None => None,
            Some(Ok(address)) => Some(address.to_canonical()),
            Some(Err(_)) => return wrong("'ipAddress' must be an IPv4 or IPv6 address.".to_owned()),
        };
        let additional_info = match additional_info(self.additional_info.as_deref()) {
            Ok(info) => info,
            Err(problem) => return wrong(problem),
        };
        Ok(ExternalSignal {
            external_id: self.external_id,
            is_shared: false,
            risk_event_type: self.risk_event_type,
            risk_level: self.risk_level,
            activity_at,
            address,
            additional_info,
            key_ids: Vec::new(),
        })
    }
}

/// The text as Graph has it, written anew.
fn additional_info(text: Option<&str>) -> Result<String, String> {
    let Some(text) = text else { return Ok("[]".to_owned()) };
    let problem = || {
        format!(
            "'additionalInfo' must be JSON text of at most {LONGEST_INFO} bytes: an array of objects with 'Key', a string, \
             and 'Value'."
        )
    };
    if text.len() > LONGEST_INFO {
        return Err(problem());
    }
    let items: Vec<Json> = serde_json::from_str(text).map_err(|_| problem())?;
    let pair = |item: &Json| {
        let object = item.as_object().filter(|object| object.len() == 2)?;
        Some(json!({"Key": object.get("Key")?.as_str()?, "Value": object.get("Value")?}))
    };
    let pairs: Option<Vec<Json>> = items.iter().map(pair).collect();
    pairs.map(|pairs| Json::Array(pairs).to_string()).ok_or_else(problem)
}
