//! A query string is read or refused.
#![no_main]
use libfuzzer_sys::fuzz_target;
use riskgate_model::{GraphType, SignIn};
use riskgate_odata::{OptionRules, parse_options};

fuzz_target!(|text: &str| {
    let _ = parse_options(text, &OptionRules { resource: SignIn::TYPE, derived: &[], max_top: 1000 });
});
