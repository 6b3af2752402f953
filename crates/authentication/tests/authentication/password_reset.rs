//! Forgotten passwords: what is counted, and that nobody learns who exists.

use riskgate_authentication::{OfferedProofs, ResetError};
use riskgate_model::User;
use riskgate_store::records::ResetProof;

use crate::common::{HOUR, MINUTE, World};

/// Every kind of proof.
const ALL: [ResetProof; 3] = [ResetProof::Email, ResetProof::SoftwareOath, ResetProof::RecoveryCode];
const FROM: &str = "198.51.100.7";

fn email(code: &str) -> OfferedProofs {
    OfferedProofs { email_code: code.to_owned(), ..OfferedProofs::default() }
}

fn app(code: &str) -> OfferedProofs {
    OfferedProofs { app_code: code.to_owned(), ..OfferedProofs::default() }
}

fn recovery(code: &str) -> OfferedProofs {
    OfferedProofs { recovery_code: code.to_owned(), ..OfferedProofs::default() }
}

impl World {
    async fn begin(&self, user: Option<&User>, required: usize) -> (String, Option<String>) {
        let begun =
            self.resets.begin(user, "name@contoso.com", FROM.parse().unwrap(), required, &ALL).await.unwrap();
        (begun.token, begun.mail.map(|(_, code)| code))
    }

    async fn with_address(&self, name: &str) -> User {
        let user = self.person_with_password(name).await;
        self.emails.set(&user.id, "ada@example.org").await.unwrap();
        user
    }
}

#[tokio::test]
async fn two_proofs_of_different_kinds_are_needed_and_may_be_given_one_after_the_other() {
    let world = World::new().await;
    let ada = world.with_address("ada").await;
    let secret = world.register(&ada).await;
    world.clock.advance(MINUTE);
    let (token, code) = world.begin(Some(&ada), 2).await;
    assert_eq!(world.resets.prove(&token, &email(&code.unwrap())).await, Err(ResetError::NotProven));
    assert_eq!(world.resets.proven(&token).await, Err(ResetError::Expired), "one is not enough");
    let wrong = world.wrong_code(&secret, 0);
    assert_eq!(world.resets.prove(&token, &app(&wrong)).await, Err(ResetError::NotProven));
    assert_eq!(world.resets.prove(&token, &app(&world.code(&secret, 0))).await, Ok(()));
    let proven = world.resets.proven(&token).await.unwrap();
    assert_eq!(proven.record.account, ada.id);
    assert_eq!(world.resets.finish(&proven).await, Ok(()));
    assert_eq!(world.resets.finish(&proven).await, Err(ResetError::Expired), "once");
    assert_eq!(world.resets.proven(&token).await, Err(ResetError::Expired));
}

#[tokio::test]
async fn a_recovery_code_counts_once_in_any_spelling_and_a_new_set_ends_the_old_one() {
    let world = World::new().await;
    let ada = world.person_with_password("ada").await;
    let codes = world.recovery.generate(&ada.id).await.unwrap();
    assert_eq!((codes.len(), world.recovery.left(&ada.id).await.unwrap()), (10, Some(10)));
    let (token, mail) = world.begin(Some(&ada), 1).await;
    assert_eq!(mail, None);
    let spelled = format!(" {} ", codes[3].to_uppercase().replace('-', " "));
    assert_eq!(world.resets.prove(&token, &recovery(&spelled)).await, Ok(()));
    assert_eq!(world.recovery.left(&ada.id).await.unwrap(), Some(9));
    assert!(world.recovery.verify(&ada.id, &codes[3]).await.is_err(), "used");
    world.recovery.generate(&ada.id).await.unwrap();
    assert!(world.recovery.verify(&ada.id, &codes[4]).await.is_err(), "of the old set");
    let stored = world.load::<riskgate_store::records::RecoveryCodeSet>(&ada.id).await.unwrap().record;
    assert!(stored.digests.iter().all(|digest| digest.len() == 64), "digests only");
}

