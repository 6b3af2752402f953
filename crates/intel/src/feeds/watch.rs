use riskgate_core::Timestamp;
use riskgate_model::{RiskLevel, WatchRule};
use serde::Deserialize;

use super::FeedKind;

/// Longest text of a rule, in characters: it is stored with every sign-in it hits.
const MAX_TEXT: usize = 128;

/// The rule of a watch list as it is written in a configuration file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    id: String,
    author: String,
    level: Option<RiskLevel>,
    expires_at: Option<Timestamp>,
}

impl RawRule {
    /// The rule; the level of a list of somebody acting for a state need not be written.
    pub(super) fn rule(self, kind: FeedKind) -> Result<WatchRule, &'static str> {
        let level = match (self.level, kind) {
            (Some(level), _) => level,
            (None, FeedKind::NationState) => RiskLevel::High,
            (None, _) => return Err("'level' is missing: low, medium or high"),
        };
        Ok(WatchRule { id: self.id, author: self.author, level, expires_at: self.expires_at })
    }
}

/// What is wrong with the rule of a feed of this kind, or with there being one or none.
pub(super) fn problem(kind: FeedKind, rule: Option<&WatchRule>) -> Option<&'static str> {
    let is_text = |text: &str| {
        !text.trim().is_empty() && text.chars().count() <= MAX_TEXT && !text.chars().any(char::is_control)
    };
    match rule {
        None if kind.is_watched() => {
            Some("a watch list needs 'rule' with id, author and level, and expires_at if it is to end")
        }
        None => None,
        Some(_) if !kind.is_watched() => {
            Some("'rule' belongs to watch lists alone (kind nation-state or threat-intelligence)")
        }
        Some(rule) if !is_text(&rule.id) || !is_text(&rule.author) => {
            Some("'id' and 'author' of the rule must be 1 to 128 characters in one line")
        }
        Some(rule) if kind == FeedKind::NationState && rule.level != RiskLevel::High => {
            Some("the level of a nation-state list is always high")
        }
        Some(rule) if rule.level.severity() == 0 => Some("'level' of the rule must be low, medium or high"),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FeedConfig, FeedSource};

    fn read(text: &str) -> Result<FeedConfig, String> {
        toml::from_str::<FeedConfig>(text).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn a_watch_list_has_a_rule_and_its_entries_may_stand_in_the_configuration() {
        let text = "name='x'\nkind='threat-intelligence'\nentries=['192.0.2.0/24','2001:db8::1']\n\
                    rule={id='TI-1',author='SOC',level='medium',expires_at='2027-01-31T00:00:00Z'}";
        let feed = read(text).unwrap();
        assert_eq!(feed.refresh_every.as_secs(), 3_600);
        assert!(matches!(&feed.source, FeedSource::Entries(entries) if entries.prefixes.len() == 2));
        let rule = feed.rule.unwrap();
        assert_eq!((rule.id.as_str(), rule.level), ("TI-1", RiskLevel::Medium));
        assert_eq!(rule.expires_at.unwrap().to_string(), "2027-01-31T00:00:00Z");
        let state = "name='x'\nkind='nation-state'\nentries=['192.0.2.1']\nrule={id='NS-1',author='SOC'}";
        assert_eq!(read(state).unwrap().rule.unwrap().level, RiskLevel::High);
    }

    #[test]
    fn a_watch_list_may_name_network_owners_and_user_agents() {
        let list = |rest: &str| {
            read(&format!(
                "name='x'\nkind='threat-intelligence'\n{rest}\nrule={{id='a',author='b',level='low'}}"
            ))
        };
        let feed = list("autonomous_systems=[64500, 64501]\nuser_agents=['*sqlmap*']").unwrap();
        let FeedSource::Entries(entries) = &feed.source else { panic!("{feed:?}") };
        assert_eq!(
            (entries.autonomous_systems.as_slice(), entries.user_agents.len()),
            (&[64500, 64501][..], 1)
        );
        assert_eq!(entries.text(), "AS64500\nAS64501\nagent *sqlmap*");
        for (rest, reason) in [
            ("autonomous_systems=[]", "entry 'autonomous_systems': there is none"),
            ("autonomous_systems=[0]", "entry '0': not the number of an autonomous system"),
            ("autonomous_systems=[4294967295]", "entry '4294967295': not the number"),
            ("autonomous_systems=[4294967296]", "u32"),
            ("autonomous_systems=['AS64500']", "expected u32"),
            ("user_agents=['*']", "entry '*': fewer than four characters"),
            ("user_agents=['curl/*']\nformat='cidr-list'\nfile='x'", "either 'file' or 'url'"),
        ] {
            let error = list(rest).unwrap_err();
            assert!(error.contains(reason), "{rest}: {error}");
        }
    }

    #[test]
    fn a_rule_that_says_too_little_or_too_much_is_refused() {
        let feed =
            |kind: &str, rest: &str| read(&format!("name='x'\nkind='{kind}'\nentries=['192.0.2.1']\n{rest}"));
        let long = "x".repeat(129);
        for (kind, rule, reason) in [
            ("threat-intelligence", String::new(), "a watch list needs 'rule'"),
            ("nation-state", "rule={id='a',author='b',level='medium'}".to_owned(), "is always high"),
            ("threat-intelligence", "rule={id='a',author='b'}".to_owned(), "'level' is missing"),
            (
                "threat-intelligence",
                "rule={id='a',author='b',level='none'}".to_owned(),
                "low, medium or high",
            ),
            ("threat-intelligence", "rule={id=' ',author='b',level='low'}".to_owned(), "1 to 128 characters"),
            (
                "threat-intelligence",
                format!("rule={{id='a',author='{long}',level='low'}}"),
                "1 to 128 characters",
            ),
            ("threat-intelligence", "rule={id='a',level='low'}".to_owned(), "missing field `author`"),
            ("malicious", "rule={id='a',author='b',level='low'}".to_owned(), "belongs to watch lists alone"),
        ] {
            let error = feed(kind, &rule).unwrap_err();
            assert!(error.contains(reason), "{kind} {rule}: {error}");
        }
    }
}
