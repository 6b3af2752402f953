//! Registering and removing authenticator apps.

use std::sync::Arc;
use std::time::Duration;

use qrcode::QrCode;
use qrcode::render::svg;
use riskgate_authentication::OathError::{Expired, TooMany, Wrong};
use riskgate_authentication::{RegisteredMethods, SoftwareOath};
use riskgate_model::{AuthenticationMethodKind, User};

use crate::common::{MINUTE, World, from_groups};

const STEP: Duration = Duration::from_secs(30);

#[tokio::test]
async fn nothing_is_stored_until_the_first_code_is_right() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    world.observed.asked();
    let page = world.oath.begin(&anna).unwrap();
    assert!(world.observed.asked().is_empty());
    let secret = from_groups(&page.secret);
    let wrong = world.oath.confirm(&anna, &page.pending, &world.wrong_code(&secret, 0)).await;
    assert_eq!(wrong.unwrap_err(), Wrong);
    assert!(world.oath.list(&anna.id).await.unwrap().is_empty());
    let method = world.oath.confirm(&anna, &page.pending, &world.code(&secret, 0)).await.unwrap();
    assert_eq!(method.kind, AuthenticationMethodKind::SoftwareOath);
    assert_eq!(method.user_id, anna.id);
    let listed = world.oath.list(&anna.id).await.unwrap();
    assert_eq!(listed.iter().map(|m| &m.record).collect::<Vec<_>>(), [&method]);
}

#[tokio::test]
async fn the_page_shows_the_secret_in_groups_of_four_and_as_a_qr_code() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let page = world.oath.begin(&anna).unwrap();
    let groups: Vec<_> = page.secret.split(' ').collect();
    assert_eq!(groups.len(), 8);
    assert!(groups.iter().all(|group| group.len() == 4), "{}", page.secret);
    assert_eq!(from_groups(&page.secret).len(), 20, "160 bits");
    // The picture is the one of this address and of no other.
    let address = format!(
        "otpauth://totp/Contoso:anna%40contoso.com?secret={}&issuer=Contoso",
        page.secret.replace(' ', "")
    );
    let expected = QrCode::new(address).unwrap().render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    assert!(page.qr_svg.starts_with("<svg"), "it stands inside of a page");
    assert!(expected.ends_with(&page.qr_svg));
    assert_ne!(world.oath.begin(&anna).unwrap().secret, page.secret, "another secret each time");
    let printed = format!("{page:?}");
    assert!(!printed.contains(groups[0]) && !printed.contains("svg"), "secrets do not print: {printed}");
}

#[tokio::test]
async fn the_page_comes_again_with_the_same_secret() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let page = world.oath.begin(&anna).unwrap();
    let again = world.oath.resume(&anna, &page.pending).unwrap();
    assert_eq!((again.secret, again.qr_svg, &again.pending), (page.secret, page.qr_svg, &page.pending));
}

#[tokio::test]
async fn the_longest_names_fit_into_the_qr_code() {
    let world = World::new().await;
    let user = User {
        user_principal_name: Some(format!("{}#EXT#@{}.contoso.com", "o'neil_".repeat(9), "a".repeat(36))),
        ..world.person("anna").await
    };
    for issuer in ["\u{1f600}".repeat(256), "Контосо ".repeat(32), "a:b".repeat(85), ":".to_owned()] {
        let oath = SoftwareOath::new(world.services.clone(), world.sealed.clone(), &issuer);
        assert!(oath.begin(&user).is_ok(), "{issuer}");
    }
}

#[tokio::test]
async fn a_page_expires_after_a_quarter_of_an_hour() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let page = world.oath.begin(&anna).unwrap();
    let secret = from_groups(&page.secret);
    world.clock.advance(15 * MINUTE - STEP);
    assert!(world.oath.resume(&anna, &page.pending).is_ok());
    world.clock.advance(STEP);
    let late = world.oath.confirm(&anna, &page.pending, &world.code(&secret, 0)).await;
    assert_eq!(late.unwrap_err(), Expired);
    assert_eq!(world.oath.resume(&anna, &page.pending).unwrap_err(), Expired);
}

