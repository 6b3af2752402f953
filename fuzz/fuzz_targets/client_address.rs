//! Forwarding headers and user agents of any shape.
#![no_main]
use libfuzzer_sys::fuzz_target;
use riskgate_http::{TrustedProxies, client_address};

fuzz_target!(|text: &str| {
    let mut headers = http::HeaderMap::new();
    if let Ok(value) = http::HeaderValue::from_str(text) {
        headers.insert("forwarded", value.clone());
        headers.insert("x-forwarded-for", value);
    }
    let trusted = TrustedProxies(vec!["127.0.0.0/8".parse().unwrap()]);
    client_address(([127, 0, 0, 1], 1).into(), &headers, &trusted);
    riskgate_intel::read_user_agent(Some(text));
});
