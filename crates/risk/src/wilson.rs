/// 95 % confidence, both sides.
const Z: f64 = 1.959_963_984_540_054;

/// A share that was counted, with what it may be in truth: Wilson's score interval (1927) at 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// Counted share; 0 of nothing.
    pub counted: f64,
    /// It is at least this.
    pub at_least: f64,
    /// It is at most this.
    pub at_most: f64,
}

impl Share {
    /// `part` of `all`; more than all is all.
    pub fn of(part: u64, all: u64) -> Self {
        if all == 0 {
            return Self { counted: 0.0, at_least: 0.0, at_most: 1.0 };
        }
        let (n, share) = (all as f64, part.min(all) as f64 / all as f64);
        let middle = share + Z * Z / (2.0 * n);
        let spread = Z * libm::sqrt(share * (1.0 - share) / n + Z * Z / (4.0 * n * n));
        let below = 1.0 + Z * Z / n;
        let bound = |value: f64| (value / below).clamp(0.0, 1.0);
        Self { counted: share, at_least: bound(middle - spread), at_most: bound(middle + spread) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        let share = Share::of(8, 10);
        assert_eq!(share.counted, 0.8);
        assert!((share.at_least - 0.490_16).abs() < 1e-4, "{share:?}");
        assert!((share.at_most - 0.943_32).abs() < 1e-4, "{share:?}");
        assert_eq!(Share::of(0, 0), Share { counted: 0.0, at_least: 0.0, at_most: 1.0 });
        assert_eq!(Share::of(3, 2).counted, 1.0);
        assert!(Share::of(u64::MAX, u64::MAX).at_least > 0.99);
    }
}
