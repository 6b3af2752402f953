//! `[risk]`. The engine writes the names of its settings in camel case, as they are stored with each sign-in; a configuration
//! file writes all names with underscores.

use riskgate_risk::{RiskConfig, setting_name};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value as Json;

pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RiskConfig, D::Error> {
    let settings = renamed(Json::deserialize(deserializer)?, &in_camel_case);
    serde_json::from_value(settings).map_err(de::Error::custom)
}

/// The settings as a configuration file would have them.
pub(crate) fn written(config: &RiskConfig) -> Json {
    renamed(serde_json::to_value(config).unwrap_or_default(), &setting_name)
}

fn renamed(value: Json, rename: &impl Fn(&str) -> String) -> Json {
    let Json::Object(members) = value else { return value };
    members.into_iter().map(|(name, value)| (rename(&name), renamed(value, rename))).collect()
}

fn in_camel_case(name: &str) -> String {
    let mut parts = name.split('_');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        camel.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(letters.as_str());
    }
    camel
}

#[cfg(test)]
mod tests {
    use riskgate_risk::{ACTIVITIES, detections};

    use super::*;

    #[test]
    fn every_setting_can_be_written_and_read_back() {
        let written = written(&RiskConfig::default());
        assert_eq!(written["anonymized_ip_address"]["tor"], "medium");
        assert_eq!(read(written).unwrap(), RiskConfig::default());
    }

    #[test]
    fn every_setting_in_the_documentation_exists_with_its_default() {
        let written = written(&RiskConfig::default());
        let of_sign_ins = detections::ALL.iter().map(|known| (known.risk_event_type, known.settings));
        let of_activities = ACTIVITIES.iter().map(|known| (known.risk_event_type, known.settings));
        for (risk_event_type, settings) in of_sign_ins.chain(of_activities) {
            for (key, default, _) in settings {
                let path = format!("/{}", setting_name(key).replace('.', "/"));
                let told = match written.pointer(&path) {
                    Some(Json::String(text)) => text.clone(),
                    Some(Json::Number(number)) => number.as_f64().unwrap().to_string(),
                    Some(value) => value.to_string(),
                    None => panic!("{risk_event_type} documents risk.{key}, which is no setting"),
                };
                assert_eq!(told, *default, "{risk_event_type}: {key}");
            }
        }
    }

    #[test]
    fn what_is_no_setting_is_refused() {
        let error = read(serde_json::json!({ "anonymized_ip_address": { "onion": "low" } })).unwrap_err();
        assert!(error.to_string().contains("unknown field `onion`"), "{error}");
    }
}
