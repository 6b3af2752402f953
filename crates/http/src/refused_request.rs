use riskgate_core::Timestamp;

/// What a person is shown who was sent here with a request that cannot be answered to the application that made it: the
/// address to answer to is not to be trusted. Whoever refuses it leaves this in the response's extensions; the sign-in pages
/// make a page of it, in the language of who reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRequest {
    /// The number Entra reports it by.
    pub code: u32,
    /// What is wrong with the request, in English, for the owner of the application.
    pub message: String,
    /// Names the request in our log.
    pub request_id: String,
    /// Names it in that of the application.
    pub correlation_id: String,
    /// When it arrived.
    pub at: Timestamp,
}
