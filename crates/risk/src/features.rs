use std::collections::BTreeMap;
use std::net::IpAddr;

use riskgate_model::{AnonymizerKind, ClientAppType, NetworkFacts, SignInFacts};
use serde::{Deserialize, Serialize};

use crate::hidden::is_listed;

/// What a sign-in is compared by with earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Feature {
    /// The address; of version 6 the /64, because the rest changes daily.
    Address,
    /// Its /24 (IPv4) or /48 (IPv6).
    Prefix,
    /// The autonomous system, `AS64500`.
    NetworkOwner,
    /// ISO 3166 two-letter country.
    Country,
    /// Whole degrees of latitude and longitude, about 100 km wide.
    Place,
    /// Browser family without version: an upgrade is the same browser.
    Browser,
    /// Browser family with major version.
    BrowserVersion,
    /// Operating system family without version.
    OperatingSystem,
    /// Browser family and operating system family together: as near to a device as passive facts come.
    Device,
    /// The device and the network owner: a telephone belongs to other networks than the computer on the desk.
    DeviceAndNetwork,
    /// The signed device cookie the browser brought.
    DeviceCookie,
    /// `appId` of the client.
    ClientApplication,
    /// Browser, native application or other.
    ClientAppType,
    /// Hour of the day in universal time, `0` to `23`.
    HourOfDay,
    /// `appId` of what an application asks for.
    Resource,
    /// The program an application says it is, without version.
    UserAgent,
    /// What an application proves itself with.
    CredentialKind,
    /// What kind of shared or hidden egress the address is; `direct` for none. Of an
    /// application whether it runs where servers are rented.
    Egress,
    /// `iss` of the identity provider the person came through just now.
    IdentityProvider,
    /// The key its token was signed with, and how.
    SigningKey,
    /// The claims about the person its token has, by name.
    AssertedClaims,
    /// For how long its token is good.
    TokenLifetime,
    /// How far its clock is from ours, as far as the time of issue tells.
    ClockDifference,
    /// How long before the issue it says the person proved himself.
    ProofAge,
    /// How it says the person proved himself.
    AssertedMethods,
    /// By which names besides the subject it knows the person.
    AssertedIdentity,
    /// The autonomous system, where the lists name the address as a virtual private network or Tor; nothing elsewhere. Tells
    /// what the addresses of the same owner are that the lists do not know.
    HiddenOwner,
}

impl Feature {
    /// The finer feature that tells, for a value of this one, whether a sign-in was at a known spot within it.
    pub(crate) fn finer(self) -> Option<Self> {
        match self {
            Self::Prefix | Self::NetworkOwner | Self::DeviceAndNetwork => Some(Self::Address),
            Self::Country => Some(Self::NetworkOwner),
            Self::Device => Some(Self::DeviceCookie),
            _ => None,
        }
    }
}

/// The values of one sign-in, by feature. What is not known is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Features(pub BTreeMap<Feature, String>);

impl Features {
    /// The values of a sign-in.
    pub fn of(facts: &SignInFacts) -> Self {
        let (network, client) = (&facts.network, &facts.client);
        let owner = owner(network);
        let operating_system = client.operating_system.as_deref().map(family);
        let device = client.browser.as_deref().map(|browser| {
            let system = operating_system.unwrap_or("unknown");
            format!("{} on {system}", family(browser))
        });
        let together = device.as_deref().zip(owner.as_deref()).map(|(a, b)| format!("{a} at {b}"));
        let known = [
            (Feature::Place, place(facts)),
            (Feature::Browser, client.browser.as_deref().map(|name| family(name).to_owned())),
            (Feature::BrowserVersion, client.browser.clone()),
            (Feature::OperatingSystem, operating_system.map(str::to_owned)),
            (Feature::Device, device),
            (Feature::DeviceAndNetwork, together),
            (Feature::DeviceCookie, client.device_cookie_id.clone()),
            (Feature::ClientApplication, Some(facts.application.client_app_id.clone())),
            (Feature::ClientAppType, Some(client_app_type(facts.application.client_app_type).to_owned())),
            (Feature::HourOfDay, Some(hour_of_day(facts).to_string())),
            (Feature::Egress, Some(egress(network.anonymizer).to_owned())),
            (Feature::HiddenOwner, owner.filter(|_| is_listed(network.anonymizer))),
        ];
        let mut features = Self::of_network(network);
        features.0.extend(crate::issuer::assertion(facts).map(crate::issuer::features).unwrap_or_default());
        features.0.extend(known.into_iter().filter_map(|(feature, value)| Some((feature, value?))));
        features
    }

