use std::net::IpAddr;

use riskgate_core::Timestamp;
use riskgate_model::{
    AnonymizerKind, ApplicationFacts, AuthenticationFacts, AuthenticationMethodKind, ClientAppType,
    ClientFacts, GeoCoordinates, ListHit, ListKind, NetworkFacts, SignInFacts, SignInLocation, UserFacts,
};

use crate::agents::Program;
use crate::world::{COUNTRIES, World};

/// How an attempt ended at the first factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The password was right.
    Success,
    /// It was wrong.
    WrongPassword,
    /// There is nobody of this name.
    UnknownUser,
}

/// Who attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// The person himself, or a program of his.
    Honest,
    /// An attacker.
    Attack(Attacker),
}

/// Kinds of attackers. The first six know the password and try it once; what they try is only scored and never learned, as
/// if the question had been "and what if an attacker came now". The others act over time and leave traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Attacker {
    /// From anywhere, with a common browser.
    Naive,
    /// Through a virtual private network in the victim's country, with a common browser.
    Vpn,
    /// From the victim's provider, with the victim's kind of browser.
    Targeted,
    /// From a home in the victim's city and provider, with the very user agent, at the victim's hours.
    VeryTargeted,
    /// With a stolen session, and half of the time with the stolen device cookie.
    TokenReplay,
    /// Between the victim and the sign-in page: the victim's user agent and hour, a server's address.
    ReverseProxy,
    /// One password on many users from one address.
    SpraySingle,
    /// One password on many users, each from another address.
    SprayDistributed,
    /// Stolen pairs of name and password, most of them of people unknown here.
    Stuffing,
    /// Many passwords on one user, slowly.
    BruteForce,
    /// Signs in with a known password, low and slow, so that his ways become the user's.
    Poisoner,
}

impl Attacker {
    /// Those that are scored and never learned.
    pub const PROBES: [Self; 6] =
        [Self::Naive, Self::Vpn, Self::Targeted, Self::VeryTargeted, Self::TokenReplay, Self::ReverseProxy];

    /// What he is called in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Naive => "naive",
            Self::Vpn => "VPN",
            Self::Targeted => "targeted",
            Self::VeryTargeted => "very targeted",
            Self::TokenReplay => "token replay",
            Self::ReverseProxy => "reverse proxy",
            Self::SpraySingle => "spray, one source",
            Self::SprayDistributed => "spray, distributed",
            Self::Stuffing => "stuffing",
            Self::BruteForce => "slow brute force",
            Self::Poisoner => "poisoner",
        }
    }
}

/// Numbers of users from this one on are names that do not exist.
pub const UNKNOWN_USERS: u32 = 1 << 31;

/// An attempt to sign in, in a form of which millions fit into memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Seconds since 1970.
    pub at: i64,
    /// Index of the user; from [`UNKNOWN_USERS`] on a name that does not exist.
    pub user: u32,
    /// Index of the network.
    pub network: u16,
    /// Block of the network, for the place.
    pub block: u16,
    /// Address.
    pub address: IpAddr,
    /// What address lists say of the address.
    pub anonymizer: Option<AnonymizerKind>,
    /// The program.
    pub program: Program,
    /// Its release.
    pub release: u16,
    /// Number of the application.
    pub application: u8,
    /// The device cookie that was sent; 0 is none.
    pub device_cookie: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// Who it was.
    pub label: Label,
    /// Number of the attacker's campaign; 0 is none.
    pub campaign: u32,
    /// Digest of the password.
    pub password: u64,
}

impl Event {
    /// What the product would know of the attempt.
    pub fn facts(&self, world: &World) -> SignInFacts {
        let at = Timestamp::from_seconds(self.at);
        let mut authentication = AuthenticationFacts::default();
        if self.outcome == Outcome::Success {
            authentication.pass(AuthenticationMethodKind::Password, at);
        }
        let kind = if self.program.is_phone() {
            ClientAppType::MobileAppsAndDesktopClients
        } else {
            ClientAppType::Browser
        };
        SignInFacts {
            at,
            user: UserFacts::new(format!("user-{}", self.user)),
            application: ApplicationFacts::new(format!("application-{}", self.application), kind),
            client: self.client_facts(),
            network: self.network_facts(world),
            device: None,
            authentication,
        }
    }

    fn client_facts(&self) -> ClientFacts {
        let cookie = (self.device_cookie != 0).then(|| format!("device-{}", self.device_cookie));
        ClientFacts { device_cookie_id: cookie, ..self.program.facts(u32::from(self.release)) }
    }

    fn network_facts(&self, world: &World) -> NetworkFacts {
        let network = &world.networks[usize::from(self.network)];
        let place = world.place(usize::from(self.network), u32::from(self.block));
        let country = &COUNTRIES[place.country];
        let hit = |kind| ListHit {
            source: "simulated".to_owned(),
            kind: ListKind::Anonymizer(kind),
            entry: self.address.to_string(),
            last_seen: None,
            rule: None,
        };
        NetworkFacts {
            anonymizer: self.anonymizer,
            list_hits: self.anonymizer.map(hit).into_iter().collect(),
            location: Some(SignInLocation {
                city: Some(country.cities[place.city].0.to_owned()),
                state: None,
                country_or_region: Some(country.code.to_owned()),
                geo_coordinates: Some(GeoCoordinates {
                    latitude: Some(place.latitude),
                    longitude: Some(place.longitude),
                    altitude: None,
                }),
            }),
            accuracy_radius: Some(world.accuracy_radius(usize::from(self.network))),
            autonomous_system_number: Some(network.number),
            autonomous_system_organization: Some(network.organization.clone()),
            ..NetworkFacts::unknown(self.address)
        }
    }

    /// Every value in a fixed form, for the digest of a population.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        format!("{self:?}\n").into_bytes()
    }
}
