use riskgate_model::{ConditionalAccessDevicePlatform as Platform, ConditionalAccessPlatforms};

use super::Findings;
use crate::reason::Reason;
use crate::request::Request;
use crate::trace::Rule;

/// On which platforms, as the user agent claims them (`entra-semantics` §3.6).
#[derive(Debug, Clone)]
pub(super) struct PlatformRule {
    includes_all: bool,
    excludes_all: bool,
    include: Vec<Platform>,
    exclude: Vec<Platform>,
}

impl PlatformRule {
    pub(super) fn new(platforms: &ConditionalAccessPlatforms) -> Self {
        Self {
            includes_all: names_all(&platforms.include_platforms) || platforms.include_platforms.is_empty(),
            excludes_all: names_all(&platforms.exclude_platforms),
            include: platforms.include_platforms.clone(),
            exclude: platforms.exclude_platforms.clone(),
        }
    }

    /// A platform that is not told counts as included and as not excluded: leaving the user agent away opens nothing.
    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        if self.includes_all {
            findings.include_rules.insert(Rule::AllDevicePlatforms);
        }
        if self.excludes_all {
            findings.exclude_rules.insert(Rule::AllDevicePlatforms);
            return false;
        }
        let told = |platform: &Platform| !matches!(platform, Platform::All | Platform::UnknownFutureValue);
        let Some(platform) = request.platform.filter(told) else {
            if !self.includes_all || !self.exclude.is_empty() {
                findings.add_reason(Reason::PlatformUnknown);
            }
            return true;
        };
        let is_named = self.include.contains(&platform);
        let is_excluded = self.exclude.contains(&platform);
        if is_named {
            findings.include_rules.insert(Rule::DevicePlatform);
        }
        if is_excluded {
            findings.exclude_rules.insert(Rule::DevicePlatform);
        }
        (is_named || self.includes_all) && !is_excluded
    }
}

fn names_all(platforms: &[Platform]) -> bool {
    platforms.contains(&Platform::All)
}
