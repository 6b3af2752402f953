use std::sync::Arc;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use riskgate_core::Rng;
use riskgate_ports::{Mail, Mailer};
use tokio::sync::Semaphore;

use crate::compose::compose;
use crate::settings::{MailError, MailSettings};

/// Mails that may wait to be sent, or to be tried again.
const WAITING: usize = 1_000;
/// Mails that are sent at a time.
const AT_ONCE: usize = 4;

/// Sends mail through an SMTP server. Cheap to clone.
#[derive(Clone)]
pub struct SmtpMailer {
    inner: Arc<Inner>,
}

struct Inner {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    organization: String,
    retry_after: Vec<Duration>,
    rng: Arc<dyn Rng>,
    waiting: Arc<Semaphore>,
    sending: Semaphore,
}

impl SmtpMailer {
    /// Nothing is connected to yet.
    ///
    /// # Errors
    /// [`MailError`].
    pub fn new(settings: &MailSettings, rng: Arc<dyn Rng>) -> Result<Self, MailError> {
        let inner = Inner {
            transport: settings.transport()?,
            from: settings.sender()?,
            organization: settings.organization.clone(),
            retry_after: settings.retry_after.clone(),
            rng,
            waiting: Arc::new(Semaphore::new(WAITING)),
            sending: Semaphore::new(AT_ONCE),
        };
        Ok(Self { inner: Arc::new(inner) })
    }
}

impl Mailer for SmtpMailer {
    fn send(&self, mail: Mail) -> bool {
        // The address is parsed here and nowhere else: what is no address never gets near a header.
        let Ok(to) = mail.to.parse::<Address>() else {
            tracing::warn!("a mail is not sent: the address of the person is none");
            return false;
        };
        let Ok(place) = self.inner.waiting.clone().try_acquire_owned() else {
            tracing::error!("a mail is not sent: {WAITING} wait for the mail server already");
            return false;
        };
        let inner = self.inner.clone();
        tokio::spawn(async move {
            let _place = place;
            inner.deliver(to, &mail).await;
        });
        true
    }
}

impl Inner {
    async fn deliver(&self, to: Address, mail: &Mail) {
        let message = match compose(&self.organization, &self.from, to, mail, &*self.rng) {
            Ok(message) => message,
            Err(error) => return tracing::error!(error, "a mail could not be composed"),
        };
        for pause in &self.retry_after {
            match self.try_once(&message).await {
                Ok(()) => return,
                Err(error) if error.is_permanent() => return give_up(&error),
                Err(error) => tracing::warn!(%error, "a mail could not be sent and is tried again"),
            }
            tokio::time::sleep(*pause).await;
        }
        if let Err(error) = self.try_once(&message).await {
            give_up(&error);
        }
    }

    async fn try_once(&self, message: &Message) -> Result<(), lettre::transport::smtp::Error> {
        // Closed by nobody; without a permit there is only more at once.
        let _permit = self.sending.acquire().await;
        self.transport.send(message.clone()).await.map(|_| ())
    }
}

fn give_up(error: &lettre::transport::smtp::Error) {
    tracing::error!(%error, "a mail could not be sent");
}
