use riskgate_ports::{PushMessage, PushOutcome};
use riskgate_store::records::ApprovalRequest;
use serde_json::json;

use super::{Approvals, REQUEST_LIFETIME};
use crate::AuthnError;

impl Approvals {
    /// Wakes every phone of the user that can be woken. Nothing waits for that: an open page shows the request anyway.
    ///
    /// The message says which request and until when, nothing about the sign-in: the phone asks for that, and signs for it.
    pub(super) async fn wake(&self, user_id: &str, request: &ApprovalRequest) -> Result<(), AuthnError> {
        let Some(push) = &self.push else { return Ok(()) };
        let text = json!({ "request": request.id, "expires": request.expires_date_time.as_seconds() });
        let message = PushMessage { text: text.to_string().into_bytes(), lifetime: REQUEST_LIFETIME };
        for phone in self.list(user_id).await? {
            let Some(subscription) = self.opened_push(&phone.record) else { continue };
            let (approvals, push, message) = (self.clone(), push.clone(), message.clone());
            tokio::spawn(async move {
                match push.send(&subscription, &message).await {
                    PushOutcome::Accepted => {}
                    PushOutcome::Gone => {
                        if let Err(error) = approvals.keep_push(&phone.record.id, None).await {
                            tracing::warn!(%error, "a phone that cannot be woken any more stays registered as one that can");
                        }
                    }
                    PushOutcome::Failed(reason) => {
                        tracing::warn!(phone = phone.record.id, reason, "a phone was not woken");
                    }
                }
            });
        }
        Ok(())
    }
}
