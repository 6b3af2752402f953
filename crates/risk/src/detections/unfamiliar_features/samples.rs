use riskgate_model::{AnonymizerKind, GeoCoordinates, RiskLevel, SignInFacts, SignInLocation};

use crate::detections::Sample;
use crate::detections::samples::{DAY, after_start, facts_from};
use crate::{Features, Population, RiskContext, UserHistory};

/// Days the user of the samples was seen.
const DAYS: u64 = 30;

/// A sign-in from home, on a day counted from the first one.
pub(in crate::detections) fn at_home(day: u64) -> SignInFacts {
    let mut facts = facts_from("192.0.2.7");
    facts.at = after_start(day.saturating_mul(DAY));
    facts.client.browser = Some("Firefox 140".to_owned());
    facts.client.operating_system = Some("Windows 10".to_owned());
    facts.client.device_cookie_id = Some("device-1".to_owned());
    move_to(&mut facts, 64500, "NO", (59.9, 10.7));
    facts
}

fn move_to(facts: &mut SignInFacts, owner: u32, country: &str, (latitude, longitude): (f64, f64)) {
    facts.network.autonomous_system_number = Some(owner);
    let point = GeoCoordinates { altitude: None, latitude: Some(latitude), longitude: Some(longitude) };
    facts.network.location = Some(SignInLocation {
        city: None,
        state: None,
        country_or_region: Some(country.to_owned()),
        geo_coordinates: Some(point),
    });
}

/// Somebody who signed in from home every day.
pub(in crate::detections) fn history() -> UserHistory {
    let mut history = UserHistory::default();
    for day in 0..DAYS {
        history.learn(&at_home(day));
    }
    history
}

/// A sign-in of tomorrow that differs from the usual ones.
pub(in crate::detections) fn tomorrow(change: impl FnOnce(&mut SignInFacts)) -> SignInFacts {
    let mut facts = at_home(DAYS);
    change(&mut facts);
    facts
}

/// What a sign-in is compared with: the history, and a tenant of ten such users.
pub(in crate::detections) fn context(history: &UserHistory, facts: &SignInFacts) -> RiskContext {
    let mut population = Population::default();
    for colleague in 0..10 {
        let mut history = UserHistory::default();
        for day in 0..DAYS {
            let mut facts = at_home(day);
            if let Ok(address) = format!("198.51.{colleague}.7").parse() {
                facts.network.ip_address = address;
            }
            facts.client.device_cookie_id = None;
            history.learn(&facts);
        }
        population.add(&history);
    }
    let features = Features::of(facts);
    RiskContext {
        history: history.facts_for(&features, facts.at),
        population: population.facts_for(&features, facts.at),
        ..RiskContext::default()
    }
}

/// A sign-in from far away.
pub(in crate::detections) fn abroad(facts: &mut SignInFacts) {
    if let Ok(address) = "203.0.113.9".parse() {
        facts.network.ip_address = address;
    }
    move_to(facts, 64511, "BR", (-23.5, -46.6));
}

/// Another device, without cookie.
pub(in crate::detections) fn other_device(facts: &mut SignInFacts) {
    facts.client.browser = Some("Chrome 150".to_owned());
    facts.client.operating_system = Some("Linux".to_owned());
    facts.client.device_cookie_id = None;
}

fn new_address(facts: &mut SignInFacts) {
    if let Ok(address) = "198.51.100.23".parse() {
        facts.network.ip_address = address;
    }
}

pub(in crate::detections) fn samples() -> Vec<Sample> {
    let known = history();
    let sample = |case, facts: SignInFacts, history: &UserHistory, expected| Sample {
        case,
        context: context(history, &facts),
        facts,
        expected,
    };
    let mut new = UserHistory::default();
    (26..DAYS).for_each(|day| drop(new.learn(&at_home(day))));
    let upgraded = |facts: &mut SignInFacts| facts.client.browser = Some("Firefox 141".to_owned());
    let everything = |facts: &mut SignInFacts| {
        abroad(facts);
        other_device(facts);
    };
    let abroad_without_cookie = |facts: &mut SignInFacts| {
        abroad(facts);
        facts.client.device_cookie_id = None;
    };
    let hidden = |facts: &mut SignInFacts| {
        new_address(facts);
        facts.network.anonymizer = Some(AnonymizerKind::Vpn);
    };
    let long_ago = {
        let mut facts = at_home(DAYS.saturating_add(61));
        everything(&mut facts);
        facts
    };
    vec![
        sample("the usual sign-in", tomorrow(|_| {}), &known, None),
        sample("an upgraded browser", tomorrow(upgraded), &known, None),
        sample("a new address of the usual provider, device known", tomorrow(new_address), &known, None),
        sample("a new device at home", tomorrow(other_device), &known, None),
        sample("a virtual private network, device known", tomorrow(hidden), &known, None),
        sample("another country, device known", tomorrow(abroad), &known, None),
        sample(
            "another country, the usual browser without its cookie",
            tomorrow(abroad_without_cookie),
            &known,
            Some(RiskLevel::High),
        ),
        sample("another country and another device", tomorrow(everything), &known, Some(RiskLevel::High)),
        sample("the same of a user who is still learned", tomorrow(everything), &new, None),
        sample("the same after 61 days of absence", long_ago, &known, None),
    ]
}
