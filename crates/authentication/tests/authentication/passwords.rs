//! What somebody learns from the answer to a name and a password.

use riskgate_authentication::FirstFactorError::{Disabled, Failed, Locked, Wrong};
use riskgate_authentication::{AuthnError, FirstFactor, HashError};
use riskgate_model::User;
use riskgate_store::records::UserCredential;

use crate::common::{RIGHT, World};

const FROM: &str = "198.51.100.7";

#[tokio::test]
async fn the_right_password_passes_and_tells_whether_it_must_be_changed() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    assert_eq!(
        world.try_password(&anna, RIGHT, FROM).await,
        Ok(FirstFactor { must_change: false, is_breached: false })
    );
    world.change(&anna.id, |credential: &mut UserCredential| credential.must_change = true).await;
    assert_eq!(
        world.try_password(&anna, RIGHT, FROM).await,
        Ok(FirstFactor { must_change: true, is_breached: false })
    );
}

#[tokio::test]
async fn unknown_name_wrong_password_and_no_password_cost_and_answer_the_same() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    let ben = world.person("ben").await;
    let mut seen = Vec::new();
    for number in 0..11 {
        let password = format!("wrong-{number}");
        let mut outcomes = Vec::new();
        // Each from networks of its own, so that no address is counted twice.
        for (who, user) in [Some(&anna), Some(&ben), None].into_iter().enumerate() {
            let from = format!("10.{who}.{number}.1");
            let before = world.passwords.hasher().verifications();
            world.observed.asked();
            let outcome = match user {
                Some(user) => world.try_password(user, &password, &from).await,
                None => world.try_unknown("nobody@contoso.com", &password, &from).await,
            };
            let work = world.passwords.hasher().verifications() - before;
            outcomes.push((outcome, work, world.observed.asked()));
        }
        assert_eq!(outcomes[0], outcomes[1], "attempt {number}: no password");
        assert_eq!(outcomes[0], outcomes[2], "attempt {number}: no account");
        seen.push(outcomes.swap_remove(0));
    }
    assert_eq!((seen[0].0.clone(), seen[0].1), (Err(Wrong), 1));
    assert_eq!((seen[10].0.clone(), seen[10].1), (Err(Locked), 0));
}

#[tokio::test]
async fn a_disabled_account_is_told_only_to_who_knows_the_password() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    let disabled = User { account_enabled: Some(false), ..anna };
    assert_eq!(world.try_password(&disabled, "wrong", FROM).await, Err(Wrong));
    assert_eq!(world.try_password(&disabled, RIGHT, FROM).await, Err(Disabled));
    for number in 0..9 {
        let from = format!("198.51.{number}.7");
        assert_eq!(world.try_password(&disabled, &format!("wrong-{number}"), &from).await, Err(Wrong));
    }
    assert_eq!(world.try_password(&disabled, RIGHT, FROM).await, Err(Locked), "it forgot nothing");
}

#[tokio::test]
async fn a_password_of_another_person_does_not_pass() {
    let world = World::new().await;
    let (anna, ben) = (world.person_with_password("anna").await, world.person("ben").await);
    world.set_password(&ben, "Fabrikam5678", false).await;
    assert_eq!(world.try_password(&anna, "Fabrikam5678", FROM).await, Err(Wrong));
    assert!(world.try_password(&ben, "Fabrikam5678", FROM).await.is_ok());
}

#[tokio::test]
async fn case_spaces_and_accents_of_a_password_matter() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    world.set_password(&anna, "Contos\u{f3} 1234", false).await;
    let others = ["contos\u{f3} 1234", "Contos\u{f3} 1234 ", "Contoso 1234", "Contoso\u{301} 1234", ""];
    for (number, other) in others.into_iter().enumerate() {
        let from = format!("198.51.{number}.7");
        assert_eq!(world.try_password(&anna, other, &from).await, Err(Wrong), "{other:?}");
    }
    assert!(world.try_password(&anna, "Contos\u{f3} 1234", FROM).await.is_ok());
}

#[tokio::test]
async fn a_damaged_hash_is_no_way_in() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for (number, hash) in ["", "$argon2id$", "plain Contoso1234", RIGHT].into_iter().enumerate() {
        world
            .change(&anna.id, |credential: &mut UserCredential| credential.password_hash = hash.into())
            .await;
        let from = format!("198.51.{number}.7");
        assert_eq!(world.try_password(&anna, RIGHT, &from).await, Err(Wrong), "{hash}");
    }
}

#[test]
fn the_codes_of_the_sign_in_log() {
    let busy = Failed(AuthnError::Hash(HashError::Busy));
    let codes = [Wrong, Locked, Disabled, busy].map(|error| error.code());
    assert_eq!(codes, [Some(50_126), Some(50_053), Some(50_057), None]);
}