#[tokio::test]
async fn a_code_of_a_mail_expires_belongs_to_one_reset_and_is_guessed_five_times_at_most() {
    let world = World::new().await;
    let ada = world.with_address("ada").await;
    let (first, code) = world.begin(Some(&ada), 1).await;
    let code = code.unwrap();
    assert!(code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
    let (second, _) = world.begin(Some(&ada), 1).await;
    assert_eq!(world.resets.prove(&second, &email(&code)).await, Err(ResetError::NotProven));
    world.clock.advance(10 * MINUTE);
    assert_eq!(world.resets.prove(&first, &email(&code)).await, Err(ResetError::NotProven), "too old");
    world.clock.advance(HOUR);
    let (token, code) = world.begin(Some(&ada), 1).await;
    let code = code.unwrap();
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..5 {
        assert_eq!(world.resets.prove(&token, &email(wrong)).await, Err(ResetError::NotProven));
    }
    assert_eq!(
        world.resets.prove(&token, &email(&code)).await,
        Err(ResetError::Expired),
        "even the right one"
    );
}

#[tokio::test]
async fn a_reset_is_over_after_a_quarter_of_an_hour() {
    let world = World::new().await;
    let ada = world.with_address("ada").await;
    let (token, code) = world.begin(Some(&ada), 1).await;
    world.resets.prove(&token, &email(&code.unwrap())).await.unwrap();
    world.clock.advance(15 * MINUTE);
    assert_eq!(world.resets.proven(&token).await, Err(ResetError::Expired));
    assert_eq!(world.resets.prove(&token, &email("1")).await, Err(ResetError::Expired));
    assert_eq!(world.resets.prove("made up", &email("1")).await, Err(ResetError::Expired));
}

#[tokio::test]
async fn a_name_nobody_has_costs_the_same_work_as_an_account_with_and_without_methods() {
    let world = World::new().await;
    let ada = world.with_address("ada").await;
    world.register(&ada).await;
    world.recovery.generate(&ada.id).await.unwrap();
    let bare = world.person_with_password("bare").await;
    world.clock.advance(MINUTE);
    world.observed.asked();
    let offered = OfferedProofs {
        email_code: "12345678".to_owned(),
        app_code: "123456".to_owned(),
        recovery_code: "abcde-fghij".to_owned(),
    };
    let mut work = Vec::new();
    for user in [Some(&ada), Some(&bare), None] {
        let begun =
            world.resets.begin(user, "nobody@contoso.com", FROM.parse().unwrap(), 2, &ALL).await.unwrap();
        assert_eq!(begun.mail.is_some(), user == Some(&ada));
        let begin = world.observed.asked();
        assert_eq!(world.resets.prove(&begun.token, &offered).await, Err(ResetError::NotProven));
        work.push((begin, world.observed.asked()));
    }
    // The address counter exists after the first round and is read and written alike.
    assert_eq!(work[1], work[2]);
    assert_eq!(work[0], work[2]);
}

#[tokio::test]
async fn who_begins_again_and_again_locks_out_himself() {
    let world = World::new().await;
    let ada = world.with_address("ada").await;
    let home = "203.0.113.9".parse().unwrap();
    world.passwords.remember_network(&ada.id, home).await.unwrap();
    for user in [Some(&ada), None] {
        for _ in 0..5 {
            world.begin(user, 2).await;
        }
        let begun = world.resets.begin(user, "name@contoso.com", FROM.parse().unwrap(), 2, &ALL).await;
        assert_eq!(begun, Err(ResetError::Locked));
    }
    assert!(
        world.resets.begin(Some(&ada), "ada", home, 2, &ALL).await.is_ok(),
        "she herself is not locked out"
    );
    world.clock.advance(MINUTE);
    assert!(
        world.resets.begin(Some(&ada), "ada", FROM.parse().unwrap(), 2, &ALL).await.is_ok(),
        "for a minute at first"
    );
}

#[tokio::test]
async fn one_address_tries_twenty_names_at_most() {
    let world = World::new().await;
    let from = "198.51.100.8".parse().unwrap();
    for number in 0..20 {
        assert!(world.resets.begin(None, &format!("name-{number}"), from, 2, &ALL).await.is_ok(), "{number}");
    }
    assert_eq!(world.resets.begin(None, "name-20", from, 2, &ALL).await, Err(ResetError::Locked));
    assert!(world.resets.begin(None, "name-20", FROM.parse().unwrap(), 2, &ALL).await.is_ok());
}

#[tokio::test]
async fn guessing_here_locks_nobody_out_of_signing_in() {
    let world = World::new().await;
    let ada = world.with_address("ada").await;
    let secret = world.register(&ada).await;
    for round in 0..4 {
        world.clock.advance(HOUR);
        let (token, _) = world.begin(Some(&ada), 1).await;
        for number in 0..5 {
            let guess = world.wrong_code(&secret, number);
            assert_eq!(world.resets.prove(&token, &app(&guess)).await, Err(ResetError::NotProven), "{round}");
        }
    }
    let (token, _) = world.begin(Some(&ada), 1).await;
    let right = world.code(&secret, 0);
    assert_eq!(
        world.resets.prove(&token, &app(&right)).await,
        Err(ResetError::NotProven),
        "guessing is bounded"
    );
    assert_eq!(world.oath.verify(&ada.id, &right).await, Ok(()), "signing in is not");
    assert!(world.try_password(&ada, crate::common::RIGHT, FROM).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_sent_at_the_same_moment_are_all_counted() {
    let world = std::sync::Arc::new(World::new().await);
    let ada = world.with_address("ada").await;
    let (token, code) = world.begin(Some(&ada), 1).await;
    let code: u64 = code.unwrap().parse().unwrap();
    let guess = |number: u64| {
        let (world, token) = (world.clone(), token.clone());
        let guess = format!("{:08}", (code + number) % 100_000_000);
        tokio::spawn(async move { world.resets.prove(&token, &email(&guess)).await })
    };
    let guesses: Vec<_> = (1..=30).map(guess).collect();
    let mut looked_at = 0;
    for guess in guesses {
        looked_at += usize::from(guess.await.unwrap() == Err(ResetError::NotProven));
    }
    assert!(looked_at <= 5, "{looked_at}");
    let right = email(&format!("{code:08}"));
    assert_eq!(world.resets.prove(&token, &right).await, Err(ResetError::Expired));
}

#[tokio::test]
async fn an_address_is_registered_by_the_code_that_was_sent_to_it() {
    let world = World::new().await;
    let (ada, eve) = (world.person("ada").await, world.person("eve").await);
    let issued = world.emails.begin_registration(&ada.id, "ada@example.org").await.unwrap();
    assert!(
        world.emails.register(&eve.id, &issued.challenge, &issued.code).await.is_err(),
        "of somebody else"
    );
    let method = world.emails.register(&ada.id, &issued.challenge, &issued.code).await.unwrap();
    assert_eq!(method.address, "ada@example.org");
    assert!(world.emails.register(&ada.id, &issued.challenge, &issued.code).await.is_err(), "once");
    for _ in 0..4 {
        assert!(world.emails.begin_registration(&ada.id, "x@example.org").await.is_ok());
    }
    assert!(world.emails.begin_registration(&ada.id, "x@example.org").await.is_err(), "five, then a pause");
    assert_eq!(world.emails.remove(&ada.id).await, Ok(true));
    assert_eq!(world.emails.remove(&ada.id).await, Ok(false));
}

#[tokio::test]
async fn what_does_not_count_proves_nothing_and_gets_no_mail() {
    let world = World::new().await;
    let ada = world.with_address("ada").await;
    let secret = world.register(&ada).await;
    world.clock.advance(MINUTE);
    let counting = [ResetProof::RecoveryCode];
    let from = FROM.parse().unwrap();
    let begun = world.resets.begin(Some(&ada), "ada@contoso.com", from, 1, &counting).await.unwrap();
    assert_eq!(begun.mail, None);
    let offered = app(&world.code(&secret, 0));
    assert_eq!(world.resets.prove(&begun.token, &offered).await, Err(ResetError::NotProven));
    let codes = world.recovery.generate(&ada.id).await.unwrap();
    assert_eq!(world.resets.prove(&begun.token, &recovery(&codes[0])).await, Ok(()));
}
