//! What is read from recordings, and what is said about those that cannot be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use riskgate_model::ClientAppType;
use riskgate_replay::{Format, RecordedSignIn, read};
use riskgate_risk::FirstFactor;

fn all(format: Format, text: &str) -> Result<Vec<RecordedSignIn>, String> {
    read(format, text.as_bytes()).collect::<Result<_, _>>().map_err(|error| error.to_string())
}

const RBA: &str = include_str!("data/rba.csv");
const GRAPH: &str = include_str!("data/graph.json");

#[test]
fn rows_of_the_public_data_set_are_read() {
    let rows = all(Format::RbaCsv, RBA).unwrap();
    let [failed, first, second] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((failed.index.as_str(), failed.is_success), ("0", false));
    assert_eq!(failed.first_factor, FirstFactor::UnknownUser, "names that do not exist are one user");
    assert_eq!(failed.facts.at, "2020-02-03T12:43:30.772Z".parse().unwrap());
    assert_eq!(failed.facts.user.id, "-4324475583306591935");
    assert_eq!(failed.facts.client.browser.as_deref(), Some("Firefox 20"));
    assert_eq!(failed.facts.client.operating_system.as_deref(), Some("iOS 13"));
    let place = failed.facts.network.location.as_ref().unwrap();
    assert_eq!(
        (place.country_or_region.as_deref(), place.city.as_deref()),
        (Some("NO"), None),
        "'-' is unknown"
    );
    assert!(first.is_success && second.is_success);
    assert_eq!(first.facts.network.location.as_ref().unwrap().city.as_deref(), Some("Sydney"));
    assert_eq!(first.facts.client.browser.as_deref(), Some("Chrome Mobile 46"));
    assert!(first.facts.client.user_agent.as_deref().unwrap().ends_with(", test"), "a comma in quotes");
    assert_eq!(second.facts.network.autonomous_system_number, Some(60117));
    assert!(second.facts.network.ip_address.is_ipv6());
}

#[test]
fn columns_may_come_in_any_order_and_others_may_be_there() {
    let text = "ASN,Login Successful,extra,index,Login Timestamp,User ID,IP Address,Country,Region,City,\
        Browser Name and Version,OS Name and Version\n,1,x,7,2020-02-03 12:43:30,u,192.0.2.1,NO,,,,\n";
    let rows = all(Format::RbaCsv, text).unwrap();
    assert_eq!((rows[0].index.as_str(), rows[0].facts.network.autonomous_system_number), ("7", None));
    assert_eq!(rows[0].facts.client.browser, None);
}

#[test]
fn what_is_wrong_with_a_row_is_told_with_its_line() {
    let header = RBA.lines().next().unwrap();
    let row = |change: (&str, &str)| {
        let good = "5,2020-02-03 12:43:43,17,,192.0.2.1,AU,-,-,60117,test,Chrome 46,Android 4,mobile,True,False,False";
        all(Format::RbaCsv, &format!("{header}\n{}\n", good.replacen(change.0, change.1, 1))).unwrap_err()
    };
    for (change, expected) in [
        (("192.0.2.1", "192.0.2"), "line 2: 'IP Address' is \"192.0.2\"; expected an IPv4 or IPv6 address"),
        (("True", "yes"), "line 2: 'Login Successful' is \"yes\"; expected True or False"),
        (("60117", "x"), "line 2: 'ASN' is \"x\"; expected the number of an autonomous system"),
        (
            ("2020-02-03 12", "2020-02-30 12"),
            "line 2: 'Login Timestamp' is \"2020-02-30 12:43:43\"; expected a time such as 2020-02-03 12:43:30.772",
        ),
        ((",17,", ",,"), "line 2: there is no 'User ID'"),
        (
            (",AU,-,-,60117,test,Chrome 46,Android 4,mobile,True,False,False", ""),
            "line 2: there is no 'Country'",
        ),
    ] {
        assert_eq!(row(change), expected);
    }
    let missing = all(Format::RbaCsv, "index,User ID\n1,2\n").unwrap_err();
    assert_eq!(missing, "line 1: there is no 'Login Timestamp'");
    assert!(all(Format::RbaCsv, "").unwrap_err().contains("there is no 'index'"));
}

