use std::collections::HashSet;
use std::path::{Path, PathBuf};

use riskgate_authentication::check_banned_terms;
use riskgate_intel::{FeedConfig, FeedKind, FeedSource};
use toml::Table;
use tracing_subscriber::EnvFilter;

use super::{Config, DeviceCertificates, environment};

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("cannot read the configuration file {}: {source}", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{}, {problem}", path.display())]
    Wrong { path: PathBuf, problem: String },
    #[error("the environment variable {variable} does not fit: {problem}")]
    Variable { variable: String, problem: String },
    #[error("{0}")]
    Inconsistent(String),
}

/// Reads the file (none: all defaults), applies `variables` and checks that the result makes sense.
///
/// # Errors
/// [`ConfigError`], naming the line or the variable.
pub(crate) fn read(
    path: Option<&Path>,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let text = match path {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?,
        None => String::new(),
    };
    let wrong =
        |problem: String| ConfigError::Wrong { path: path.map(Path::to_owned).unwrap_or_default(), problem };
    // First as text, because only then errors know their line.
    let mut config: Config = toml::from_str(&text).map_err(|error| wrong(describe(&text, &error)))?;
    let mut table: Table = text.parse().map_err(|error: toml::de::Error| wrong(describe(&text, &error)))?;
    for change in environment::overrides(variables) {
        environment::apply(&mut table, &change.keys, change.value);
        config = table.clone().try_into().map_err(|error: toml::de::Error| ConfigError::Variable {
            variable: change.variable,
            problem: error.message().to_owned(),
        })?;
    }
    check(&config)?;
    Ok(config)
}

/// `line 3: unknown field ...`, on one line.
fn describe(text: &str, error: &toml::de::Error) -> String {
    let line = error
        .span()
        .and_then(|span| text.get(..span.start))
        .map_or(1, |before| before.matches('\n').count() + 1);
    format!("line {line}: {}", error.message())
}

