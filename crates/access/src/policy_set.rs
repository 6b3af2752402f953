use std::net::IpAddr;
use std::sync::Arc;

use riskgate_model::{
    AnyNamedLocation, AuthenticationStrengthPolicy, ConditionalAccessPolicy, ConditionalAccessPolicyState,
    IpNamedLocation,
};

use crate::conditions::{CompiledConditions, LocationIndex};
use crate::control_names::ControlNames;
use crate::grant::{Grant, StrengthIndex};
use crate::identifiers::{Identifiers, lower};
use crate::named_location::{LocationMatcher, Ranges, bounds};
use crate::session::Session;

/// The policies and named locations of a tenant, prepared once for many requests. Cheap to clone and to share.
#[derive(Debug, Clone, Default)]
pub struct PolicySet {
    pub(crate) policies: Arc<[CompiledPolicy]>,
    pub(crate) identifiers: Arc<Identifiers>,
    trusted: Arc<Ranges>,
    looks_at_resource_attributes: bool,
    /// One place in each named location, for the question what would help.
    pub(crate) samples: Arc<[Sample]>,
}

/// A place in a named location.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) location_id: Arc<str>,
    pub(crate) display_name: Arc<str>,
    pub(crate) is_trusted: bool,
    pub(crate) address: Option<IpAddr>,
    pub(crate) country: Option<Arc<str>>,
}

impl Sample {
    /// `None` for a location nothing is in.
    fn of(location: &AnyNamedLocation) -> Option<Self> {
        let (display_name, address, country) = match location {
            AnyNamedLocation::Ip(location) => {
                let bounds = location.ip_ranges.iter().find_map(|range| bounds(range).ok())?;
                (&location.display_name, Some(bounds.first()), None)
            }
            AnyNamedLocation::Country(location) => {
                (&location.display_name, None, Some(location.countries_and_regions.first()?.as_str().into()))
            }
        };
        Some(Self {
            location_id: location.id().into(),
            display_name: display_name.as_str().into(),
            is_trusted: location.is_trusted(),
            address,
            country,
        })
    }
}

/// A policy whose identifiers and locations are resolved.
#[derive(Debug, Clone)]
pub(crate) struct CompiledPolicy {
    pub(crate) id: Arc<str>,
    pub(crate) display_name: Arc<str>,
    pub(crate) state: ConditionalAccessPolicyState,
    pub(crate) conditions: CompiledConditions,
    pub(crate) grant: Grant,
    /// Names of the grant controls for the log.
    pub(crate) controls: ControlNames,
    pub(crate) session: Session,
}

impl PolicySet {
    /// Prepares policies, locations and authentication strengths, the built-in ones among them. The order of all means
    /// nothing: decisions list policies by identifier.
    ///
    /// A policy that validation would refuse is prepared too, in the way that closes: what this version cannot judge
    /// counts as met, what it cannot enforce counts as not passed.
    pub fn new<'a>(
        policies: impl IntoIterator<Item = &'a ConditionalAccessPolicy>,
        named_locations: impl IntoIterator<Item = &'a AnyNamedLocation>,
        strengths: impl IntoIterator<Item = &'a AuthenticationStrengthPolicy>,
    ) -> Self {
        let strengths = StrengthIndex::new(strengths);
        let mut identifiers = Identifiers::default();
        let mut index = LocationIndex::new();
        let mut trusted = Vec::new();
        let mut samples = Vec::new();
        for location in named_locations {
            index.insert(lower(location.id()).into_owned(), Arc::new(LocationMatcher::new(location)));
            samples.extend(Sample::of(location));
            if let AnyNamedLocation::Ip(IpNamedLocation { is_trusted: true, ip_ranges, .. }) = location {
                trusted.extend(ip_ranges.iter().filter_map(|range| bounds(range).ok()));
            }
        }
        let mut policies: Vec<_> = policies
            .into_iter()
            .map(|policy| CompiledPolicy::new(policy, &mut identifiers, &index, &strengths))
            .collect();
        policies.sort_by(|a, b| a.id.cmp(&b.id));
        let looks_at_resource_attributes = policies.iter().any(|policy| {
            policy.state != ConditionalAccessPolicyState::Disabled
                && policy.conditions.has_application_filter()
        });
        Self {
            policies: policies.into(),
            identifiers: Arc::new(identifiers),
            trusted: Arc::new(Ranges::new(trusted)),
            looks_at_resource_attributes,
            samples: samples.into(),
        }
    }

    /// Whether the address lies in a location that is marked as trusted.
    pub fn is_trusted(&self, address: IpAddr) -> bool {
        self.trusted.contains(address)
    }

    /// Whether some policy that is not disabled looks at custom security attributes of resources, so that facts need them.
    pub fn looks_at_resource_attributes(&self) -> bool {
        self.looks_at_resource_attributes
    }

    /// How many policies there are, in every state.
    pub fn len(&self) -> usize {
        self.policies.len()
    }

    /// Whether there is no policy.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty()
    }
}

impl CompiledPolicy {
    fn new(
        policy: &ConditionalAccessPolicy,
        identifiers: &mut Identifiers,
        locations: &LocationIndex,
        strengths: &StrengthIndex,
    ) -> Self {
        Self {
            id: policy.id.as_str().into(),
            display_name: policy.display_name.as_str().into(),
            state: policy.state,
            conditions: CompiledConditions::new(&policy.conditions, identifiers, locations),
            grant: Grant::new(policy.grant_controls.as_ref(), strengths),
            controls: Grant::names(policy.grant_controls.as_ref()),
            session: Session::new(policy.session_controls.as_ref()),
        }
    }
}
