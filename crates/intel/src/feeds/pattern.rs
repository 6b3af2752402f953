/// Longest pattern, in characters.
const LONGEST: usize = 256;
/// Fewest characters besides asterisks: less would name nearly everybody.
const FEWEST: usize = 4;

/// A user agent as a watch list names it: `*` stands for any text, letters count without their case, and the pattern must
/// fit from the first character to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentPattern {
    text: String,
    lower: Vec<char>,
}

impl AgentPattern {
    /// Checks a pattern.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        if text.chars().count() > LONGEST {
            return Err("longer than 256 characters");
        }
        if text.chars().any(char::is_control) {
            return Err("a user agent has no control characters");
        }
        if text.chars().filter(|letter| *letter != '*' && !letter.is_whitespace()).count() < FEWEST {
            return Err("fewer than four characters besides '*' would name nearly everybody");
        }
        Ok(Self { text: text.to_owned(), lower: lower(text) })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it names a user agent. Takes at most the product of both lengths.
    pub(super) fn names(&self, agent: &[char]) -> bool {
        let (mut at, mut in_agent) = (0, 0);
        // Where the last asterisk is, and how far the agent was taken for it.
        let mut asterisk: Option<(usize, usize)> = None;
        while in_agent < agent.len() {
            match self.lower.get(at) {
                Some('*') => {
                    asterisk = Some((at, in_agent));
                    at += 1;
                }
                Some(letter) if *letter == agent[in_agent] => {
                    at += 1;
                    in_agent += 1;
                }
                _ => {
                    let Some((place, taken)) = asterisk else { return false };
                    asterisk = Some((place, taken + 1));
                    (at, in_agent) = (place + 1, taken + 1);
                }
            }
        }
        self.lower[at..].iter().all(|letter| *letter == '*')
    }
}

/// Without case.
pub(super) fn lower(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(pattern: &str, agent: &str) -> bool {
        AgentPattern::new(pattern).unwrap().names(&lower(agent))
    }

    #[test]
    fn asterisks_stand_for_any_text_and_the_rest_fits_whole() {
        assert!(names("python-requests/*", "Python-Requests/2.31"));
        assert!(names("*sqlmap*", "sqlmap/1.7#stable"));
        assert!(names("evil*1*end", "evil 1 11 end"));
        assert!(!names("python-requests/2", "python-requests/2.31"));
        assert!(!names("*axios", "axios/1.6"));
        assert!(names("exact", "EXACT") && !names("exact", "exac"));
    }

    #[test]
    fn what_names_everybody_or_nobody_is_refused() {
        for (pattern, reason) in [
            ("***", "fewer than four"),
            ("*abc*", "fewer than four"),
            ("a\nbcde", "no control characters"),
            (&*"x".repeat(257), "longer than 256"),
        ] {
            assert!(AgentPattern::new(pattern).unwrap_err().contains(reason), "{pattern:?}");
        }
    }

    proptest! {
        #[test]
        fn a_pattern_made_of_an_agent_names_it(front in "[a-z/.]{2,9}", middle in "[ -~]{0,9}", back in "[a-z/.]{2,9}") {
            let (pattern, agent) = (format!("{front}*{back}"), format!("{front}{middle}{back}"));
            prop_assert!(names(&pattern, &agent));
            let (pattern, other) = (format!("{front}?{back}"), format!("{front}!{back}"));
            prop_assert!(!names(&pattern, &other));
        }
    }

    #[test]
    fn an_evil_pattern_takes_no_time() {
        let pattern = AgentPattern::new(&format!("{}xyzw", "a*".repeat(120))).unwrap();
        assert!(!pattern.names(&lower(&"a".repeat(1_024))));
    }
}
