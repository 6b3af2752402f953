//! Clients that prove themselves with a certificate, in the forms MSAL and the Azure identity libraries send.

use std::time::Duration;

use crate::common::{BASE_URL, CLIENT, World};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use riskgate_core::Clock;
use riskgate_store::Batch;
use riskgate_store::records::{ClientCredential, ClientCredentialKind};
use riskgate_tokens::{
    CertificateError, ClientAuthError, ClientAuthentication, ClientAuthenticationMethod, ClientProof,
    TokenService,
};
use serde_json::{Value as Json, json};

struct Certified {
    key: EncodingKey,
    pem: String,
}

fn certified(algorithm: &'static rcgen::SignatureAlgorithm) -> Certified {
    let pair = rcgen::KeyPair::generate_for(algorithm).unwrap();
    let mut params = rcgen::CertificateParams::default();
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2027, 1, 1);
    let pem = params.self_signed(&pair).unwrap().pem();
    let key = EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes());
    Certified { key: key.unwrap_or(EncodingKey::from_secret(b"not RSA")), pem }
}

fn rsa() -> Certified {
    certified(&rcgen::PKCS_RSA_SHA256)
}

async fn register(world: &World, certified: &Certified) -> ClientCredential {
    let new = world.tokens.new_certificate_credential(CLIENT, Some("laptop"), &certified.pem).unwrap();
    let mut batch = Batch::new(world.tenant);
    batch.insert(&new.credential).unwrap();
    world.store.commit(batch).await.unwrap();
    new.credential
}

fn thumbprints(credential: &ClientCredential) -> (String, String) {
    let ClientCredentialKind::Certificate { thumbprint_sha1, thumbprint_sha256, .. } = &credential.kind
    else {
        panic!("a certificate")
    };
    (thumbprint_sha1.clone(), thumbprint_sha256.clone())
}

fn endpoint(tenant: &str) -> String {
    format!("{BASE_URL}/{tenant}/oauth2/v2.0/token")
}

fn claims(world: &World) -> Json {
    let now = world.clock.now().as_seconds();
    json!({
        "iss": CLIENT, "sub": CLIENT, "aud": endpoint(&world.tenant.to_string()),
        "exp": now + 600, "nbf": now, "jti": "5a7c9e10",
    })
}

fn sign(algorithm: Algorithm, claims: &Json, key: &EncodingKey) -> String {
    jsonwebtoken::encode(&Header::new(algorithm), claims, key).unwrap()
}

async fn authenticate(tokens: &TokenService, assertion: &str) -> Result<Option<String>, ClientAuthError> {
    let request = ClientAuthentication {
        app_id: CLIENT,
        credentials: &tokens.client_credentials(CLIENT).await.unwrap(),
        is_public: false,
        proof: ClientProof::Assertion(assertion),
        tenant_domains: &["contoso.com"],
    };
    let client = tokens.authenticate_client(request).await?;
    assert_eq!(client.method, ClientAuthenticationMethod::Certificate);
    Ok(client.credential_id)
}

#[tokio::test]
async fn rfc7523_3_rs256_and_ps256_with_every_form_of_thumbprint_are_good() {
    let world = World::new().await;
    let (other, own) = (rsa(), rsa());
    register(&world, &other).await;
    let credential = register(&world, &own).await;
    let (sha1, sha256) = thumbprints(&credential);
    let bytes = URL_SAFE_NO_PAD.decode(&sha1).unwrap();
    let good = Ok(Some(credential.id.clone()));
    for algorithm in [Algorithm::RS256, Algorithm::PS256] {
        let mut headers = vec![Header::new(algorithm)];
        for x5t in [sha1.clone(), STANDARD.encode(&bytes), format!("{sha1}=")] {
            headers.push(Header { x5t: Some(x5t), ..Header::new(algorithm) });
        }
        headers.push(Header { x5t_s256: Some(sha256.clone()), ..Header::new(algorithm) });
        for header in headers {
            let assertion = jsonwebtoken::encode(&header, &claims(&world), &own.key).unwrap();
            assert_eq!(authenticate(&world.tokens, &assertion).await, good, "{header:?}");
        }
        let (foreign, _) = thumbprints(&register(&world, &rsa()).await);
        let header = Header { x5t: Some(foreign), ..Header::new(algorithm) };
        let assertion = jsonwebtoken::encode(&header, &claims(&world), &own.key).unwrap();
        let refused = authenticate(&world.tokens, &assertion).await;
        assert_eq!(refused, Err(ClientAuthError::AssertionSignature), "it names another certificate");
    }
}