#[test]
fn nothing_is_read_behind_an_error() {
    let text = format!("{RBA}3,never,17\n4,never,17\n");
    let rows: Vec<_> = read(Format::RbaCsv, text.as_bytes()).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[3].is_err());
}

#[test]
fn sign_ins_of_graph_are_read() {
    let entries = all(Format::EntraJson, GRAPH).unwrap();
    let [failed, good] = &entries[..] else { panic!("{entries:?}") };
    assert_eq!((failed.index.as_str(), failed.is_success), ("8b1a2c34-1111-4222-8333-444455556666", false));
    assert_eq!(failed.facts.network.country(), Some("MD"));
    assert_eq!(failed.facts.client.browser.as_deref(), Some("Firefox 140"));
    assert_eq!(failed.facts.application.client_app_type, ClientAppType::Browser);
    assert_eq!((failed.first_factor, good.first_factor), (FirstFactor::Wrong, FirstFactor::Right));
    assert!(good.is_success);
    assert_eq!(good.facts.user.id, "ada@contoso.com", "the name where there is no identifier");
    assert_eq!(good.facts.application.client_app_type, ClientAppType::MobileAppsAndDesktopClients);
}

#[test]
fn our_own_sign_ins_carry_the_facts_they_were_judged_by() {
    let mut facts = riskgate_risk::detections::samples::facts_from("192.0.2.7");
    facts.network.anonymizer = Some(riskgate_model::AnonymizerKind::Tor);
    facts.user.id = "11111111-1111-4111-8111-111111111111".to_owned();
    let entry = serde_json::json!({
        "id": "one", "createdDateTime": "2026-11-23T09:00:00Z", "ipAddress": "203.0.113.9", "userId": "other",
        "status": { "errorCode": 53_003 }, "@riskgate.evidence": { "facts": facts, "assessment": {}, "software": "x" },
    });
    let entries = all(Format::EntraJson, &entry.to_string()).unwrap();
    assert_eq!(entries[0].facts, facts);
    assert_eq!(
        (entries[0].first_factor, entries[0].is_success),
        (FirstFactor::Right, false),
        "blocked by a policy"
    );
}

#[test]
fn exports_of_diagnostic_settings_are_read() {
    let array: serde_json::Value = serde_json::from_str(GRAPH).unwrap();
    let wrapped =
        |entry: &serde_json::Value| serde_json::json!({ "category": "SignInLogs", "properties": entry });
    let lines: Vec<_> =
        array["value"].as_array().unwrap().iter().map(|entry| wrapped(entry).to_string()).collect();
    assert_eq!(all(Format::EntraJson, &lines.join("\n")), all(Format::EntraJson, GRAPH));
}

#[test]
fn what_is_wrong_with_an_entry_is_told_with_its_number() {
    for (entry, expected) in [
        (
            r#"{"createdDateTime":"2026-11-23T09:00:00Z","ipAddress":"192.0.2.1"}"#,
            "entry 1: there is no 'userId'",
        ),
        (r#"{"userId":"u","ipAddress":"192.0.2.1"}"#, "entry 1: there is no 'createdDateTime'"),
        (r#"{"userId":"u","createdDateTime":"2026-11-23T09:00:00Z"}"#, "entry 1: there is no 'ipAddress'"),
        (
            r#"{"userId":"u","createdDateTime":"yesterday","ipAddress":"192.0.2.1"}"#,
            "entry 1: 'createdDateTime' is \"yesterday\"; expected a time of RFC 3339",
        ),
        (r#"{"userId":7}"#, "entry 1: invalid type: integer `7`, expected a string"),
    ] {
        assert_eq!(all(Format::EntraJson, entry).unwrap_err(), expected);
    }
}
