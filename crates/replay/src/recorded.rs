use riskgate_model::SignInFacts;

/// A sign-in somebody recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedSignIn {
    /// What the recording calls it: the number of a row, or an identifier.
    pub index: String,
    /// Whether it ended well.
    pub is_success: bool,
    /// What is known about it; the user is in it.
    pub facts: SignInFacts,
}