#[tokio::test]
async fn rfc7523_3_the_audience_is_the_token_endpoint_under_any_name_of_the_tenant() {
    let world = World::new().await;
    let own = rsa();
    register(&world, &own).await;
    let id = world.tenant.to_string();
    let mut good = Vec::from(
        [id.as_str(), "contoso.com", "Contoso.COM", "common", "organizations"]
            .map(|name| json!(endpoint(name))),
    );
    good.push(json!(world.tokens.issuer()));
    good.push(json!([endpoint(&id)]));
    good.push(json!(endpoint(&id).to_uppercase()));
    for audience in good {
        let mut claims = claims(&world);
        claims["aud"] = audience;
        let assertion = sign(Algorithm::RS256, &claims, &own.key);
        assert!(authenticate(&world.tokens, &assertion).await.is_ok(), "{}", claims["aud"]);
    }
    for audience in [
        json!(""),
        json!(endpoint("fabrikam.com")),
        json!(format!("{}/", endpoint(&id))),
        json!(endpoint(&id).replace(":8443", "")),
        json!(endpoint(&id).replace("https://", "https://evil@")),
        json!([]),
        json!([endpoint(&id), "https://elsewhere.example"]),
    ] {
        let mut claims = claims(&world);
        claims["aud"] = audience;
        let assertion = sign(Algorithm::RS256, &claims, &own.key);
        let refused = authenticate(&world.tokens, &assertion).await;
        assert_eq!(refused, Err(ClientAuthError::AssertionAudience), "{}", claims["aud"]);
    }
}

#[tokio::test]
async fn rfc7523_3_times_may_have_fractions_and_are_bounded() {
    let world = World::new().await;
    let own = rsa();
    register(&world, &own).await;
    let now = world.clock.now().as_seconds();
    for (changes, is_good) in [
        (json!({ "exp": now as f64 + 599.75, "iat": now as f64 + 0.25 }), true),
        (json!({ "exp": now - 299 }), true),
        (json!({ "exp": now - 300 }), false),
        (json!({ "exp": now + 86_400 }), true),
        (json!({ "exp": now + 86_400 + 301 }), false),
        (json!({ "exp": 1e300 }), false),
        (json!({ "exp": -1e300 }), false),
        (json!({ "nbf": now + 300 }), true),
        (json!({ "nbf": now + 301 }), false),
        (json!({ "iat": now + 301 }), false),
    ] {
        let mut claims = claims(&world);
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let outcome = authenticate(&world.tokens, &sign(Algorithm::PS256, &claims, &own.key)).await;
        let expected = if is_good { None } else { Some(ClientAuthError::AssertionTime) };
        assert_eq!(outcome.err(), expected, "{changes}");
    }
}

