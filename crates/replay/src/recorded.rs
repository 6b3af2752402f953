use riskgate_model::SignInFacts;
use riskgate_risk::FirstFactor;

/// A sign-in somebody recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedSignIn {
    /// What the recording calls it: the number of a row, or an identifier.
    pub index: String,
    /// How its first factor ended.
    pub first_factor: FirstFactor,
    /// Whether it ended well: nothing more was asked for, or it was passed.
    pub is_success: bool,
    /// What is known about it; the user is in it.
    pub facts: SignInFacts,
}
