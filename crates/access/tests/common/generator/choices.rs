//! Random choices that are the same for the same seed.

use riskgate_core::{Rng, SeededRng};
use riskgate_model::GraphEnum;
use riskgate_model::schema::EnumType;

/// Draws everything a generator needs from one seed.
pub struct Choices(SeededRng);

impl Choices {
    pub fn new(seed: u64) -> Self {
        Self(SeededRng::new(seed))
    }

    /// A number below `end`.
    pub fn below(&self, end: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % u64::try_from(end).unwrap()).unwrap()
    }

    /// True so many times in a hundred.
    pub fn percent(&self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// The value so many times in a hundred.
    pub fn sometimes<T>(&self, chance: usize, value: impl FnOnce() -> T) -> Option<T> {
        self.percent(chance).then(value)
    }

    /// One of them.
    pub fn one<T: Clone>(&self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// Between one and `most` of them, each at most once, in the order they stand or the other way round.
    pub fn some<T: Clone>(&self, items: &[T], most: usize) -> Vec<T> {
        let mut left = 1 + self.below(most.min(items.len()));
        let mut chosen = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if self.below(items.len() - index) < left {
                chosen.push(item.clone());
                left -= 1;
            }
        }
        if self.percent(50) {
            chosen.reverse();
        }
        chosen
    }

    /// The same as text; once in a while in capitals, which mean the same.
    pub fn texts(&self, items: &[&str], most: usize) -> Vec<String> {
        let recase = |text: &str| if self.percent(5) { text.to_uppercase() } else { text.to_owned() };
        self.some(items, most).into_iter().map(recase).collect()
    }

    /// Between one and `most` members of an enumeration, whatever the schema says they are.
    pub fn members<E: GraphEnum>(&self, most: usize, except: &[&str]) -> Vec<E> {
        let names = self.some(&member_names(E::TYPE, except), most);
        names.into_iter().map(|name| E::from_name(name).unwrap()).collect()
    }

    pub fn member<E: GraphEnum>(&self, except: &[&str]) -> E {
        self.members(1, except).remove(0)
    }

    /// A set of members of an enumeration of flags.
    pub fn flags<F>(&self, type_: &EnumType, most: usize, except: &[&str]) -> F
    where
        F: TryFrom<String, Error = String>,
    {
        F::try_from(self.some(&member_names(type_, except), most).join(",")).unwrap()
    }
}

/// The members a policy or a fact may hold.
pub fn member_names(type_: &EnumType, except: &[&str]) -> Vec<&'static str> {
    let names = type_.members.iter().map(|(name, _)| *name);
    names.filter(|name| *name != "unknownFutureValue" && !except.contains(name)).collect()
}
