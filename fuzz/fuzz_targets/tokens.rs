//! No text is an access token or a client assertion but those we or a registered client signed.
#![no_main]
use std::sync::{Arc, OnceLock};

use libfuzzer_sys::fuzz_target;
use riskgate_core::{SystemClock, SystemRng, TenantId};
use riskgate_keystore::MasterKey;
use riskgate_tokens::{ClientAuthentication, ClientProof, TokenService};
use tokio::runtime::Runtime;

fn service() -> &'static (Runtime, TokenService) {
    static SERVICE: OnceLock<(Runtime, TokenService)> = OnceLock::new();
    SERVICE.get_or_init(|| {
        let runtime = Runtime::new().unwrap();
        let rng = Arc::new(SystemRng);
        let store = runtime.block_on(riskgate_store_sql::open("sqlite::memory:")).unwrap();
        let tenant = "8d0d1f3c-3c1e-4f0e-9a53-0b6d2f1c7a10".parse::<TenantId>().unwrap();
        let seal = Arc::new(MasterKey::ephemeral(rng.clone()));
        let tokens = TokenService::new(store, seal, Arc::new(SystemClock), rng, tenant, "https://localhost:8443");
        runtime.block_on(tokens.ensure_signing_key()).unwrap();
        (runtime, tokens)
    })
}

fuzz_target!(|text: &str| {
    let (runtime, tokens) = service();
    assert!(runtime.block_on(tokens.verify_access_token(text, |_| true)).is_err());
    let request = ClientAuthentication {
        app_id: "8d0d1f3c-3c1e-4f0e-9a53-0b6d2f1c7a11",
        is_public: false,
        proof: ClientProof::Assertion(text),
        tenant_domains: &[],
    };
    assert!(runtime.block_on(tokens.authenticate_client(request)).is_err());
});
