//! The facts a sign-in is judged by. They are gathered once, handed to `risk` and `access`, and stored with the sign-in,
//! so that the same judgement can be computed again later.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    BaseAuthenticationMethod, ConditionalAccessDevicePlatform, DeviceFacts, ExternalUserFacts,
    FederationFacts, InsiderRiskLevel, ListHit, RiskLevel, SecurityAttributeFacts, SignInLocation,
    TransferMethod, UserAction,
};

/// What is known about the network a request came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkFacts {
    /// Address of the client as the server saw it, or as a trusted proxy passed it on.
    pub ip_address: IpAddr,
    /// What kind of shared or hidden egress the address is, the strongest kind when several lists name it.
    pub anonymizer: Option<AnonymizerKind>,
    /// Every list entry that named the address.
    pub list_hits: Vec<ListHit>,
    /// Place of the address in Graph's form; `None` without a location database.
    pub location: Option<SignInLocation>,
    /// How far off the place may be, in kilometres; two thirds of all addresses lie within. `None` if the source does not
    /// say.
    #[serde(default)]
    pub accuracy_radius: Option<u32>,
    /// Autonomous system number of the network owner.
    pub autonomous_system_number: Option<u32>,
    /// Name of the network owner.
    pub autonomous_system_organization: Option<String>,
    /// The sources that could be asked, each with its version; a source that is missing is not in the list.
    pub sources: Vec<SourceVersion>,
}

impl NetworkFacts {
    /// Facts of an address about which no source says anything.
    pub fn unknown(ip_address: IpAddr) -> Self {
        Self {
            ip_address,
            anonymizer: None,
            list_hits: Vec::new(),
            location: None,
            accuracy_radius: None,
            autonomous_system_number: None,
            autonomous_system_organization: None,
            sources: Vec::new(),
        }
    }

    /// ISO 3166 two-letter country, upper case.
    pub fn country(&self) -> Option<&str> {
        self.location.as_ref().and_then(|location| location.country_or_region.as_deref())
    }
}

/// Kinds of egress that hide or share where a person is, weakest evidence of hiding first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AnonymizerKind {
    /// A hosting or data-centre range: where servers live, not people.
    Hosting,
    /// A relay of a device maker that hides the address but keeps country and accountability (iCloud Private Relay).
    PrivateRelay,
    /// A commercial virtual private network.
    Vpn,
    /// An exit of the Tor network.
    Tor,
}

/// A source of data and the version that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceVersion {
    /// Name of the source.
    pub source: String,
    /// Digest of the content, first 16 hexadecimal characters of SHA-256.
    pub version: String,
    /// The moment the content describes.
    pub as_of: Timestamp,
    /// Whether it is older than it should be.
    pub is_stale: bool,
}

/// What a request says about the program that sent it. All of it is claimed, none proven.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientFacts {
    /// `User-Agent` as sent, at most 1,024 characters.
    pub user_agent: Option<String>,
    /// Browser family with major version, for example `Firefox 140`.
    pub browser: Option<String>,
    /// Operating system family, for example `Windows 10`.
    pub operating_system: Option<String>,
    /// The platform in the words of Conditional Access; `None` when the user agent does not tell.
    #[serde(default)]
    pub platform: Option<ConditionalAccessDevicePlatform>,
    /// Whether it is an interactive browser.
    pub is_browser: bool,
    /// Identifier in the device cookie the browser brought, if the cookie is genuine. Unlike the rest it is proven: whoever
    /// brings it uses the browser we gave it to, or stole it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_cookie_id: Option<String>,
    /// Every entry of the operator's watch lists that named the user agent, also of rules that have come to their end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list_hits: Vec<ListHit>,
}

/// Everything a sign-in is judged by, apart from policies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInFacts {
    /// When the sign-in was judged.
    pub at: Timestamp,
    /// Who.
    pub user: UserFacts,
    /// To what.
    pub application: ApplicationFacts,
    /// With what.
    pub client: ClientFacts,
    /// From where.
    pub network: NetworkFacts,
    /// The registered device that was proven, as it is on record now; `None` for any other.
    #[serde(default)]
    pub device: Option<DeviceFacts>,
    /// What was proven so far.
    pub authentication: AuthenticationFacts,
}

