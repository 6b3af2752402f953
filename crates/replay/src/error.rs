/// Why a recording cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The file cannot be read any further.
    #[error("the recording cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// A column or property is not there.
    #[error("{place}: there is no '{name}'")]
    Missing {
        /// Line or entry.
        place: String,
        /// Its name.
        name: String,
    },
    /// A value is not what it should be.
    #[error("{place}: '{name}' is {value:?}; expected {expected}")]
    Invalid {
        /// Line or entry.
        place: String,
        /// Its name.
        name: String,
        /// What is there, shortened.
        value: String,
        /// What should be.
        expected: &'static str,
    },
    /// The text is not of the format.
    #[error("{place}: {reason}")]
    Malformed {
        /// Line or entry.
        place: String,
        /// What is wrong.
        reason: String,
    },
}

impl ReplayError {
    pub(crate) fn invalid(place: &str, name: &str, value: &str, expected: &'static str) -> Self {
        let value = value.chars().take(80).collect();
        Self::Invalid { place: place.to_owned(), name: name.to_owned(), value, expected }
    }

    pub(crate) fn missing(place: &str, name: &str) -> Self {
        Self::Missing { place: place.to_owned(), name: name.to_owned() }
    }
}
