//! A skip token is read or refused, and what was read writes to the same.
#![no_main]
use libfuzzer_sys::fuzz_target;
use riskgate_odata::SkipToken;

fuzz_target!(|text: &str| {
    if let Ok(token) = SkipToken::decode(text) {
        assert!(SkipToken::decode(&token.encode()).is_ok());
    }
});