#[tokio::test]
async fn the_page_of_somebody_else_and_what_is_no_page_are_refused() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let page = world.oath.begin(&anna).unwrap();
    let code = world.code(&from_groups(&page.secret), 0);
    let other = world.sealed.seal("software-oath-pending", &page.secret, MINUTE).unwrap();
    for (user, pending) in [(&ben, page.pending.as_str()), (&anna, ""), (&anna, "x"), (&anna, &other)] {
        assert_eq!(world.oath.confirm(user, pending, &code).await.unwrap_err(), Expired);
    }
    assert!(world.oath.list(&ben.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_page_sent_twice_registers_one_app_whose_codes_pass_once() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let page = world.oath.begin(&anna).unwrap();
    let secret = from_groups(&page.secret);
    world.oath.confirm(&anna, &page.pending, &world.code(&secret, 0)).await.unwrap();
    world.clock.advance(STEP);
    let twice = world.oath.confirm(&anna, &page.pending, &world.code(&secret, 0)).await;
    assert_eq!(twice.unwrap_err(), Expired);
    assert_eq!(world.oath.list(&anna.id).await.unwrap().len(), 1);
    world.clock.advance(STEP);
    let code = world.code(&secret, 0);
    assert_eq!(world.oath.verify(&anna.id, &code).await, Ok(()));
    assert_eq!(world.oath.verify(&anna.id, &code).await, Err(Wrong));
}

#[tokio::test]
async fn five_apps_can_be_registered_and_the_codes_of_each_pass() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let mut secrets = Vec::new();
    for _ in 0..5 {
        secrets.push(world.register(&anna).await);
    }
    let page = world.oath.begin(&anna).unwrap();
    let code = world.code(&from_groups(&page.secret), 0);
    assert_eq!(world.oath.confirm(&anna, &page.pending, &code).await.unwrap_err(), TooMany);
    world.register(&ben).await;
    world.clock.advance(STEP);
    for secret in &secrets {
        assert_eq!(world.oath.verify(&anna.id, &world.code(secret, 0)).await, Ok(()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_registrations_at_the_same_moment_never_leave_more_than_five() {
    let world = Arc::new(World::new().await);
    let anna = world.person("anna").await;
    for _ in 0..4 {
        world.register(&anna).await;
    }
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let (world, anna) = (world.clone(), anna.clone());
            tokio::spawn(async move {
                let page = world.oath.begin(&anna).unwrap();
                let code = world.code(&from_groups(&page.secret), 0);
                world.oath.confirm(&anna, &page.pending, &code).await
            })
        })
        .collect();
    let mut registered = 4;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => registered += 1,
            Err(refused) => assert_eq!(refused, TooMany),
        }
    }
    assert!(registered <= 5, "{registered}");
    assert_eq!(world.oath.list(&anna.id).await.unwrap().len(), registered);
}

#[tokio::test]
async fn a_person_renames_and_removes_only_his_own_methods() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let secret = world.register(&anna).await;
    let methods = RegisteredMethods::new(world.services.clone());
    let id = methods.list(&anna.id).await.unwrap()[0].record.id.clone();
    for (user, id) in [(&ben.id, id.as_str()), (&anna.id, "no such app")] {
        assert_eq!(methods.remove(user, id).await, Ok(None));
        assert_eq!(methods.rename(user, id, "Mine").await, Ok(false));
    }
    assert_eq!(methods.rename(&anna.id, &id, " Old phone ").await, Ok(true));
    let listed = methods.list(&anna.id).await.unwrap();
    assert_eq!(listed[0].record.display_name.as_deref(), Some("Old phone"));
    let removed = methods.remove(&anna.id, &id).await.unwrap();
    assert_eq!(removed.map(|method| method.id), Some(id.clone()));
    assert_eq!(methods.remove(&anna.id, &id).await, Ok(None));
    world.clock.advance(STEP);
    assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 0)).await, Err(Wrong));
}
