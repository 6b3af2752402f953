//! Every reader of list files, given anything at all.

use ipnet::IpNet;
use proptest::prelude::*;
use riskgate_intel::parse::{
    Limits, ListEntry, ParseError, Parsed, parse_cidr_list, parse_firehol, parse_misp_event,
    parse_misp_warning_list, parse_onionoo, parse_places, parse_prefix, parse_private_relay,
    parse_spamhaus_drop, parse_tor_bulk_list, parse_tor_exit_addresses,
};

type ListParser = fn(&[u8], &Limits) -> Result<Parsed<ListEntry>, ParseError>;

const LISTS: [ListParser; 9] = [
    parse_tor_bulk_list,
    parse_tor_exit_addresses,
    parse_cidr_list,
    parse_private_relay,
    parse_firehol,
    parse_spamhaus_drop,
    parse_onionoo,
    parse_misp_event,
    parse_misp_warning_list,
];

/// Sound files of the formats that are more than lines of addresses.
const FILES: [&str; 5] = [
    include_str!("../data/onionoo-details.json"),
    include_str!("../data/firehol.netset"),
    include_str!("../data/spamhaus-drop.json"),
    include_str!("../data/misp-event.json"),
    include_str!("../data/misp-warning-list.json"),
];

/// Lines that are nearly right, so that the readers get past their first test.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9.]{1,15}(/[0-9]{0,3})?",
        "[0-9a-f:]{1,20}(/[0-9]{0,3})?",
        "ExitAddress [0-9.]{7,15} 20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9:]{8}",
        "(ExitNode|Published|LastStatus) .{0,45}",
        "[0-9./]{1,18},[A-Z]{0,3},.{0,8},.{0,8},[-0-9.]{0,6},[-0-9.]{0,6},.{0,4}",
        "[#;].{0,20}",
        ".{0,40}",
    ]
}

proptest! {
    #[test]
    fn no_bytes_bring_a_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        for parse in LISTS {
            let _ = parse(&bytes, &Limits::default());
        }
        let _ = parse_places(&bytes, &Limits::default());
    }

    /// A sound file with bytes changed, left out and repeated gets past the first tests of its reader.
    #[test]
    fn no_damage_brings_a_reader_down(
        file in 0..FILES.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = FILES[file].as_bytes().to_vec();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            for parse in LISTS {
                if let Ok(parsed) = parse(bytes, &Limits::default()) {
                    prop_assert!(!parsed.entries.is_empty());
                }
            }
        }
    }

    #[test]
    fn what_is_accepted_is_within_bounds_and_counted(lines in proptest::collection::vec(line(), 0..60)) {
        let text = lines.join("\n");
        let limits = Limits { max_bad_percent: 100, ..Limits::default() };
        for parse in LISTS {
            if let Ok(parsed) = parse(text.as_bytes(), &limits) {
                prop_assert!(!parsed.entries.is_empty());
                prop_assert!(parsed.entries.len() + parsed.bad_lines <= text.split('\n').count());
                prop_assert_eq!(parsed.bad_lines > 0, parsed.first_bad.is_some());
                for entry in parsed.entries {
                    let shortest = if matches!(entry.network, IpNet::V4(_)) { 8 } else { 16 };
                    prop_assert!(entry.network.prefix_len() >= shortest);
                    prop_assert_eq!(entry.network, entry.network.trunc());
                }
            }
        }
        let _ = parse_places(text.as_bytes(), &limits);
    }

    #[test]
    fn a_written_prefix_is_read_back(bits in any::<u32>(), length in 8u8..=32) {
        let network = IpNet::new(std::net::Ipv4Addr::from(bits).into(), length).unwrap();
        prop_assert_eq!(parse_prefix(&network.to_string()).unwrap(), network.trunc());
    }

    /// One bad line more than 5 % and the file is refused, at 5 % it is accepted.
    #[test]
    fn the_share_of_bad_lines_decides(bad in 1usize..20) {
        let file = |good: usize| {
            let mut text: String = (0..good).map(|n| format!("2.26.{}.{}\n", n / 256, n % 256)).collect();
            text.push_str(&"<p>\n".repeat(bad));
            parse_cidr_list(text.as_bytes(), &Limits::default())
        };
        prop_assert_eq!(file(bad * 19).unwrap().bad_lines, bad);
        let refused = matches!(file(bad * 19 - 1), Err(ParseError::Lying { .. }));
        prop_assert!(refused);
    }
}
