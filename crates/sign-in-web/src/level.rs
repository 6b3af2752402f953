use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::SignInWeb;

/// What [`SignInWeb::answer_step`] should be: longer than a wrong password takes, short for a person.
pub const ANSWER_STEP: Duration = Duration::from_millis(100);

impl SignInWeb {
    /// Waits until an answer that says no is as old as others are: a multiple of the step since it `began`. What there is to do
    /// for an account that exists (a sign-in to record, its roles to read) and not for a name nobody has ends before that, so
    /// that the time tells nothing. Waiting costs no processor, and keeps nobody up who is right.
    pub(crate) async fn level(&self, began: Instant) {
        sleep_until(next_step(began, Instant::now(), self.answer_step)).await;
    }
}

fn next_step(began: Instant, now: Instant, step: Duration) -> Instant {
    let steps = now.duration_since(began).as_nanos().div_ceil(step.as_nanos().max(1)).max(1);
    began + step.saturating_mul(u32::try_from(steps).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_waits_for_the_next_step() {
        let began = Instant::now();
        let waits = |elapsed: u64, step: u64| {
            let millis = Duration::from_millis;
            next_step(began, began + millis(elapsed), millis(step)).duration_since(began).as_millis()
        };
        assert_eq!([waits(0, 100), waits(13, 100), waits(99, 100), waits(100, 100)], [100; 4]);
        assert_eq!([waits(101, 100), waits(1_999, 100)], [200, 2_000]);
        assert_eq!(waits(13, 0), 0, "no step, no waiting");
    }
}
