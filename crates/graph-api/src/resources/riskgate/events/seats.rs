use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Streams of one node.
const MOST: usize = 500;
/// Streams of one user or application; a browser shares one among its tabs.
const MOST_OF_ONE: usize = 10;

/// Who has how many streams open.
#[derive(Default)]
pub(super) struct Seats(Mutex<HashMap<String, usize>>);

/// The right to one stream; given back when it is dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    owner: String,
}

impl Seats {
    /// A seat for `owner`; `None` if he has too many, or all have.
    pub(super) fn take(self: &Arc<Self>, owner: &str) -> Option<Seat> {
        let mut taken = self.lock();
        let own = taken.get(owner).copied().unwrap_or(0);
        if own >= MOST_OF_ONE || taken.values().sum::<usize>() >= MOST {
            return None;
        }
        taken.insert(owner.to_owned(), own + 1);
        Some(Seat { seats: Arc::clone(self), owner: owner.to_owned() })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.lock();
        match taken.get_mut(&self.owner) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(taken.remove(&self.owner)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_takes_no_more_than_his_share_and_gives_back_what_he_leaves() {
        let seats = Arc::new(Seats::default());
        let mut own: Vec<Seat> = (0..MOST_OF_ONE).filter_map(|_| seats.take("a")).collect();
        assert_eq!(own.len(), MOST_OF_ONE);
        assert!(seats.take("a").is_none());
        assert!(seats.take("b").is_some());
        own.pop();
        assert!(seats.take("a").is_some());
        drop(own);
        assert!(seats.lock().is_empty());
    }

    #[test]
    fn a_node_has_no_more_than_it_can_serve() {
        let seats = Arc::new(Seats::default());
        let all: Vec<Seat> = (0..MOST + 5).filter_map(|n| seats.take(&n.to_string())).collect();
        assert_eq!(all.len(), MOST);
    }
}
