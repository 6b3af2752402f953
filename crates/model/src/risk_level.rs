use std::cmp::Ordering;

use crate::RiskLevel;

impl RiskLevel {
    /// Rank of severity: none, low, medium, high. The numbers of the Graph enumeration are in another order and never
    /// compared.
    pub fn severity(self) -> u8 {
        match self {
            Self::None | Self::Hidden | Self::UnknownFutureValue => 0,
            Self::Low => 1,
            Self::Medium => 2,
            Self::High => 3,
        }
    }

    /// Compares by severity.
    pub fn compare_severity(self, other: Self) -> Ordering {
        self.severity().cmp(&other.severity())
    }

    /// The more severe of the two.
    pub fn worst(self, other: Self) -> Self {
        if other.severity() > self.severity() { other } else { self }
    }

    /// One level more; nothing stays nothing, and high is the most.
    pub fn one_more(self) -> Self {
        match self {
            Self::Low => Self::Medium,
            Self::Medium | Self::High => Self::High,
            Self::None | Self::Hidden | Self::UnknownFutureValue => self,
        }
    }

    /// One level less; what was low is nothing.
    pub fn one_less(self) -> Self {
        match self {
            Self::High => Self::Medium,
            Self::Medium => Self::Low,
            Self::Low => Self::None,
            Self::None | Self::Hidden | Self::UnknownFutureValue => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RiskLevel::*;

    #[test]
    fn levels_step_within_their_ends() {
        assert_eq!([None, Low, Medium, High].map(|level| level.one_more()), [None, Medium, High, High]);
        assert_eq!([None, Low, Medium, High].map(|level| level.one_less()), [None, None, Low, Medium]);
        assert_eq!((Hidden.one_more(), Hidden.one_less()), (Hidden, Hidden));
    }

    #[test]
    fn worst_follows_severity_not_numbers() {
        assert_eq!(None.worst(Low), Low);
        assert_eq!(High.worst(None), High);
        assert_eq!(Medium.worst(High), High);
    }
}
