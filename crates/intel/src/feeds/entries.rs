use ipnet::IpNet;

use super::pattern::AgentPattern;
use crate::parse::parse_prefix;

/// Most entries of each kind that are written in a configuration.
const MOST: usize = 1_000;

/// What a list in the configuration itself names. An attempt is hit if any of it names the attempt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entries {
    /// Addresses.
    pub prefixes: Vec<IpNet>,
    /// Numbers of autonomous systems; watch lists alone have them.
    pub autonomous_systems: Vec<u32>,
    /// User agents; watch lists alone have them.
    pub user_agents: Vec<AgentPattern>,
}

impl Entries {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.prefixes.len() + self.autonomous_systems.len() + self.user_agents.len()
    }

    /// One a line, the same for the same entries: what their version is the digest of.
    pub(super) fn text(&self) -> String {
        let prefixes = self.prefixes.iter().map(ToString::to_string);
        let owners = self.autonomous_systems.iter().map(|number| format!("AS{number}"));
        let agents = self.user_agents.iter().map(|agent| format!("agent {}", agent.text()));
        prefixes.chain(owners).chain(agents).collect::<Vec<_>>().join("\n")
    }
}

/// Entries as they are written, or the first that cannot be used and why.
pub(super) fn entries(
    prefixes: Option<&[String]>,
    autonomous_systems: Option<&[u32]>,
    user_agents: Option<&[String]>,
) -> Result<Entries, (String, &'static str)> {
    let wrong = |entry: &str, reason| (entry.chars().take(64).collect::<String>(), reason);
    let lengths = [
        ("entries", prefixes.map(<[_]>::len)),
        ("autonomous_systems", autonomous_systems.map(<[_]>::len)),
        ("user_agents", user_agents.map(<[_]>::len)),
    ];
    for (name, length) in lengths {
        match length {
            Some(0) => return Err((name.to_owned(), "there is none; leave it out")),
            Some(length) if length > MOST => {
                return Err((name.to_owned(), "there are more than 1000; use a file"));
            }
            _ => {}
        }
    }
    // 0 and the last one name nobody (RFC 7607, RFC 7300).
    let nobody =
        autonomous_systems.unwrap_or_default().iter().find(|number| matches!(**number, 0 | u32::MAX));
    if let Some(number) = nobody {
        return Err(wrong(&number.to_string(), "not the number of an autonomous system"));
    }
    let prefix = |text: &String| parse_prefix(text).map_err(|reason| wrong(text, reason));
    let agent = |text: &String| AgentPattern::new(text).map_err(|reason| wrong(text, reason));
    Ok(Entries {
        prefixes: prefixes.unwrap_or_default().iter().map(prefix).collect::<Result<_, _>>()?,
        autonomous_systems: autonomous_systems.unwrap_or_default().to_vec(),
        user_agents: user_agents.unwrap_or_default().iter().map(agent).collect::<Result<_, _>>()?,
    })
}
