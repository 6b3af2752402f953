//! §3.5: network.

use riskgate_model::SignInFacts;
use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

fn from(address: &str) -> SignInFacts {
    facts_with(|f| f.network.ip_address = address.parse().unwrap())
}

fn in_country(country: &str) -> SignInFacts {
    facts_with(|f| set_country(f, country))
}

fn include(ids: &[&str]) -> Value {
    json!({"locations": {"includeLocations": ids}})
}

fn all_but(ids: &[&str]) -> Value {
    json!({"locations": {"includeLocations": ["All"], "excludeLocations": ids}})
}

pub fn cases() -> Vec<Case> {
    let nowhere = facts;
    let mfa_trusted_ips = "00000000-0000-0000-0000-000000000000";
    vec![
        applies("§3.5 All is anywhere", nowhere(), include(&["All"])),
        applies("§3.5 All is a word in any case", nowhere(), include(&["all"])),
        passes_over("§3.5 All excluded is nowhere", nowhere(), all_but(&["All"])),
        applies("§3.1.3 Locations that are not configured are all", nowhere(), json!({"locations": null})),
        applies("§3.5 In an IPv4 network, host bits set", from("192.0.2.255"), include(&[OFFICE])),
        passes_over("§3.5 Beside an IPv4 network", from("192.0.3.0"), include(&[OFFICE])),
        applies(
            "§3.5 An IPv4 address written as IPv6 is the same",
            from("::ffff:192.0.2.1"),
            include(&[OFFICE]),
        ),
        applies(
            "§3.5 The id of a location in capitals is the same",
            from("192.0.2.1"),
            include(&[&OFFICE.to_uppercase()]),
        ),
        applies("§3.5 First address of a range", from("198.51.100.10"), include(&[BRANCH])),
        applies("§3.5 Last address of a range", from("198.51.100.20"), include(&[BRANCH])),
        passes_over("§3.5 Before a range", from("198.51.100.9"), include(&[BRANCH])),
        passes_over("§3.5 After a range", from("198.51.100.21"), include(&[BRANCH])),
        applies("§3.5 In an IPv6 range", from("2001:db8:1::b"), include(&[LABORATORY])),
        passes_over("§3.5 After an IPv6 range", from("2001:db8:1::c"), include(&[LABORATORY])),
        applies("§3.5 In an IPv6 network", from("2001:db8:2:ffff::1"), include(&[WAREHOUSE])),
        passes_over("§3.5 Beside an IPv6 network", from("2001:db8:3::"), include(&[WAREHOUSE])),
        applies("§3.1.3 Locations are ORed", from("198.51.100.15"), include(&[OFFICE, BRANCH])),
        applies("§3.5 AllTrusted is every trusted location", from("192.0.2.1"), include(&["AllTrusted"])),
        applies("§3.5 AllTrusted is the other one too", from("2001:db8:1::a"), include(&["AllTrusted"])),
        passes_over(
            "§3.5 AllTrusted is no location that is not trusted",
            from("198.51.100.15"),
            include(&["AllTrusted"]),
        ),
        passes_over("§3.5 All but trusted: in the office", from("192.0.2.1"), all_but(&["AllTrusted"])),
        applies("§3.5 All but trusted: in the branch", from("198.51.100.15"), all_but(&["AllTrusted"])),
        passes_over("§3.1.3 An excluded location is out", from("192.0.2.1"), all_but(&[OFFICE])),
        applies("§3.1.3 Other places are not", from("198.51.100.15"), all_but(&[OFFICE])),
        passes_over(
            "§3.1.3 Excluded outweighs included",
            from("192.0.2.1"),
            json!({"locations": {"includeLocations": [OFFICE], "excludeLocations": [OFFICE]}}),
        ),
        applies("§3.5 In a country", in_country("NO"), include(&[COUNTRY])),
        applies("§3.5 The code of a country in any case", in_country("no"), include(&[COUNTRY])),
        passes_over("§3.5 In another country", in_country("SE"), include(&[COUNTRY])),
        passes_over("§3.5 An excluded country is out", in_country("NO"), all_but(&[COUNTRY])),
        applies("§3.5 Another country is not", in_country("SE"), all_but(&[COUNTRY])),
        applies("§3.5 Unknown countries may be included", nowhere(), include(&[COUNTRY_OR_UNKNOWN])),
        applies("§3.5 An empty country is unknown", in_country(""), include(&[COUNTRY_OR_UNKNOWN])),
        passes_over("§3.5 Unknown countries may be excluded", nowhere(), all_but(&[COUNTRY_OR_UNKNOWN])),
        passes_over("§3.5 A known country is not unknown", in_country("SE"), include(&[COUNTRY_OR_UNKNOWN])),
        applies("§3.2 An unknown country counts as included", nowhere(), include(&[COUNTRY])),
        applies("§3.2 An unknown country counts as not excluded", nowhere(), all_but(&[COUNTRY])),
        applies(
            "§3.5 Nobody knows where the telephone is: included",
            in_country("SE"),
            include(&[COUNTRY_BY_GPS]),
        ),
        applies(
            "§3.5 Nobody knows where the telephone is: not excluded",
            in_country("NO"),
            all_but(&[COUNTRY_BY_GPS]),
        ),
        applies(
            "§3.2 A location that does not exist counts as included",
            in_country("SE"),
            include(&[MISSING]),
        ),
        applies(
            "§3.2 A location that does not exist counts as not excluded",
            in_country("SE"),
            all_but(&[MISSING]),
        ),
        applies(
            "Contract §1.2.1 The MFA trusted addresses do not exist",
            in_country("SE"),
            all_but(&[mfa_trusted_ips]),
        ),
        applies("§3.1.3 No included location is all locations", nowhere(), include(&[])),
        applies("§3.5 In the part of a location that can be read", from("203.0.113.7"), include(&[BROKEN])),
        applies(
            "§3.2 A location of which a part cannot be read counts as included",
            from("192.0.2.1"),
            include(&[BROKEN]),
        ),
        applies("§3.2 And as not excluded", from("192.0.2.1"), all_but(&[BROKEN])),
        passes_over(
            "§3.1.3 Excluded is excluded although another is not known",
            from("192.0.2.1"),
            all_but(&[MISSING, OFFICE]),
        ),
    ]
}
