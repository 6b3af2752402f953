//! Proves the layers of docs/ARCHITECTURE.md from `cargo metadata`: a crate uses only layers below its own.

use std::collections::BTreeMap;
use std::process::Command;

/// Layers from the ground up; crates of one layer do not know each other unless listed in order within it.
const LAYERS: &[(&str, &[&str])] = &[
    ("core", &["riskgate-core"]),
    ("model", &["riskgate-model"]),
    ("engines", &["riskgate-odata", "riskgate-risk", "riskgate-access"]),
    ("ports", &["riskgate-store", "riskgate-ports", "riskgate-outbound"]),
    (
        "domain",
        &[
            "riskgate-authentication",
            "riskgate-tokens",
            "riskgate-directory",
            "riskgate-replay",
            "riskgate-risk-evaluation",
        ],
    ),
    ("federation", &["riskgate-federation"]),
    ("pipeline", &["riskgate-protection"]),
    ("http", &["riskgate-http"]),
    (
        "edge",
        &[
            "riskgate-graph-api",
            "riskgate-oauth-api",
            "riskgate-sign-in-web",
            "riskgate-forward-auth",
            "riskgate-console",
        ],
    ),
    ("binary", &["riskgate"]),
];

/// Adapters implement ports: they may use what is at or below `ports`, and only the binary may use them.
const ADAPTERS: &[&str] =
    &["riskgate-store-sql", "riskgate-intel", "riskgate-keystore", "riskgate-mail", "riskgate-push"];

/// What only tests use stands beside the layers: nothing that ships may depend on it.
const TEST_ONLY: &[&str] = &["riskgate-testkit"];

fn rank(name: &str) -> Option<usize> {
    LAYERS.iter().position(|(_, crates)| crates.contains(&name))
}

/// Our crates with the ones of ours they use outside tests.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let ours = |dependency: &&serde_json::Value| {
        dependency["kind"] != "dev" && dependency["name"].as_str().unwrap().starts_with("riskgate")
    };
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            let used = package["dependencies"].as_array().unwrap().iter().filter(ours);
            let used = used.map(|dependency| dependency["name"].as_str().unwrap().to_owned()).collect();
            (package["name"].as_str().unwrap().to_owned(), used)
        })
        .collect()
}

#[test]
fn every_crate_has_a_layer() {
    for name in dependencies().keys() {
        assert!(
            rank(name).is_some() || ADAPTERS.contains(&name.as_str()) || TEST_ONLY.contains(&name.as_str()),
            "{name} is in no layer: add it to LAYERS and the architecture page"
        );
    }
}

#[test]
fn no_crate_reaches_upward_or_sideways() {
    let ports = rank("riskgate-ports").unwrap();
    for (name, used) in dependencies() {
        for other in used {
            assert!(!TEST_ONLY.contains(&other.as_str()), "{name} uses {other} outside its tests");
            let is_adapter = ADAPTERS.contains(&other.as_str());
            assert!(
                !is_adapter || name == "riskgate",
                "{name} uses the adapter {other}; only the binary may"
            );
            if is_adapter {
                continue;
            }
            let theirs = rank(&other).unwrap();
            match rank(&name) {
                Some(mine) => assert!(theirs < mine, "{name} uses {other}, which is not below it"),
                None => assert!(theirs <= ports, "{name} uses {other}, which is above the ports"),
            }
        }
    }
}

#[test]
fn engines_do_no_input_or_output() {
    let banned = ["tokio", "rusqlite", "tokio-postgres", "reqwest", "axum", "sea-query", "async-trait"];
    let manifest = |name: &str| {
        let path =
            format!("{}/../{}/Cargo.toml", env!("CARGO_MANIFEST_DIR"), name.trim_start_matches("riskgate-"));
        std::fs::read_to_string(path).unwrap()
    };
    for name in ["riskgate-odata", "riskgate-risk", "riskgate-access"] {
        let text = manifest(name);
        let main = text.split("[dev-dependencies]").next().unwrap().to_owned();
        for dependency in banned {
            assert!(!main.contains(&format!("{dependency}.workspace")), "{name} depends on {dependency}");
        }
    }
}
