use riskgate_intel::{FeedConfig, FeedSource};
use serde_json::{Value as Json, json};
use url::Url;

use crate::cli::{ConfigArgs, Output};
use crate::commands::load_config;
use crate::config::Config;
use crate::print;

/// Says whether the configuration is right, and what follows from it.
///
/// # Errors
/// The first mistake, with the line or the variable it stands in.
pub(crate) fn run(arguments: &ConfigArgs) -> anyhow::Result<()> {
    let settings = effective(&load_config(&arguments.common)?);
    match arguments.common.output {
        Output::Json => print::json(&json!({ "result": "ok", "settings": settings })),
        Output::Text => {
            let mut lines = Vec::new();
            flatten("", &settings, &mut lines);
            let rows: Vec<_> = lines.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
            print::text(&format!("ok\n\n{}", print::pairs(&rows)))
        }
    }
}

/// The settings in force; of secrets only that there are any.
fn effective(config: &Config) -> Json {
    let feeds: Json = config
        .feeds
        .iter()
        .map(|feed| (feed.name.clone(), shown_feed(feed)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    json!({
        "server": {
            "base_url": config.base_url(),
            "listen": config.server.listen,
            "operations_listen": config.server.operations_listen,
            "certificate_file": config.server.certificate_file,
            "private_key_file": config.server.private_key_file,
        },
        "network": {
            "trusted_proxies": config.network.trusted_proxies,
            "forwarded_header": config.network.forwarded_header,
        },
        "store": {
            "url": config.store.url.as_deref().map(without_password),
            "url_file": config.store.url_file,
        },
        "sign_in": {
            "argon2_memory_kib": config.sign_in.argon2_memory_kib,
            "argon2_passes": config.sign_in.argon2_passes,
            "session_hours": config.sign_in.session_hours,
        },
        "risk": crate::config::risk::written(&config.risk),
        "noise_budget": config.noise_budget,
        "passwords": { "banned_terms": config.passwords.banned_terms },
        "password_reset": {
            "enabled": config.password_reset.enabled,
            "proofs": config.password_reset.proofs,
        },
        "mail": config.mail.as_ref().map(|mail| json!({
            "host": mail.host,
            "port": mail.port,
            "tls": mail.tls,
            "authority_file": mail.authority_file,
            "user": mail.user,
            "password_file": mail.password_file,
            "from": mail.from,
        })),
        "federation": {
            "private_networks": config.federation.private_networks,
            "authorities_file": config.federation.authorities_file,
            "timeout_milliseconds": config.federation.timeout_milliseconds,
        },
        "push": config.push.as_ref().map(|push| json!({
            "contact": push.contact,
            "private_networks": push.private_networks,
        })),
        "breached_passwords": {
            "filter_file": config.breached_passwords.filter_file,
            "range_url": config.breached_passwords.range_url.as_ref().map(|url| without_password(url.as_str())),
            "timeout_milliseconds": config.breached_passwords.timeout_milliseconds,
            "refuse_new": config.breached_passwords.refuse_new,
            "demand_change": config.breached_passwords.demand_change,
        },
        "conditional_access": {
            "insider_risk_attribute": config
                .conditional_access
                .insider_risk_attribute
                .map(|number| format!("extensionAttribute{number}")),
        },
        "devices": { "certificates": config.devices.certificates },
        "graph": { "requests_per_ten_seconds": config.graph.requests_per_ten_seconds },
        "forward_auth": { "judge_again_seconds": config.forward_auth.judge_again_seconds },
        "feeds": feeds,
        "log": { "filter": config.log.filter, "json": config.log.json },
    })
}

fn shown_feed(feed: &FeedConfig) -> Json {
    let from = match &feed.source {
        FeedSource::File(path) => path.display().to_string(),
        // The rest of the address may hold a licence key.
        FeedSource::Url(url) => format!("{}://{}", url.scheme(), url.host_str().unwrap_or_default()),
        FeedSource::Entries(entries) => format!("{} entries", entries.count()),
    };
    json!({ "kind": feed.kind, "format": feed.format, "from": from, "rule": feed.rule })
}

/// The address of a store without what opens it: neither password nor parameters. One that cannot be read is left out.
fn without_password(url: &str) -> String {
    if url.starts_with("sqlite:") {
        return url.to_owned();
    }
    match Url::parse(url) {
        Ok(url) => format!("{}://{}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path()),
        Err(_) => "(set)".to_owned(),
    }
}

/// `server.listen`, `server.base_url` and so on; what is not set is left out.
fn flatten(prefix: &str, value: &Json, lines: &mut Vec<(String, String)>) {
    match value {
        Json::Object(members) => {
            for (name, member) in members {
                let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                flatten(&key, member, lines);
            }
        }
        Json::Null => {}
        Json::String(text) => lines.push((prefix.to_owned(), text.clone())),
        other => lines.push((prefix.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_the_store_is_not_shown() {
        assert_eq!(
            without_password("postgres://me:secret@db.local:5432/riskgate?sslkey=x"),
            "postgres://db.local/riskgate"
        );
        assert_eq!(without_password("sqlite://data/riskgate.db"), "sqlite://data/riskgate.db");
        assert_eq!(without_password("host=db password=secret"), "(set)");
    }
}
