//! Mail to people about their accounts. Nothing waits for it and nothing fails because of it.

use riskgate_http::RequestContext;
use riskgate_model::User;
use riskgate_ports::{Circumstances, Mail, MailContent, address_of};

use crate::SignInWeb;
use crate::texts::current;

impl SignInWeb {
    /// Tells a person what happened to his account, if mail is configured and he has an address. `what` is a text of the
    /// pages, or something without words.
    pub(crate) fn notify(
        &self,
        context: &RequestContext,
        user: &User,
        content: fn(Circumstances) -> MailContent,
        what: &str,
    ) {
        let Some(address) = address_of(user) else { return };
        let translation = current();
        let what = translation.as_ref().map_or(what, |translation| translation.text(what)).to_owned();
        let circumstances = Circumstances { at: context.at, address: context.address.to_string(), what };
        self.mail(user, address, content(circumstances));
    }

    /// Writes to an address of a person; false if that cannot be done.
    pub(crate) fn mail(&self, user: &User, address: &str, content: MailContent) -> bool {
        let Some(mailer) = &self.mailer else { return false };
        let shown = || current().map(|translation| translation.language.clone());
        let languages = user.preferred_language.clone().or_else(shown).unwrap_or_default();
        mailer.send(Mail { to: address.to_owned(), languages, content })
    }

    /// Whether people are written to at all, and this one is.
    pub(crate) fn is_notified(&self, user: &User) -> bool {
        self.mailer.is_some() && address_of(user).is_some()
    }
}
