//! Which branches of the rules were taken, and with which result.

use std::collections::BTreeMap;

use super::Truth;

/// Counts per branch and value: how often it was not met, could not be told, and was met.
#[derive(Debug, Default)]
pub struct Notes(BTreeMap<&'static str, BTreeMap<String, [u64; 3]>>);

impl Notes {
    pub fn add(&mut self, branch: &'static str, value: &str, truth: Truth) {
        let values = self.0.entry(branch).or_default();
        match values.get_mut(value) {
            Some(counts) => counts[truth as usize] += 1,
            None => {
                let mut counts = [0; 3];
                counts[truth as usize] = 1;
                values.insert(value.to_owned(), counts);
            }
        }
    }

    /// How often the branch with this value came to this result.
    pub fn count(&self, branch: &str, value: &str, truth: Truth) -> u64 {
        self.0.get(branch).and_then(|values| values.get(value)).map_or(0, |counts| counts[truth as usize])
    }

    /// Every branch with its values and counts.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str, [u64; 3])> {
        self.0.iter().flat_map(|(branch, values)| {
            values.iter().map(|(value, counts)| (*branch, value.as_str(), *counts))
        })
    }
}
