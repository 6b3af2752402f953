//! Chance that repeats: every draw comes from ChaCha20 with a seed and a stream, and logarithms and exponentials are those
//! of `libm`, not of the machine, so that a seed gives the same population everywhere.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// A source of draws.
#[derive(Debug)]
pub struct Draw(ChaCha20Rng);

impl Draw {
    /// The draws of one `stream` of a `seed`; streams are independent of each other.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha20Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// A number of 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in 0..1.
    pub fn unit(&mut self) -> f64 {
        unit(self.bits())
    }

    /// A number in `low..high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `bound`; 0 when `bound` is.
    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from((u64::from(self.0.next_u32()) * u64::from(bound)) >> 32).unwrap_or(0)
    }

    /// An index of a list with `length` elements.
    pub fn index(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    /// Whether something of this probability happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the elements, each as likely as the others. There must be one.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.index(from.len())]
    }

    /// An index, as likely as its weight says.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// A waiting time with this mean.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(1.0 - self.unit())
    }

    /// A number of normal distribution (sum of twelve uniform ones, so never beyond six deviations).
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        mean + deviation * ((0..12).map(|_| self.unit()).sum::<f64>() - 6.0)
    }

    /// How often something happens that is expected `mean` times.
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let (mut happened, mut at) = (0, self.exponential(1.0));
        while at < mean {
            happened += 1;
            at += self.exponential(1.0);
        }
        happened
    }
}

/// A number in 0..1 from 64 bits.
#[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1u64 << 53) as f64
}

/// Bits that depend on every part in a fixed way: properties of things that are not kept, such as a block of addresses.
pub fn mix(parts: &[u64]) -> u64 {
    parts.iter().fold(0x9e37_79b9_7f4a_7c15, |state, part| {
        let mut z = (state ^ part).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}

/// [`mix`] as a number in 0..1.
pub fn mix_unit(parts: &[u64]) -> f64 {
    unit(mix(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let first = |seed, stream| Draw::new(seed, stream).bits();
        assert_eq!(first(1, 2), first(1, 2));
        assert_ne!(first(1, 2), first(1, 3));
        assert_ne!(first(1, 2), first(2, 2));
    }

    #[test]
    fn draws_have_the_means_they_say() {
        let mut draw = Draw::new(7, 0);
        let mut mean =
            |of: &mut dyn FnMut(&mut Draw) -> f64| (0..20_000).map(|_| of(&mut draw)).sum::<f64>() / 20_000.0;
        assert!((mean(&mut |d| d.exponential(5.0)) - 5.0).abs() < 0.2);
        assert!((mean(&mut |d| d.normal(2.0, 3.0)) - 2.0).abs() < 0.1);
        assert!((mean(&mut |d| f64::from(d.poisson(2.5))) - 2.5).abs() < 0.1);
        assert!((mean(&mut |d| f64::from(d.below(10))) - 4.5).abs() < 0.1);
        assert!((mean(&mut |d| f64::from(u8::from(d.weighted(&[1.0, 3.0]) == 1))) - 0.75).abs() < 0.02);
    }
}