/// The user as Conditional Access sees him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserFacts {
    /// Object identifier.
    pub id: String,
    /// Whether `userType` is `Guest`.
    pub is_guest: bool,
    /// Identifiers of all groups the user is in, directly or through other groups.
    pub group_ids: BTreeSet<String>,
    /// Template identifiers of the tenant-wide built-in roles the user has.
    pub role_template_ids: BTreeSet<String>,
    /// Level of the user's risk before this sign-in.
    pub risk_level: RiskLevel,
    /// What kind of guest or external user he is; `None` for an ordinary member.
    #[serde(default)]
    pub external: Option<ExternalUserFacts>,
    /// Level of insider risk; `None` when no source tells.
    #[serde(default)]
    pub insider_risk_level: Option<InsiderRiskLevel>,
    /// Methods the user has registered, the password among them.
    #[serde(default)]
    pub registered_methods: BTreeSet<AuthenticationMethodKind>,
    /// Terms of use (`agreement` identifiers) he has accepted, where the acceptance still holds.
    #[serde(default)]
    pub accepted_agreement_ids: BTreeSet<String>,
}

impl UserFacts {
    /// An ordinary member at no risk, in no group and role, who has registered nothing.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            is_guest: false,
            group_ids: BTreeSet::new(),
            role_template_ids: BTreeSet::new(),
            risk_level: RiskLevel::None,
            external: None,
            insider_risk_level: None,
            registered_methods: BTreeSet::new(),
            accepted_agreement_ids: BTreeSet::new(),
        }
    }

    /// Whether the user has registered a method that can satisfy multifactor authentication.
    pub fn is_mfa_capable(&self) -> bool {
        self.registered_methods.iter().any(|method| method.is_second_factor())
    }
}

/// The application side of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationFacts {
    /// `appId` of the client that asks.
    pub client_app_id: String,
    /// `appId`s of what is asked for; policies bind to these.
    pub resource_app_ids: BTreeSet<String>,
    /// Custom security attributes of what is asked for, by `appId` in lower case; those of others are not known. Gathered
    /// while some policy looks at them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resource_attributes: BTreeMap<String, SecurityAttributeFacts>,
    /// `browser`, `mobileAppsAndDesktopClients` or `other`, the wire names of `conditionalAccessClientApp`.
    pub client_app_type: ClientAppType,
    /// What is done instead of using a resource (`includeUserActions` of a policy); then there is no resource.
    #[serde(default)]
    pub user_action: Option<UserAction>,
    /// Authentication contexts asked for, `c1` to `c99`.
    #[serde(default)]
    pub authentication_contexts: BTreeSet<String>,
}

impl ApplicationFacts {
    /// A client that asks for nothing yet.
    pub fn new(client_app_id: impl Into<String>, client_app_type: ClientAppType) -> Self {
        Self {
            client_app_id: client_app_id.into(),
            resource_app_ids: BTreeSet::new(),
            resource_attributes: BTreeMap::new(),
            client_app_type,
            user_action: None,
            authentication_contexts: BTreeSet::new(),
        }
    }
}

/// How a client takes part in a sign-in (Graph `conditionalAccessClientApp`, the kinds that exist here).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClientAppType {
    /// A web page.
    Browser,
    /// A native application.
    MobileAppsAndDesktopClients,
    /// Anything that cannot show a page.
    Other,
}

/// What has been proven in this session.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationFacts {
    /// Methods passed, with the moment of each, oldest first.
    pub methods: Vec<MethodUse>,
    /// The flow by which the session came from another device. It stays with the session and everything that comes from
    /// it: later requests are subject to the same policies (`entra-semantics` §3.6, protocol tracking).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer_method: Option<TransferMethod>,
    /// `id` of the device resource that was proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_id: Option<String>,
    /// What an upstream identity provider asserted, if the person came through one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub federation: Option<FederationFacts>,
}

impl AuthenticationFacts {
    /// When multifactor authentication was last completed in this session: two kinds of factor were passed, or one method
    /// that is both.
    pub fn mfa_at(&self) -> Option<Timestamp> {
        self.methods.iter().filter(|used| used.method.is_second_factor()).map(|used| used.at).max()
    }

    /// When the first factor was last proven in this session.
    pub fn first_factor_at(&self) -> Option<Timestamp> {
        self.methods.iter().filter(|used| used.method.is_first_factor()).map(|used| used.at).max()
    }

