use riskgate_core::{ManualClock, SeededRng};
use riskgate_directory::*;
use riskgate_model::ServicePrincipal;
use riskgate_odata::Filter;
use riskgate_store::{StoreExt, tables};

use crate::support::{HASH, contoso, request, start};

#[tokio::test]
async fn a_new_tenant_has_a_domain_an_administrator_and_the_applications_everyone_has() {
    let it = contoso().await;
    let organization = it.directory.organization().await.unwrap();
    assert_eq!(organization.id, it.tenant.to_string());
    let domain = &organization.verified_domains[0];
    assert_eq!((domain.is_default, domain.is_initial), (Some(true), Some(true)));
    assert_eq!(domain.name.as_deref(), Some("contoso.com"));

    let admin = it.directory.user("Admin@Contoso.com").await.unwrap();
    assert_eq!(admin.id, it.admin_id);
    let roles = it.directory.role_template_ids(&admin.id).await.unwrap();
    assert_eq!(roles.into_iter().collect::<Vec<_>>(), [GLOBAL_ADMINISTRATOR]);
    let credential = it.directory.user_credential(&admin.id).await.unwrap().unwrap();
    assert_eq!((credential.password_hash.as_str(), credential.must_change), (HASH, true));

    let graph = it.directory.find_service_principal_of(GRAPH_APP_ID).await.unwrap().unwrap();
    assert!(graph.app_roles.iter().any(|role| role.id == "6e472fd1-ad78-48da-a0f0-97ab2c6b769e"));
    let scope =
        graph.oauth2_permission_scopes.iter().find(|scope| scope.value.as_deref() == Some("User.Read"));
    assert_eq!(scope.unwrap().type_.as_deref(), Some("User"));
    assert!(it.directory.find_service_principal_of(ACCOUNT_APP_ID).await.unwrap().is_some());
    assert_eq!(it.audits("Create company").await.len(), 1);
    assert_eq!(it.audits("Add member to role").await.len(), 1);
}

#[tokio::test]
async fn a_database_says_which_tenant_it_holds() {
    let store = riskgate_store_sql::open("sqlite::memory:").await.unwrap();
    assert_eq!(find_tenant(&*store).await, Ok(None));
    let (clock, rng) = (ManualClock::new(start()), SeededRng::new(1));
    let made = create_tenant(&store, &clock, &rng, &Actor::system(), &request()).await.unwrap();
    assert_eq!(find_tenant(&*store).await.unwrap().as_ref(), Some(made.tenant()));
    assert_eq!(made.tenant().domain, "contoso.com");

    let again = create_tenant(&store, &clock, &rng, &Actor::system(), &request()).await.unwrap();
    assert_eq!(again, Bootstrap::Existed(made.tenant().clone()));
}

#[tokio::test]
async fn of_two_nodes_that_begin_at_once_one_makes_the_tenant_and_nothing_of_the_other_stays() {
    let plain = riskgate_store_sql::open("sqlite::memory:").await.unwrap();
    let store = riskgate_testkit::HookedStore::racing(plain.clone(), 4);
    let (clock, system) = (ManualClock::new(start()), Actor::system());
    let (one, two) = (SeededRng::new(1), SeededRng::new(2));
    let request = request();
    let (a, b) = tokio::join!(
        create_tenant(&store, &clock, &one, &system, &request),
        create_tenant(&store, &clock, &two, &system, &request),
    );
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!(a.tenant(), b.tenant());
    let created = |made: &Bootstrap| matches!(made, Bootstrap::Created { .. });
    assert!(created(&a) != created(&b));

    let mut found = Vec::new();
    for rng in [SeededRng::new(1), SeededRng::new(2)] {
        let id = riskgate_core::TenantId(riskgate_core::Rng::uuid(&rng));
        let principals = plain.find_all::<ServicePrincipal>(id, Filter::Constant(true)).await.unwrap().len();
        let users = plain.count(id, &tables::USERS, &Filter::Constant(true)).await.unwrap();
        let audits = plain.count(id, &tables::DIRECTORY_AUDITS, &Filter::Constant(true)).await.unwrap();
        found.push((id == a.tenant().id, principals, users, audits));
    }
    found.sort();
    assert_eq!(found, [(false, 0, 0, 0), (true, 2, 1, 3)]);
}

#[tokio::test]
async fn a_tenant_needs_a_domain_and_an_administrator_inside_it() {
    let store = riskgate_store_sql::open("sqlite::memory:").await.unwrap();
    let (clock, rng) = (ManualClock::new(start()), SeededRng::new(1));
    for (request, target) in [
        (BootstrapRequest { domain: "localhost".to_owned(), ..request() }, "verifiedDomains"),
        (BootstrapRequest { display_name: " ".to_owned(), ..request() }, "displayName"),
        (BootstrapRequest { admin_upn: "admin@fabrikam.com".to_owned(), ..request() }, "userPrincipalName"),
    ] {
        let error = create_tenant(&store, &clock, &rng, &Actor::system(), &request).await.unwrap_err();
        assert_eq!(error.target(), Some(target), "{error}");
    }
    assert_eq!(find_tenant(&*store).await, Ok(None));
}
