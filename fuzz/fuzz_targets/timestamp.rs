//! A date-time that is read writes to what reads the same.
#![no_main]
use libfuzzer_sys::fuzz_target;
use riskgate_core::Timestamp;

fuzz_target!(|text: &str| {
    if let Ok(moment) = text.parse::<Timestamp>() {
        assert_eq!(moment.to_string().parse::<Timestamp>(), Ok(moment));
    }
});