/// What no single key can show.
fn check(config: &Config) -> Result<(), ConfigError> {
    let wrong = |text: String| Err(ConfigError::Inconsistent(text));
    if config.server.certificate_file.is_some() != config.server.private_key_file.is_some() {
        return wrong(
            "server.certificate_file and server.private_key_file belong together: set both or none"
                .to_owned(),
        );
    }
    if config.store.url.is_some() && config.store.url_file.is_some() {
        return wrong("store.url and store.url_file exclude each other: set one".to_owned());
    }
    if config.sign_in.argon2_memory_kib < 64 || config.sign_in.argon2_passes == 0 {
        return wrong(
            "sign_in.argon2_memory_kib must be at least 64 and sign_in.argon2_passes at least 1".to_owned(),
        );
    }
    if config.devices.certificates == DeviceCertificates::Proxy && config.network.trusted_proxies.is_empty() {
        return wrong(
            "devices.certificates = 'proxy' needs the proxy among network.trusted_proxies".to_owned(),
        );
    }
    if let Some(budget) = &config.noise_budget {
        let shares = [budget.high, budget.medium, budget.low];
        let are_shares = shares.iter().all(|share| (0.0..=1.0).contains(share));
        if !are_shares || !shares.is_sorted() {
            return wrong(
                "noise_budget.low, medium and high must be shares from 0 to 1, each at most the one before it"
                    .to_owned(),
            );
        }
    }
    if config.sign_in.session_hours == 0 || config.graph.requests_per_ten_seconds == 0 {
        return wrong(
            "sign_in.session_hours and graph.requests_per_ten_seconds must be at least 1".to_owned(),
        );
    }
    if config.forward_auth.judge_again_seconds > 3_600 {
        return wrong("forward_auth.judge_again_seconds must be at most 3600".to_owned());
    }
    if let Err(error) = check_banned_terms(&config.passwords.banned_terms) {
        return wrong(format!("passwords.banned_terms: {error}"));
    }
    if !(100..=30_000).contains(&config.federation.timeout_milliseconds) {
        return wrong("federation.timeout_milliseconds must be 100 to 30000".to_owned());
    }
    if !(100..=10_000).contains(&config.breached_passwords.timeout_milliseconds) {
        return wrong("breached_passwords.timeout_milliseconds must be 100 to 10000".to_owned());
    }
    if !(1..=2).contains(&config.password_reset.proofs) {
        return wrong("password_reset.proofs must be 1 or 2".to_owned());
    }
    if let Some(mail) = &config.mail {
        if mail.user.is_some() != mail.password_file.is_some() {
            return wrong("mail.user and mail.password_file belong together: set both or none".to_owned());
        }
        if !riskgate_mail::is_sender(&mail.from) {
            return wrong(format!("mail.from '{}' is no address such as security@contoso.com", mail.from));
        }
    }
    if let Some(push) = &config.push
        && !riskgate_push::is_contact(&push.contact)
    {
        return wrong(format!(
            "push.contact '{}' is neither an address such as mailto:security@contoso.com nor one with https:",
            push.contact
        ));
    }
    if let Err(error) = EnvFilter::try_new(&config.log.filter) {
        return wrong(format!(
            "log.filter '{}' is not a log filter such as info: {error}",
            config.log.filter
        ));
    }
    let mut names = HashSet::new();
    if let Some(twice) = config.feeds.iter().find(|feed| !names.insert(feed.name.as_str())) {
        return wrong(format!("two feeds have the name '{}'", twice.name));
    }
    let names_owners = |feed: &&FeedConfig| match &feed.source {
        FeedSource::Entries(entries) => !entries.autonomous_systems.is_empty(),
        FeedSource::File(_) | FeedSource::Url(_) => false,
    };
    if !config.feeds.iter().any(|feed| feed.kind == FeedKind::NetworkOwner)
        && let Some(feed) = config.feeds.iter().find(names_owners)
    {
        return wrong(format!(
            "feed '{}': 'autonomous_systems' need a feed of kind network-owner, which tells whose an address is",
            feed.name
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("riskgate.toml");
        std::fs::write(&path, text).unwrap();
        let variables = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        read(Some(&path), variables)
            .map_err(|error| error.to_string().replace(&path.display().to_string(), "FILE"))
    }

    #[test]
    fn an_empty_file_gives_the_defaults() {
        let config = read_text("", &[]).unwrap();
        assert_eq!(config.base_url(), "https://localhost:8443");
        assert!(config.network.trusted_proxies.is_empty());
    }

    #[test]
    fn the_base_url_follows_the_port_unless_it_is_set() {
        let base_url = |text: &str| read_text(text, &[]).unwrap().base_url();
        assert_eq!(base_url("[server]\nlisten = '0.0.0.0:9443'\n"), "https://localhost:9443");
        assert_eq!(base_url("[server]\nlisten = '0.0.0.0:443'\n"), "https://localhost");
        assert_eq!(
            base_url("[server]\nbase_url = 'https://id.contoso.com/'\nlisten = '0.0.0.0:9443'\n"),
            "https://id.contoso.com"
        );
    }

    #[test]
    fn insider_risk_is_read_from_one_of_fifteen_attributes() {
        let attribute = |name: &str| {
            let text = format!("[conditional_access]\ninsider_risk_attribute = '{name}'\n");
            read_text(&text, &[]).map(|config| config.conditional_access.insider_risk_attribute)
        };
        assert_eq!(read_text("", &[]).unwrap().conditional_access.insider_risk_attribute, None);
        assert_eq!(attribute("extensionAttribute1"), Ok(Some(1)));
        assert_eq!(attribute("extensionAttribute15"), Ok(Some(15)));
        for wrong in [
            "extensionAttribute0",
            "extensionAttribute16",
            "extensionAttribute01",
            "extensionAttribute+1",
            "department",
            "",
        ] {
            let error = attribute(wrong).unwrap_err();
            assert!(error.starts_with("FILE, line 2: "), "{error}");
        }
    }

    #[test]
    fn certificates_of_devices_come_from_a_proxy_that_is_trusted() {
        let proxy = "[devices]\ncertificates = 'proxy'\n";
        assert!(read_text(proxy, &[]).unwrap_err().contains("network.trusted_proxies"));
        let trusted = format!("{proxy}[network]\ntrusted_proxies = ['10.0.0.0/8']\n");
        assert_eq!(read_text(&trusted, &[]).unwrap().devices.certificates, DeviceCertificates::Proxy);
        assert!(
            read_text("[devices]\ncertificates = 'somewhere'\n", &[])
                .unwrap_err()
                .starts_with("FILE, line 2: ")
        );
    }

    #[test]
    fn mistakes_name_their_line() {
        for (text, expected) in [
            ("[server]\nbase_urll = 'x'\n", "FILE, line 2: unknown field `base_urll`"),
            ("[server]\n\nlisten = 'nowhere'\n", "FILE, line 3: invalid socket address"),
            ("[network]\ntrusted_proxies = [\n '10.0.0.0/8',\n '10.0.0.0/99',\n]\n", "FILE, line 4: "),
            ("[network]\nforwarded_header = 'x-real-ip'\n", "FILE, line 2: unknown variant `x-real-ip`"),
            (
                "[server]\nbase_url = 'http://a.example'\n",
                "FILE, line 2: base_url 'http://a.example' must begin with https://",
            ),
            ("[server\n", "FILE, line 1: "),
        ] {
            let message = read_text(text, &[]).unwrap_err();
            assert!(message.starts_with(expected), "{message}");
        }
    }

    #[test]
    fn the_environment_wins_and_its_mistakes_name_the_variable() {
        let config = read_text(
            "[server]\nlisten = '127.0.0.1:1'\n",
            &[
                ("RISKGATE_SERVER__LISTEN", "127.0.0.1:2"),
                ("RISKGATE_NETWORK__TRUSTED_PROXIES", "['127.0.0.1/32']"),
                ("RISKGATE_LOG__JSON", "true"),
                ("RISKGATE_CONFIG", "ignored"),
            ],
        )
        .unwrap();
        assert_eq!(config.server.listen.port(), 2);
        assert_eq!(config.network.trusted_proxies.len(), 1);
        assert!(config.log.json);
        let message = read_text("", &[("RISKGATE_SERVER__LISTENN", "x")]).unwrap_err();
        assert!(
            message.contains("RISKGATE_SERVER__LISTENN") && message.contains("unknown field"),
            "{message}"
        );
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        assert!(
            read_text("[server]\ncertificate_file = 'a.pem'\n", &[])
                .unwrap_err()
                .contains("private_key_file")
        );
        let feed = "[[feeds]]\nname = 'exits'\nkind = 'tor'\nformat = 'tor-bulk-list'\n";
        assert!(read_text(feed, &[]).unwrap_err().contains("either 'file' or 'url'"));
        let feed = format!("{feed}file = 'x'\n");
        assert_eq!(read_text(&feed, &[]).unwrap().feeds.len(), 1);
        let watched = "[[feeds]]\nname = 'x'\nkind = 'nation-state'\nautonomous_systems = [64500]\nrule = { id = 'a', author = 'b' }\n";
        let message = read_text(watched, &[]).unwrap_err();
        assert!(
            message.contains("feed 'x': 'autonomous_systems' need a feed of kind network-owner"),
            "{message}"
        );
        let owners = "[[feeds]]\nname = 'o'\nkind = 'network-owner'\nformat = 'mmdb'\nfile = 'x'\n";
        assert_eq!(read_text(&format!("{watched}{owners}"), &[]).unwrap().feeds.len(), 2);
        assert!(read_text(&feed.repeat(2), &[]).unwrap_err().contains("two feeds have the name 'exits'"));
        assert!(read_text("[log]\nfilter = '=='\n", &[]).unwrap_err().contains("log.filter"));
        let range = |rest: &str| read_text(&format!("[breached_passwords]\n{rest}\n"), &[]).map(|_| ());
        assert!(range("timeout_milliseconds = 99").unwrap_err().contains("must be 100 to 10000"));
        assert!(range("range_url = 'https://example.org/range'").unwrap_err().contains("ends with '/'"));
        assert!(range("range_url = 'https://example.org/range/'").is_ok());
        for (proofs, is_good) in [(0, false), (1, true), (2, true), (3, false)] {
            let read = read_text(&format!("[password_reset]\nproofs = {proofs}\n"), &[]);
            assert_eq!(read.is_ok(), is_good, "{proofs}");
        }
        let mail = |rest: &str| read_text(&format!("[mail]\nhost = 'mail'\n{rest}\n"), &[]).map(|_| ());
        assert!(mail("").unwrap_err().contains("missing field `from`"));
        assert!(mail("from = 'nobody'").unwrap_err().contains("is no address"));
        assert!(mail("from = 'a@b.c'\nuser = 'x'").unwrap_err().contains("belong together"));
        assert!(mail("from = 'Contoso <a@b.c>'\ntls = 'implicit'").is_ok());
        let push = |contact: &str| read_text(&format!("[push]\ncontact = '{contact}'\n"), &[]).map(|_| ());
        assert!(push("security@contoso.com").unwrap_err().contains("push.contact"));
        assert!(push("mailto:security@contoso.com").is_ok() && push("https://contoso.com/security").is_ok());
        let terms =
            |terms: &str| read_text(&format!("[passwords]\nbanned_terms = {terms}\n"), &[]).map(|_| ());
        assert!(terms("['abc']").unwrap_err().contains("'abc' does not have 4 to 16 characters"));
        assert!(terms("['Fabrikam', 'Wingtip Toys']").is_ok());
        assert!(read_text("[sign_in]\nsession_hours = 0\n", &[]).unwrap_err().contains("session_hours"));
        let long = read_text("[forward_auth]\njudge_again_seconds = 3601\n", &[]);
        assert!(long.unwrap_err().contains("judge_again_seconds"));
        for budget in ["low = 2", "low = -0.1", "medium = 0.5", "low = nan"] {
            let refused = read_text(&format!("[noise_budget]\n{budget}\n"), &[]);
            assert!(refused.unwrap_err().contains("shares from 0 to 1"), "{budget}");
        }
        assert_eq!(
            read_text("[noise_budget]\nlow = 0.1\n", &[]).unwrap().noise_budget.unwrap().medium,
            0.005
        );
    }
}
