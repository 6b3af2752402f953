use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use riskgate_authentication::{BreachedCheck, PasswordRules, Services};
use riskgate_core::Clock;
use riskgate_directory::{Directory, Tenant};
use riskgate_federation::{Federation, FederationSettings};
use riskgate_intel::{Breached, BreachedSettings, FeedSettings, Feeds};
use riskgate_ports::{Mailer, Push};
use riskgate_protection::Protection;
use riskgate_tokens::TokenService;

use super::Foundation;
use super::mail::mailer;
use super::push::push;
use crate::config::{BreachedPasswordsSection, Config};

/// Everything of the tenant.
pub(crate) struct System {
    /// What it stands on.
    pub(crate) foundation: Foundation,
    /// What clients see, without a slash at the end.
    pub(crate) base_url: String,
    /// The tenant.
    pub(crate) tenant: Tenant,
    /// People, roles, applications.
    pub(crate) directory: Directory,
    /// Keys and tokens.
    pub(crate) tokens: Arc<TokenService>,
    /// Threat and location data.
    pub(crate) feeds: Arc<Feeds>,
    /// What a new password must keep.
    pub(crate) password_rules: PasswordRules,
    /// What is done about passwords that are known from breaches.
    pub(crate) breached_passwords: Option<BreachedCheck>,
    /// Sends mail, if that is configured.
    pub(crate) mailer: Option<Arc<dyn Mailer>>,
    /// The pipeline of a sign-in.
    pub(crate) protection: Arc<Protection>,
    /// Upstream identity providers.
    pub(crate) federation: Federation,
    /// Wakes phones, if it is configured.
    pub(crate) push: Option<Arc<dyn Push>>,
}

impl System {
    /// Builds everything over the store's tenant.
    ///
    /// # Errors
    /// If the store holds none, or what `[mail]` or `[federation]` names cannot be read.
    pub(crate) fn new(foundation: Foundation) -> anyhow::Result<Self> {
        let none = || anyhow!("the store holds no tenant yet; run 'riskgate init' or 'riskgate serve' first");
        let tenant = foundation.tenant.clone().ok_or_else(none)?;
        let (store, clock, rng) = (&foundation.store, &foundation.clock, &foundation.rng);
        let base_url = foundation.config.base_url();
        let directory = Directory::new(store.clone(), clock.clone(), rng.clone(), tenant.id);
        let key = foundation.key.clone();
        let tokens = TokenService::new(store.clone(), key, clock.clone(), rng.clone(), tenant.id, &base_url);
        let feeds = Arc::new(load_feeds(&foundation.config, foundation.place.feeds(), clock.clone()));
        let protection = Protection::new(
            store.clone(),
            directory.clone(),
            feeds.clone(),
            clock.clone(),
            rng.clone(),
            foundation.config.risk.clone(),
        );
        let section = &foundation.config.breached_passwords;
        let breached_passwords = load_breached(section, clock.clone()).map(|list| BreachedCheck {
            list: Arc::new(list),
            refuse_new: section.refuse_new,
            demand_change: section.demand_change,
        });
        let attribute = foundation.config.conditional_access.insider_risk_attribute;
        let protection = protection
            .with_seal(foundation.key.clone())
            .with_insider_risk_attribute(attribute)
            .with_noise_budget(foundation.config.noise_budget);
        let (tokens, protection) = (Arc::new(tokens), Arc::new(protection));
        let names = [tenant.display_name.as_str(), tenant.domain.as_str()];
        let password_rules = PasswordRules::new(&names, &foundation.config.passwords.banned_terms);
        let mailer = mailer(&foundation, &tenant)?;
        let federation = federation(&foundation, &directory, &tenant, &base_url)?;
        let push = push(&foundation)?;
        Ok(Self {
            foundation,
            base_url,
            tenant,
            directory,
            tokens,
            feeds,
            password_rules,
            breached_passwords,
            mailer,
            push,
            protection,
            federation,
        })
    }
}

/// The way to upstream identity providers.
fn federation(
    foundation: &Foundation,
    directory: &Directory,
    tenant: &Tenant,
    base_url: &str,
) -> anyhow::Result<Federation> {
    let section = &foundation.config.federation;
    let read = |path: &PathBuf| {
        std::fs::read(path)
            .with_context(|| format!("federation.authorities_file {} cannot be read", path.display()))
    };
    let settings = FederationSettings {
        base_url: base_url.to_owned(),
        private_networks: section.private_networks.clone(),
        allow_plain_http: section.allow_plain_http,
        authorities: section.authorities_file.as_ref().map(read).transpose()?,
        timeout: Duration::from_millis(section.timeout_milliseconds.into()),
    };
    let services = Services {
        store: foundation.store.clone(),
        seal: foundation.key.clone(),
        clock: foundation.clock.clone(),
        rng: foundation.rng.clone(),
        tenant: tenant.id,
    };
    Ok(Federation::new(services, directory.clone(), foundation.hasher.clone(), settings))
}

/// Where passwords that are known from breaches are looked up; `None` if nowhere. What is wrong with the file is logged.
pub(crate) fn load_breached(section: &BreachedPasswordsSection, clock: Arc<dyn Clock>) -> Option<Breached> {
    let settings = BreachedSettings {
        filter_file: section.filter_file.clone(),
        range_url: section.range_url.clone(),
        timeout: Duration::from_millis(section.timeout_milliseconds.into()),
    };
    Breached::load(settings, clock)
}

/// The built-in sources and the configured ones, without fetching anything. What is wrong with one is logged.
pub(crate) fn load_feeds(config: &Config, cache_dir: Option<PathBuf>, clock: Arc<dyn Clock>) -> Feeds {
    let settings = FeedSettings { built_in: true, feeds: config.feeds.clone(), cache_dir };
    Feeds::load(settings, clock).0
}
