use riskgate_core::Timestamp;
use riskgate_model::User;

/// Sends mail to people. Nothing waits for it, and nothing fails because of it.
pub trait Mailer: Send + Sync + 'static {
    /// Takes a mail to be sent; false if too many wait already, or if the address is none. It returns at once.
    fn send(&self, mail: Mail) -> bool;
}

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Address of the person.
    pub to: String,
    /// The person's languages, written as `Accept-Language` is (RFC 9110 §12.5.4).
    pub languages: String,
    /// What it says.
    pub content: MailContent,
}

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailContent {
    /// A code that proves that the person reads mail to this address.
    Code {
        /// The code.
        code: String,
        /// For how many minutes it is good.
        minutes: u64,
    },
    /// The password was changed by the person himself.
    PasswordChanged(Circumstances),
    /// The password was set by somebody who had forgotten it.
    PasswordReset(Circumstances),
    /// A way to prove who one is was added.
    SecurityInfoAdded(Circumstances),
    /// A way to prove who one is was removed.
    SecurityInfoRemoved(Circumstances),
    /// Somebody signed in on a device or browser that was not seen before.
    NewDevice(Circumstances),
}

/// When, where and how something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstances {
    /// When.
    pub at: Timestamp,
    /// The address it came from.
    pub address: String,
    /// What it is about: name of a method, of a program; empty if nothing is known.
    pub what: String,
}

/// Where notices to a person go: his mail address, and no other, since anybody may have put himself on the others.
pub fn address_of(user: &User) -> Option<&str> {
    user.mail.as_deref().filter(|address| !address.is_empty())
}
