//! A mailer that keeps what it is given.

use std::sync::Mutex;

use riskgate_ports::{Mail, MailContent, Mailer};

#[derive(Default)]
pub(crate) struct Post(Mutex<Vec<Mail>>);

impl Mailer for Post {
    fn send(&self, mail: Mail) -> bool {
        self.0.lock().unwrap().push(mail);
        true
    }
}

impl Post {
    /// Everything that was sent since it was last asked.
    pub(crate) fn taken(&self) -> Vec<Mail> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// The one code that was sent since, and where to.
    pub(crate) fn code(&self) -> (String, String) {
        match self.taken().as_slice() {
            [Mail { to, content: MailContent::Code { code, minutes: 10 }, .. }] => (to.clone(), code.clone()),
            other => panic!("not one code: {other:?}"),
        }
    }
}
