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
}

#[cfg(test)]
mod tests {
    use super::RiskLevel::*;

    #[test]
    fn worst_follows_severity_not_numbers() {
        assert_eq!(None.worst(Low), Low);
        assert_eq!(High.worst(None), High);
        assert_eq!(Medium.worst(High), High);
    }
}
