//! Every list format reads or refuses any bytes.
#![no_main]
use libfuzzer_sys::fuzz_target;
use riskgate_intel::parse::*;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let _ = parse_tor_bulk_list(bytes, &limits);
    let _ = parse_tor_exit_addresses(bytes, &limits);
    let _ = parse_cidr_list(bytes, &limits);
    let _ = parse_private_relay(bytes, &limits);
    let _ = parse_firehol(bytes, &limits);
    let _ = parse_spamhaus_drop(bytes, &limits);
    let _ = parse_onionoo(bytes, &limits);
    let _ = parse_misp_event(bytes, &limits);
    let _ = parse_misp_warning_list(bytes, &limits);
    let _ = parse_places(bytes, &limits);
});