    /// Notes that a method was passed; an earlier use of the same one counts no longer.
    pub fn pass(&mut self, method: AuthenticationMethodKind, at: Timestamp) {
        self.methods.retain(|used| used.method != method);
        self.methods.push(MethodUse { method, at });
    }

    /// `amr` values of RFC 8176, `mfa` among them when two kinds of factor were passed.
    pub fn amr(&self) -> Vec<&'static str> {
        let mut amr: Vec<_> = self.methods.iter().map(|used| used.method.amr()).collect();
        amr.sort_unstable();
        amr.dedup();
        if self.mfa_at().is_some() {
            amr.push("mfa");
        }
        amr
    }
}

/// One method that was passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodUse {
    /// Which.
    pub method: AuthenticationMethodKind,
    /// When.
    pub at: Timestamp,
}

/// Authentication methods, by the names of Graph's `authenticationMethodModes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AuthenticationMethodKind {
    /// A password.
    Password,
    /// A one-time code of an authenticator app (RFC 6238).
    SoftwareOath,
    /// A passkey that verified its owner, by PIN or body (Web Authentication).
    Fido2,
    /// An approval on a registered phone, with the number the page of the sign-in shows.
    MicrosoftAuthenticatorPush,
    /// A temporary access pass that is good once.
    TemporaryAccessPassOneTime,
    /// A temporary access pass that is good as often as its owner likes, until it ends.
    TemporaryAccessPassMultiUse,
    /// A sign-in at an upstream identity provider.
    FederatedSingleFactor,
    /// Multifactor authentication at an upstream identity provider that is trusted with it.
    FederatedMultiFactor,
}

impl AuthenticationMethodKind {
    /// Every method.
    pub const ALL: [Self; 8] = [
        Self::Password,
        Self::SoftwareOath,
        Self::Fido2,
        Self::MicrosoftAuthenticatorPush,
        Self::TemporaryAccessPassOneTime,
        Self::TemporaryAccessPassMultiUse,
        Self::FederatedSingleFactor,
        Self::FederatedMultiFactor,
    ];

    /// Whether a sign-in can begin with it.
    pub fn is_first_factor(self) -> bool {
        match self {
            Self::Password
            | Self::Fido2
            | Self::TemporaryAccessPassOneTime
            | Self::TemporaryAccessPassMultiUse
            | Self::FederatedSingleFactor => true,
            Self::SoftwareOath | Self::MicrosoftAuthenticatorPush | Self::FederatedMultiFactor => false,
        }
    }

    /// Whether it completes multifactor authentication: after a first factor, or because it is two kinds of factor itself.
    pub fn is_second_factor(self) -> bool {
        match self {
            Self::Password | Self::FederatedSingleFactor => false,
            Self::SoftwareOath
            | Self::Fido2
            | Self::MicrosoftAuthenticatorPush
            | Self::TemporaryAccessPassOneTime
            | Self::TemporaryAccessPassMultiUse
            | Self::FederatedMultiFactor => true,
        }
    }

    /// Its name in the authentication methods policy; `None` for what that does not speak of.
    pub fn base(self) -> Option<BaseAuthenticationMethod> {
        match self {
            Self::SoftwareOath => Some(BaseAuthenticationMethod::SoftwareOath),
            Self::Fido2 => Some(BaseAuthenticationMethod::Fido2),
            Self::MicrosoftAuthenticatorPush => Some(BaseAuthenticationMethod::MicrosoftAuthenticator),
            Self::TemporaryAccessPassOneTime | Self::TemporaryAccessPassMultiUse => {
                Some(BaseAuthenticationMethod::TemporaryAccessPass)
            }
            Self::Password | Self::FederatedSingleFactor | Self::FederatedMultiFactor => None,
        }
    }

    /// Its `amr` value (RFC 8176 §2; `fido`, `tap` and `fed` stand for passkeys, temporary access passes and federated
    /// sign-ins, which that registry has no words for).
    pub fn amr(self) -> &'static str {
        match self {
            Self::Password => "pwd",
            Self::SoftwareOath => "otp",
            Self::Fido2 => "fido",
            // The phone signs its answer with a key it keeps.
            Self::MicrosoftAuthenticatorPush => "swk",
            Self::TemporaryAccessPassOneTime | Self::TemporaryAccessPassMultiUse => "tap",
            Self::FederatedSingleFactor | Self::FederatedMultiFactor => "fed",
        }
    }
}
