//! Mails as a mail server gets them.

mod sink;

use std::sync::Arc;
use std::time::Duration;

use riskgate_core::SystemRng;
use riskgate_mail::{MailError, MailSettings, MailTls, SmtpMailer};
use riskgate_ports::{Circumstances, Mail, MailContent, Mailer};

use crate::sink::Sink;

const AT_ONCE: Duration = Duration::ZERO;

fn settings(port: u16) -> MailSettings {
    MailSettings {
        host: "127.0.0.1".to_owned(),
        port: Some(port),
        tls: MailTls::None,
        authority: None,
        credentials: None,
        from: "Contoso <security@contoso.com>".to_owned(),
        organization: "Contoso".to_owned(),
        retry_after: vec![AT_ONCE; 2],
    }
}

fn mailer(port: u16) -> SmtpMailer {
    SmtpMailer::new(&settings(port), Arc::new(SystemRng)).unwrap()
}

fn code(to: &str, languages: &str) -> Mail {
    let content = MailContent::Code { code: "12345678".to_owned(), minutes: 10 };
    Mail { to: to.to_owned(), languages: languages.to_owned(), content }
}

#[tokio::test]
async fn a_code_arrives_as_text_and_html_in_the_language_of_the_person() {
    let mut sink = Sink::start(&[]).await;
    let mailer = mailer(sink.port);
    assert!(mailer.send(code("ada@example.org", "en")));
    let mail = sink.next().await;
    assert!(mail.from.contains("<security@contoso.com>"), "{mail:?}");
    assert_eq!(mail.to, ["RCPT TO:<ada@example.org>"]);
    for header in
        ["Subject: Your code for Contoso", "To: ada@example.org", "Auto-Submitted: auto-generated", "Date: "]
    {
        assert!(mail.text.contains(header), "{header}: {mail:?}");
    }
    assert_eq!(mail.text.matches("12345678").count(), 2, "{mail:?}");
    assert!(mail.text.contains("text/plain") && mail.text.contains("text/html"));
    assert!(mailer.send(code("ada@example.org", "de-DE,en;q=0.5")));
    assert!(sink.next().await.text.contains("Er gilt 10 Minuten lang"));
}

#[tokio::test]
async fn what_fails_for_now_is_tried_again_and_what_fails_for_good_is_not() {
    let mut sink = Sink::start(&["451 later", "451 later", "250 ok", "550 never"]).await;
    let mailer = mailer(sink.port);
    assert!(mailer.send(code("first@example.org", "en")));
    for text in ["", "", "Subject"] {
        let tried = sink.next().await;
        assert!(tried.from.contains("security@contoso.com") && tried.text.contains(text), "{tried:?}");
    }
    assert!(mailer.send(code("refused@example.org", "en")));
    assert_eq!(sink.next().await.text, "", "refused for good");
    for _ in 0..20 {
        assert!(mailer.send(code("second@example.org", "en")));
        assert_eq!(sink.next().await.to, ["RCPT TO:<second@example.org>"], "and not tried again");
    }
}

#[tokio::test]
async fn nothing_gets_into_a_header_and_markup_stays_text() {
    let mut sink = Sink::start(&[]).await;
    let mailer = mailer(sink.port);
    for address in [
        "ada@example.org\r\nBcc: eve@example.org",
        "ada@example.org>\r\nRCPT TO:<eve@x.org",
        "",
        "ada",
        "a@b\n",
    ] {
        assert!(!mailer.send(code(address, "en")), "{address:?}");
    }
    let content = MailContent::NewDevice(Circumstances {
        at: "2026-11-25T10:00:00Z".parse().unwrap(),
        address: "203.0.113.9".to_owned(),
        what: "<img src=x>\r\nBcc: eve@example.org\r\n.\r\nMAIL FROM:<eve@x.org>".to_owned(),
    });
    assert!(mailer.send(Mail { to: "ada@example.org".to_owned(), languages: String::new(), content }));
    let mail = sink.next().await;
    assert_eq!(mail.to.len(), 1);
    let (headers, body) = mail.text.split_once("\n\n").unwrap();
    assert!(!headers.contains("Bcc") && body.contains("2026-11-25 10:00:00 UTC"), "{mail:?}");
    assert!(!body.split("text/html").nth(1).unwrap().contains("<img"), "{mail:?}");
}

#[tokio::test]
async fn an_organization_with_an_odd_name_has_one_subject_line() {
    let mut sink = Sink::start(&[]).await;
    let settings = MailSettings {
        organization: "Con\r\nBcc: eve@example.org\r\ntoso".to_owned(),
        ..settings(sink.port)
    };
    let mailer = SmtpMailer::new(&settings, Arc::new(SystemRng)).unwrap();
    assert!(mailer.send(code("ada@example.org", "en")));
    let mail = sink.next().await;
    let (headers, _) = mail.text.split_once("\n\n").unwrap();
    assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
}

#[tokio::test]
async fn nobody_waits_for_a_server_that_is_not_there_and_what_waits_is_bounded() {
    // Nothing listens there any more.
    let port = Sink::start(&[]).await.port;
    let settings = MailSettings {
        host: "192.0.2.1".to_owned(),
        retry_after: vec![Duration::from_secs(60)],
        ..settings(port)
    };
    let mailer = SmtpMailer::new(&settings, Arc::new(SystemRng)).unwrap();
    let taken = (0..1_100).filter(|_| mailer.send(code("ada@example.org", "en"))).count();
    assert_eq!(taken, 1_000);
}

#[tokio::test]
async fn a_sender_that_is_none_is_refused() {
    let settings = MailSettings { from: "nobody".to_owned(), ..settings(25) };
    assert!(matches!(SmtpMailer::new(&settings, Arc::new(SystemRng)), Err(MailError::From(_))));
}
