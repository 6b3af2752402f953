//! Makes a failing pair smaller: everything in its JSON that can be left out is left out, as long as it still fails.

use proptest::strategy::ValueTree;
use serde_json::Value;

use super::Pair;

/// Proptest calls `simplify` when the current pair fails and `complicate` when it does not.
pub struct PairTree {
    /// The smallest pair that failed.
    failing: Pair,
    /// What is tried now.
    current: Pair,
    /// How many places of `failing` were tried.
    tried: usize,
    /// Whether something was left out since the first place was tried.
    got_smaller: bool,
}

impl PairTree {
    pub fn new(pair: Pair) -> Self {
        Self { failing: pair.clone(), current: pair, tried: 0, got_smaller: false }
    }

    /// The next pair with one thing less than the failing one.
    fn next(&mut self) -> bool {
        let json = serde_json::to_value(&self.failing).expect("a pair is JSON");
        let mut places = Vec::new();
        list(&json, &mut Vec::new(), &mut places);
        loop {
            let Some(place) = places.get(self.tried) else {
                if !std::mem::take(&mut self.got_smaller) {
                    self.current = self.failing.clone();
                    return false;
                }
                self.tried = 0;
                continue;
            };
            self.tried += 1;
            let mut smaller = json.clone();
            remove(&mut smaller, place);
            match serde_json::from_value::<Pair>(smaller) {
                Ok(pair) if pair != self.failing => {
                    self.current = pair;
                    return true;
                }
                _ => {}
            }
        }
    }
}

impl ValueTree for PairTree {
    type Value = Pair;

    fn current(&self) -> Pair {
        self.current.clone()
    }

    fn simplify(&mut self) -> bool {
        if self.current != self.failing {
            self.failing = self.current.clone();
            // What stood behind the part that is gone now stands in its place.
            self.tried -= 1;
            self.got_smaller = true;
        }
        self.next()
    }

    fn complicate(&mut self) -> bool {
        self.next()
    }
}

/// Where a part of a JSON value is: names of members and numbers of items.
type Place = Vec<String>;

fn list(value: &Value, here: &mut Place, places: &mut Vec<Place>) {
    let parts: Vec<_> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        _ => return,
    };
    for (name, part) in parts {
        here.push(name);
        if !part.is_null() {
            places.push(here.clone());
            list(part, here, places);
        }
        here.pop();
    }
}

fn remove(value: &mut Value, place: &[String]) {
    match (value, place) {
        (Value::Object(members), [name]) => {
            members.shift_remove(name);
        }
        (Value::Array(items), [index]) => {
            items.remove(index.parse().expect("the number of an item"));
        }
        (Value::Object(members), [name, rest @ ..]) => remove(&mut members[name], rest),
        (Value::Array(items), [index, rest @ ..]) => {
            remove(&mut items[index.parse::<usize>().expect("the number of an item")], rest);
        }
        _ => unreachable!("places are listed from the same value"),
    }
}