    /// The values of where something came from.
    pub(crate) fn of_network(network: &NetworkFacts) -> Self {
        let known = [
            (Feature::Address, Some(address(network.ip_address))),
            (Feature::Prefix, Some(prefix(network.ip_address))),
            (Feature::NetworkOwner, owner(network)),
            (Feature::Country, network.country().map(str::to_owned)),
        ];
        Self(known.into_iter().filter_map(|(feature, value)| Some((feature, value?))).collect())
    }

    /// The value of a feature.
    pub fn get(&self, feature: Feature) -> Option<&str> {
        self.0.get(&feature).map(String::as_str)
    }
}

/// `Firefox 140` is `Firefox`.
pub(crate) fn family(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((family, version)) if version.starts_with(|first: char| first.is_ascii_digit()) => family,
        _ => name,
    }
}

/// `Firefox 140` is 140.
pub(crate) fn version(name: &str) -> Option<u32> {
    name.rsplit_once(' ')?.1.parse().ok()
}

fn owner(network: &NetworkFacts) -> Option<String> {
    network.autonomous_system_number.map(|number| format!("AS{number}"))
}

fn address(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn egress(kind: Option<AnonymizerKind>) -> &'static str {
    match kind {
        None => "direct",
        Some(AnonymizerKind::Hosting) => "hosting",
        Some(AnonymizerKind::PrivateRelay) => "privateRelay",
        Some(AnonymizerKind::Vpn) => "vpn",
        Some(AnonymizerKind::Tor) => "tor",
    }
}

/// The network an access provider hands out addresses from.
fn prefix(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

fn place(facts: &SignInFacts) -> Option<String> {
    let point = facts.network.location.as_ref()?.geo_coordinates.as_ref()?;
    Some(format!("{:.0},{:.0}", point.latitude?.floor(), point.longitude?.floor()))
}

fn client_app_type(kind: ClientAppType) -> &'static str {
    match kind {
        ClientAppType::Browser => "browser",
        ClientAppType::MobileAppsAndDesktopClients => "mobileAppsAndDesktopClients",
        ClientAppType::Other => "other",
    }
}

fn hour_of_day(facts: &SignInFacts) -> i64 {
    facts.at.as_seconds().rem_euclid(86_400) / 3_600
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detections::samples::facts_from;

    #[test]
    fn an_upgrade_is_the_same_browser() {
        let mut facts = facts_from("192.0.2.7");
        facts.client.browser = Some("Firefox 140".to_owned());
        let features = Features::of(&facts);
        assert_eq!(features.get(Feature::Browser), Some("Firefox"));
        assert_eq!(features.get(Feature::BrowserVersion), Some("Firefox 140"));
        facts.client.browser = Some("Samsung Internet".to_owned());
        assert_eq!(Features::of(&facts).get(Feature::Browser), Some("Samsung Internet"));
    }

    #[test]
    fn prefixes_are_those_providers_hand_out_from() {
        let prefix_of = |address| Features::of(&facts_from(address)).get(Feature::Prefix).map(str::to_owned);
        assert_eq!(prefix_of("192.0.2.7").as_deref(), Some("192.0.2.0/24"));
        assert_eq!(prefix_of("::ffff:192.0.2.7").as_deref(), Some("192.0.2.0/24"));
        assert_eq!(prefix_of("2001:db8:1:2::3").as_deref(), Some("2001:db8:1::/48"));
    }

    #[test]
    fn a_home_keeps_its_address_of_version_6_and_a_phone_its_system() {
        let mut facts = facts_from("2001:db8:1:2:aaaa::3");
        facts.client.browser = Some("Safari 18".to_owned());
        facts.client.operating_system = Some("iOS 18".to_owned());
        facts.network.autonomous_system_number = Some(64500);
        let features = Features::of(&facts);
        assert_eq!(features.get(Feature::Address), Some("2001:db8:1:2::/64"));
        assert_eq!(features.get(Feature::DeviceAndNetwork), Some("Safari on iOS at AS64500"));
    }

    #[test]
    fn what_is_not_known_is_not_there() {
        let features = Features::of(&facts_from("192.0.2.7"));
        assert_eq!(features.get(Feature::Country), None);
        assert_eq!(features.get(Feature::HourOfDay), Some("0"));
    }
}
