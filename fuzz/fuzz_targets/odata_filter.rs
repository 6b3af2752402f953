//! A filter is read or refused, and what was read prints to the same again.
#![no_main]
use libfuzzer_sys::fuzz_target;
use riskgate_model::{GraphType, RiskDetection};

fuzz_target!(|text: &str| {
    if let Ok(expression) = riskgate_odata::parse_filter(text) {
        let printed = expression.to_string();
        assert_eq!(riskgate_odata::parse_filter(&printed).map(|again| again.to_string()).ok(), Some(printed));
    }
    if let Ok(filter) = riskgate_odata::read_filter(text, RiskDetection::TYPE, &[]) {
        filter.matches(&serde_json::json!({"riskLevel": "high", "userId": null, "location": {"city": "x"}}));
    }
});