#[tokio::test]
async fn rfc7523_3_1_forged_and_broken_assertions_are_refused() {
    let world = World::new().await;
    let own = rsa();
    let unregistered = sign(Algorithm::RS256, &claims(&world), &own.key);
    let signature = ClientAuthError::AssertionSignature;
    assert_eq!(authenticate(&world.tokens, &unregistered).await, Err(signature.clone()));
    register(&world, &own).await;
    assert!(authenticate(&world.tokens, &unregistered).await.is_ok());
    let stranger = sign(Algorithm::RS256, &claims(&world), &rsa().key);
    assert_eq!(authenticate(&world.tokens, &stranger).await, Err(signature.clone()));

    let mut other = claims(&world);
    other["sub"] = json!("another");
    let body = URL_SAFE_NO_PAD.encode(other.to_string());
    let parts: Vec<_> = unregistered.split('.').collect();
    let altered = format!("{}.{body}.{}", parts[0], parts[2]);
    assert_eq!(authenticate(&world.tokens, &altered).await, Err(signature));
    let subject = sign(Algorithm::RS256, &other, &own.key);
    assert_eq!(authenticate(&world.tokens, &subject).await, Err(ClientAuthError::AssertionSubject));

    let with_secret = sign(Algorithm::HS256, &claims(&world), &EncodingKey::from_secret(own.pem.as_bytes()));
    let none = format!("{}.{}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), parts[1]);
    let mut incomplete = claims(&world);
    incomplete.as_object_mut().unwrap().remove("exp");
    let incomplete = sign(Algorithm::RS256, &incomplete, &own.key);
    let oversized = format!("{unregistered}{}", "A".repeat(20_000));
    for text in ["", "a.b.c", &with_secret, &none, &incomplete, &oversized] {
        let refused = authenticate(&world.tokens, text).await.unwrap_err();
        assert!(matches!(refused, ClientAuthError::AssertionMalformed(_)), "{text:.40}: {refused}");
        assert_eq!(refused.code(), Some(50_027));
    }
}

#[tokio::test]
async fn rfc7523_3_1_an_expired_certificate_is_refused_as_such() {
    let world = World::new().await;
    let own = rsa();
    register(&world, &own).await;
    world.clock.set("2026-12-31T23:59:59Z".parse().unwrap());
    let assertion = sign(Algorithm::RS256, &claims(&world), &own.key);
    assert!(authenticate(&world.tokens, &assertion).await.is_ok());
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(authenticate(&world.tokens, &assertion).await, Err(ClientAuthError::Expired));
    let expired = world.tokens.new_certificate_credential(CLIENT, None, &own.pem);
    assert_eq!(expired.unwrap_err(), CertificateError::Expired);
}

#[tokio::test]
async fn rfc7523_3_an_assertion_may_come_again_unless_that_is_forbidden() {
    let world = World::new().await;
    let own = rsa();
    register(&world, &own).await;
    let mut anonymous = claims(&world);
    anonymous.as_object_mut().unwrap().remove("jti");
    let strict = world.node().with_single_use_assertions();
    for claims in [claims(&world), anonymous] {
        let assertion = sign(Algorithm::PS256, &claims, &own.key);
        for _ in 0..2 {
            assert!(authenticate(&world.tokens, &assertion).await.is_ok(), "MSAL sends it for ten minutes");
        }
        assert!(authenticate(&strict, &assertion).await.is_ok());
        let again = authenticate(&strict, &assertion).await;
        assert_eq!(again, Err(ClientAuthError::AssertionReplayed));
    }
    let resigned = sign(Algorithm::PS256, &claims(&world), &own.key);
    let again = authenticate(&strict, &resigned).await;
    assert_eq!(again, Err(ClientAuthError::AssertionReplayed), "the same jti in another signature");
}

#[tokio::test]
async fn certificates_are_registered_with_thumbprints_and_only_with_rsa_keys() {
    let world = World::new().await;
    let own = rsa();
    let text = format!("Bag Attributes\r\n{}\nignored\n{}", own.pem.replace('\n', "\r\n"), rsa().pem);
    let new = world.tokens.new_certificate_credential(CLIENT, Some("laptop"), &text).unwrap();
    let (sha1, sha256) = thumbprints(&new.credential);
    assert_eq!((sha1.len(), sha256.len()), (27, 43));
    let ClientCredentialKind::Certificate { pem, .. } = &new.credential.kind else { panic!("a certificate") };
    assert_eq!(pem.trim(), own.pem.replace('\r', "").trim());
    let shown = new.key_credential;
    assert_eq!(shown.custom_key_identifier, Some(STANDARD.encode(URL_SAFE_NO_PAD.decode(sha1).unwrap())));
    assert_eq!(shown.end_date_time, Some("2027-01-01T00:00:00Z".parse().unwrap()));
    assert_eq!(
        (shown.type_.as_deref(), shown.usage.as_deref()),
        (Some("AsymmetricX509Cert"), Some("Verify"))
    );

    let refused = |pem: &str| world.tokens.new_certificate_credential(CLIENT, None, pem).unwrap_err();
    assert_eq!(refused(&certified(&rcgen::PKCS_ECDSA_P256_SHA256).pem), CertificateError::NotRsa);
    let key_only = rcgen::KeyPair::generate().unwrap().serialize_pem();
    let cut = own.pem.replace("-----END", "AAAA-----END");
    for text in ["", &key_only, &cut, &own.pem[..200], &own.pem.replace('M', "!"), &"x".repeat(100_000)] {
        assert_eq!(refused(text), CertificateError::Malformed, "{text:.40}");
    }
}
