use std::collections::HashMap;
use std::sync::Arc;

use riskgate_model::ConditionalAccessLocations;

use super::Findings;
use crate::identifiers::lower;
use crate::keyword::{self, ALL, ALL_TRUSTED};
use crate::named_location::{LocationMatcher, Membership};
use crate::reason::Reason;
use crate::request::Request;
use crate::trace::{Rule, RuleSet};

/// Named locations by identifier in lower case.
pub(crate) type LocationIndex = HashMap<String, Arc<LocationMatcher>>;

/// Where a request must come from: any of the included places, none of the excluded ones (`entra-semantics` §3.5).
///
/// A place that cannot be told counts against the request on both sides: as included, and as not excluded. A policy can
/// only ask for more, so both mean that it applies.
#[derive(Debug, Clone)]
pub(super) struct LocationRule {
    include: Selector,
    exclude: Selector,
}

#[derive(Debug, Clone)]
struct Selector {
    everywhere: bool,
    all_trusted: bool,
    locations: Vec<Arc<LocationMatcher>>,
    has_missing: bool,
}

impl LocationRule {
    /// A list of included places that is empty includes all, as where none is configured.
    pub(super) fn new(locations: &ConditionalAccessLocations, known: &LocationIndex) -> Self {
        let include = Selector::new(&locations.include_locations, known);
        Self {
            include: Selector {
                everywhere: include.everywhere || locations.include_locations.is_empty(),
                ..include
            },
            exclude: Selector::new(&locations.exclude_locations, known),
        }
    }

    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let (included, unknown) = self.include.rules(request);
        let is_included = match (included.is_empty(), unknown) {
            (false, _) => true,
            (true, None) => false,
            (true, Some(reason)) => {
                findings.add_reason(reason);
                true
            }
        };
        let (excluded, unknown) = self.exclude.rules(request);
        if let (true, true, Some(reason)) = (is_included, excluded.is_empty(), unknown) {
            findings.add_reason(reason);
        }
        findings.include_rules |= included;
        findings.exclude_rules |= excluded;
        is_included && excluded.is_empty()
    }
}

impl Selector {
    fn new(list: &[String], known: &LocationIndex) -> Self {
        let is_id = |text: &&String| !keyword::is(text, ALL) && !keyword::is(text, ALL_TRUSTED);
        let wanted = list.iter().filter(is_id);
        let locations: Vec<_> =
            wanted.clone().filter_map(|id| known.get(lower(id).as_ref()).cloned()).collect();
        Self {
            everywhere: keyword::has(list, ALL),
            all_trusted: keyword::has(list, ALL_TRUSTED),
            has_missing: locations.len() < wanted.count(),
            locations,
        }
    }

    /// The values that name the place of the request, and why others could not be told.
    fn rules(&self, request: &Request<'_>) -> (RuleSet, Option<Reason>) {
        let mut rules = RuleSet::default();
        let mut unknown = self.has_missing.then_some(Reason::LocationMissing);
        if self.everywhere {
            rules.insert(Rule::AllLocations);
        }
        if self.all_trusted && request.is_trusted_location {
            rules.insert(Rule::AllTrustedLocations);
        }
        for location in &self.locations {
            match location.membership(request.address, request.country) {
                Membership::Inside => rules.insert(Rule::LocationId),
                Membership::Outside => {}
                Membership::Unknown => unknown = Some(Reason::LocationUnknown),
            }
        }
        (rules, unknown)
    }
}
