use std::collections::BTreeSet;

use super::pattern::AgentPattern;

/// What a watch list names besides addresses.
#[derive(Debug, Default)]
pub(super) struct Watched {
    autonomous_systems: BTreeSet<u32>,
    user_agents: Vec<AgentPattern>,
}

impl Watched {
    pub(super) fn new(autonomous_systems: &[u32], user_agents: Vec<AgentPattern>) -> Self {
        Self { autonomous_systems: autonomous_systems.iter().copied().collect(), user_agents }
    }

    /// The entry that names a network owner.
    pub(super) fn owner(&self, number: u32) -> Option<String> {
        self.autonomous_systems.contains(&number).then(|| format!("AS{number}"))
    }

    /// The first entry that names a user agent, given without case.
    pub(super) fn agent(&self, agent: &[char]) -> Option<&str> {
        self.user_agents.iter().find(|pattern| pattern.names(agent)).map(AgentPattern::text)
    }

    /// How much it names.
    pub(super) fn len(&self) -> usize {
        self.autonomous_systems.len() + self.user_agents.len()
    }
}
