/// Up to this rate terms are summed up; above it the distribution is as good as normal.
const SUMMED: f64 = 200.0;

/// The least count that comes up with a probability below `probability` where `rate` are usual (Poisson distribution).
pub(super) fn least_unlikely(rate: f64, probability: f64) -> u32 {
    let (rate, probability) = (rate.clamp(0.0, 1e9), probability.clamp(1e-12, 0.5));
    if rate > SUMMED {
        return normal(rate, probability);
    }
    let mut term = libm::exp(-rate);
    let (mut below, mut count) = (term, 1_u32);
    // The terms run out long before; the bound says so to whoever reads.
    while 1.0 - below >= probability && count < 2_000 {
        term = term * rate / f64::from(count);
        below += term;
        count = count.saturating_add(1);
    }
    count
}

/// The normal distribution with the first correction for skewness (Cornish and Fisher).
fn normal(rate: f64, probability: f64) -> u32 {
    let quantile = quantile(probability);
    let count = rate + quantile * libm::sqrt(rate) + (quantile * quantile - 1.0) / 6.0;
    // Saturates.
    libm::ceil(count) as u32
}

/// How many standard deviations above the mean this share lies beyond, to a thousandth (Abramowitz and Stegun 26.2.23).
fn quantile(probability: f64) -> f64 {
    let t = libm::sqrt(-2.0 * libm::log(probability));
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    t - above / below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_the_distribution() {
        // P(N >= 10 | 1) = 1.1e-7, P(N >= 9 | 1) = 1.1e-6.
        assert_eq!(least_unlikely(1.0, 1e-6), 10);
        assert_eq!(least_unlikely(0.0, 1e-6), 1);
        // P(N >= 29 | 10) = 7.7e-7, P(N >= 28 | 10) = 2.0e-6.
        assert_eq!(least_unlikely(10.0, 1e-6), 29);
    }

    #[test]
    fn both_ways_agree_where_they_meet_and_nothing_is_endless() {
        let summed = least_unlikely(SUMMED, 1e-6);
        assert!(normal(SUMMED, 1e-6).abs_diff(summed) <= 1, "{summed}");
        for (rate, probability) in [(f64::NAN, 1e-6), (f64::INFINITY, 1e-6), (-1.0, 0.0), (1.0, f64::NAN)] {
            least_unlikely(rate, probability);
        }
    }
}
