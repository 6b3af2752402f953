//! The commands, driven as a person at a terminal and a script would.

use crate::support::Installation;
use riskgate_core::is_guid;
use serde_json::{Value as Json, json};

/// The names of an object's members, in order.
fn names(value: &Json) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn init_prints_what_is_needed_to_go_on_and_makes_it() {
    let installation = Installation::new();
    let made = installation.json(&["init", "--domain", "fabrikam.example"]);
    assert_eq!(
        names(&made),
        ["tenantId", "domain", "baseUrl", "caFile", "adminUserPrincipalName", "adminPassword"]
    );
    assert!(is_guid(made["tenantId"].as_str().unwrap()));
    assert_eq!(made["domain"], "fabrikam.example");
    assert_eq!(made["baseUrl"], "https://localhost:8443");
    assert_eq!(made["adminUserPrincipalName"], "admin@fabrikam.example");
    assert_eq!(made["adminPassword"].as_str().unwrap().len(), 23);
    let ca = std::fs::read_to_string(made["caFile"].as_str().unwrap()).unwrap();
    assert!(ca.starts_with("-----BEGIN CERTIFICATE-----"));
}

#[cfg(unix)]
#[test]
fn nobody_else_may_look_into_the_data_directory() {
    use std::os::unix::fs::PermissionsExt;
    let installation = Installation::initialised();
    let mode = |name: &str| {
        let metadata = std::fs::metadata(installation.data().join(name)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    assert_eq!((mode("."), mode("master.key"), mode("tls/ca.key")), (0o700, 0o600, 0o600));
}

#[test]
fn init_refuses_a_directory_that_holds_a_tenant_and_changes_nothing() {
    let installation = Installation::initialised();
    let key = std::fs::read(installation.data().join("master.key")).unwrap();
    let users = installation.json(&["user", "list"]);
    let again = installation.run(&["init", "--output", "json"]);
    assert!(again.mistake().contains("is initialised already, with tenant contoso.com"), "{again:?}");
    assert_eq!(std::fs::read(installation.data().join("master.key")).unwrap(), key);
    assert_eq!(installation.json(&["user", "list"]), users);
}

#[test]
fn init_takes_a_good_password_and_refuses_others_before_it_writes_anything() {
    let installation = Installation::new();
    let init = |password: &str, domain: &str| {
        let arguments = ["init", "--admin-password-stdin", "--domain", domain, "--output", "json"];
        installation.run_with(&arguments, password)
    };
    assert!(init("short\n", "contoso.com").mistake().contains("the password is refused"));
    assert!(init("", "contoso.com").mistake().contains("a password is expected on standard input"));
    assert!(init("Contoso-1234", "Not A Domain").mistake().contains("is not a domain"));
    assert!(!installation.data().exists());
    let made = init("  Contoso 1234\r\n", "contoso.com").json();
    assert_eq!(made["adminPassword"], "  Contoso 1234", "only the line break is taken off");
}

#[test]
fn commands_say_what_to_do_when_there_is_no_tenant() {
    let installation = Installation::new();
    for arguments in [&["user", "list"][..], &["app", "create", "--name", "x"]] {
        let finished = installation.run(arguments);
        assert!(finished.mistake().contains("riskgate init --data-dir"), "{finished:?}");
    }
}

#[test]
fn a_lost_master_key_is_reported_and_not_replaced() {
    let installation = Installation::initialised();
    let path = installation.data().join("master.key");
    std::fs::remove_file(&path).unwrap();
    let init = installation.run(&["init"]);
    assert!(init.mistake().contains("is missing; restore it from your backup"), "{init:?}");
    assert!(!path.exists());
}

#[test]
fn confidential_and_public_applications_are_registered() {
    let installation = Installation::initialised();
    let create = |more: &[&str]| installation.json(&[&["app", "create", "--name", "Story"], more].concat());
    let permission = ["--permission", "IdentityRiskEvent.Read.All", "--permission", "User.ReadWrite.All"];
    let app = create(&[&permission[..], &["--redirect-uri", "https://app.contoso.com/cb"]].concat());
    assert_eq!(names(&app), ["appId", "objectId", "clientSecret"]);
    assert!(is_guid(app["appId"].as_str().unwrap()) && is_guid(app["objectId"].as_str().unwrap()));
    assert_eq!(app["clientSecret"].as_str().unwrap().len(), 43);
    let public = create(&[
        "--public",
        "--permission",
        "User.Read",
        "--redirect-uri",
        "http://localhost",
        "--redirect-uri",
        "https://spa.contoso.com/",
    ]);
    assert_eq!(public["clientSecret"], Json::Null);
    assert_ne!(public["appId"], app["appId"]);
}

#[test]
fn what_is_wrong_about_an_application_is_said_and_nothing_is_registered() {
    let installation = Installation::initialised();
    for (arguments, expected) in [
        (
            &["--name", "x", "--permission", "Nothing.Read"][..],
            "The permission 'Nothing.Read' does not exist",
        ),
        (&["--name", "x", "--redirect-uri", "http://contoso.com"], "uses http"),
        (&["--name", " "], "displayName"),
        (&["--name", "x", "--certificate", "/missing.pem"], "/missing.pem cannot be read"),
        (&["--name", "x", "--public", "--certificate", "x"], "exclude each other"),
    ] {
        let finished = installation.run(&[&["app", "create"], arguments].concat());
        assert!(finished.mistake().contains(expected), "{finished:?}");
    }
}

#[test]
fn a_certificate_becomes_a_credential_and_one_that_cannot_sign_is_refused() {
    let installation = Installation::initialised();
    let elliptic = rcgen::generate_simple_self_signed(vec!["app".to_owned()]).unwrap();
    let path = installation.path("app.pem");
    std::fs::write(&path, elliptic.cert.pem()).unwrap();
    let arguments = ["app", "create", "--name", "x", "--certificate", path.to_str().unwrap()];
    assert!(installation.run(&arguments).mistake().contains("not an RSA key"));
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let rsa = rcgen::CertificateParams::new(vec!["app".to_owned()]).unwrap().self_signed(&key).unwrap();
    std::fs::write(&path, rsa.pem()).unwrap();
    assert!(is_guid(installation.json(&arguments)["appId"].as_str().unwrap()));
}

#[test]
fn users_are_created_listed_and_given_new_passwords() {
    let installation = Installation::initialised();
    let create = [
        "user",
        "create",
        "--upn",
        "anna@contoso.com",
        "--display-name",
        "Anna",
        "--role",
        "security reader",
    ];
    let anna = installation.json(&create);
    assert_eq!(
        names(&anna),
        ["id", "userPrincipalName", "displayName", "accountEnabled", "roles", "password"]
    );
    assert_eq!(anna["roles"], json!(["Security Reader"]));
    let given = [
        "user",
        "create",
        "--user-principal-name",
        "bob@contoso.com",
        "--password-stdin",
        "--output",
        "json",
    ];
    let bob = installation.run_with(&given, "Contoso-1234").json();
    assert_eq!((&bob["password"], &bob["displayName"]), (&Json::Null, &json!("bob")));

    let users = installation.json(&["user", "list"]);
    let listed: Vec<_> =
        users.as_array().unwrap().iter().map(|user| user["userPrincipalName"].as_str().unwrap()).collect();
    assert_eq!(listed, ["admin@contoso.com", "anna@contoso.com", "bob@contoso.com"]);
    assert_eq!(users[0]["roles"], json!(["Global Administrator"]));
    assert_eq!(names(&users[1]), ["id", "userPrincipalName", "displayName", "accountEnabled", "roles"]);
    assert_eq!(users[1]["id"], anna["id"]);
    let text = installation.run(&["user", "list"]).stdout;
    assert!(text.starts_with("USER PRINCIPAL NAME") && text.contains("Security Reader"), "{text}");

    for user in ["anna@contoso.com", anna["id"].as_str().unwrap()] {
        let reset = installation.json(&["user", "reset-password", "--user", user]);
        assert_eq!(reset["id"], anna["id"]);
        assert_ne!(reset["password"], anna["password"]);
    }
}

#[test]
fn what_is_wrong_about_a_user_is_said_and_nobody_is_created() {
    let installation = Installation::initialised();
    for (arguments, expected) in [
        (&["create", "--upn", "admin@contoso.com"][..], "Another object with the same value"),
        (&["create", "--upn", "anna@elsewhere.com"], "userPrincipalName is invalid"),
        (
            &["create", "--upn", "anna@contoso.com", "--role", "King"],
            "there is no role 'King'; there are: Global",
        ),
        (&["create", "--upn", "anna@contoso.com", "--password-stdin"], "a password is expected"),
        (&["reset-password", "--user", "nobody@contoso.com"], "there is no user 'nobody@contoso.com'"),
    ] {
        let finished = installation.run(&[&["user"], arguments].concat());
        assert!(finished.mistake().contains(expected), "{finished:?}");
    }
    let weak = ["user", "reset-password", "--user", "admin@contoso.com", "--password-stdin"];
    assert!(installation.run_with(&weak, "weak").mistake().contains("the password is refused"));
    assert_eq!(installation.json(&["user", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn feeds_show_their_age_and_licence_without_a_tenant() {
    let installation = Installation::new();
    let status = installation.json(&["feeds", "status"]);
    let tor = status.as_array().unwrap().iter().find(|source| source["name"] == "tor-exits").unwrap();
    assert_eq!((&tor["entries"], &tor["from"]), (&json!(1430), &json!("built in")));
    assert!(tor["ageSeconds"].is_u64() && tor["licence"].is_string(), "{tor}");
    let text = installation.run(&["feeds", "status", "--name", "vpn-ipv4"]).stdout;
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(
        installation.run(&["feeds", "status", "--name", "x"]).mistake().contains("there is no source 'x'")
    );
    assert!(!installation.data().exists(), "looking writes nothing");
}

#[test]
fn feeds_of_the_operator_are_read_and_a_broken_one_is_reported() {
    let installation = Installation::new();
    let list = installation.path("vpn.txt");
    std::fs::write(&list, "198.51.100.0/24\n203.0.113.7\n").unwrap();
    let feed = |file: &str| {
        format!(
            "[[feeds]]\nname = 'own'\nkind = 'vpn'\nformat = 'cidr-list'\nfile = '{file}'\nlicence = 'ours'\n"
        )
    };
    installation.configure(&feed(list.to_str().unwrap()));
    let own = installation.json(&["feeds", "status", "--name", "own"]);
    assert_eq!((&own[0]["entries"], &own[0]["licence"]), (&json!(2), &json!("ours")));
    let updated = installation.json(&["feeds", "update"]);
    assert_eq!(updated, json!([{ "name": "own", "result": "unchanged" }]));
    installation.configure(&feed("/missing/vpn.txt"));
    let failed = installation.run(&["feeds", "update", "--output", "json"]);
    assert_eq!(failed.code, Some(1));
    assert_eq!(serde_json::from_str::<Json>(&failed.stdout).unwrap()[0]["result"], "failed");
    assert!(failed.stderr.contains("1 of 1 sources could not be updated"), "{failed:?}");
}

#[test]
fn recorded_sign_ins_are_judged_without_a_tenant() {
    let installation = Installation::new();
    let header = "index,Login Timestamp,User ID,IP Address,Country,Region,City,ASN,Browser Name and Version,\
        OS Name and Version,Login Successful";
    let row = |n: u32, success: &str| {
        format!(
            "{n},2020-02-{:02} 12:00:00,ada,192.0.2.1,NO,-,-,64500,Firefox 72.0,Windows 10,{success}",
            n + 1
        )
    };
    let rows: Vec<_> = (0..20).map(|n| row(n, if n % 4 == 0 { "False" } else { "True" })).collect();
    let write = |name: &str, rows: &str| {
        let path = installation.path(name);
        std::fs::write(&path, format!("{header}\n{rows}\n")).unwrap();
        path.into_os_string().into_string().unwrap()
    };
    let file = write("recording.csv", &rows.join("\n"));
    let scores = installation.path("scores.csv").into_os_string().into_string().unwrap();
    let replay = |file: &str| {
        installation.run(&["replay", file, "--format", "rba-csv", "--scores", &scores, "--output", "json"])
    };
    let summary = replay(&file).json();
    assert_eq!(
        (&summary["signIns"], &summary["successes"], &summary["users"]),
        (&json!(20), &json!(15), &json!(1))
    );
    let written = std::fs::read_to_string(&scores).unwrap();
    let lines: Vec<_> = written.lines().collect();
    assert_eq!((lines.len(), lines[0]), (21, "index,score,level,detections"));
    assert!(lines[20].starts_with("19,") && lines[20].split(',').count() == 4, "{}", lines[20]);

    let broken = write("broken.csv", &row(1, "perhaps"));
    let told = replay(&broken);
    let told = told.mistake();
    assert!(told.contains("line 2: 'Login Successful' is \"perhaps\"; expected True or False"), "{told}");
    assert_eq!(std::fs::read_to_string(&scores).unwrap(), written, "the earlier scores stay");
    assert!(!installation.path("scores.csv.tmp").exists());
    assert!(replay("nowhere.csv").mistake().contains("cannot open nowhere.csv"));
}

#[test]
fn a_filter_of_breached_passwords_is_built_shown_and_used() {
    let installation = Installation::initialised();
    let corpus = installation.path("corpus.txt");
    let mut lines = ["Quiet-Harbour-26", "Summer-2026"].map(|password| format!("{}:3", sha1_hex(password)));
    lines.sort();
    std::fs::write(&corpus, lines.join("\r\n")).unwrap();
    let corpus = corpus.to_str().unwrap();
    let built = installation.json(&["feeds", "build-breached", corpus]);
    assert_eq!((&built["lines"], &built["entries"]), (&json!(2), &json!(2)));
    let filter = built["file"].as_str().unwrap();
    installation.configure(&format!("[breached_passwords]\nfilter_file = {filter:?}\n"));
    let shown = installation.json(&["feeds", "status", "--name", "breached-passwords"]);
    assert_eq!((&shown[0]["entries"], &shown[0]["isStale"]), (&json!(2), &json!(false)));
    let text = installation.run(&["feeds", "status"]).stdout;
    assert!(text.contains("breached-passwords") && text.contains("current"), "{text}");

    let create = ["user", "create", "--upn", "anna@contoso.com", "--password-stdin"];
    let refused = installation.run_with(&create, "Quiet-Harbour-26");
    assert!(refused.mistake().contains("it is known from data breaches"), "{refused:?}");
    assert_eq!(installation.run_with(&create, "Quiet-Harbour-27").code, Some(0));

    let damaged = installation.path("damaged.txt");
    std::fs::write(&damaged, "nonsense\n").unwrap();
    let failed = installation.run(&["feeds", "build-breached", damaged.to_str().unwrap()]);
    assert!(failed.mistake().contains("line 1 ('nonsense')"), "{failed:?}");
    assert_eq!(installation.json(&["feeds", "status", "--name", "breached-passwords"])[0]["entries"], 2);
}

/// SHA-1 in capitals, as the corpus has it.
fn sha1_hex(text: &str) -> String {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes());
    hash.as_ref().iter().map(|byte| format!("{byte:02X}")).collect()
}

#[test]
fn a_tenant_is_filled_to_be_looked_at_and_never_twice() {
    let installation = Installation::initialised();
    let fill = ["demo-data", "--users", "12", "--days", "10", "--output", "json"];
    let made = installation.run(&fill).json();
    assert_eq!(made["users"], 12);
    assert!(made["signIns"].as_u64().unwrap() > 100, "{made}");
    assert!(made["riskySignIns"].as_u64().unwrap() > 0, "attacks are among them: {made}");
    assert_eq!(installation.json(&["user", "list"]).as_array().unwrap().len(), 13, "and the administrator");
    let noise = installation.json(&["risk", "noise"]);
    assert_eq!(noise["isEnough"], false);
    let again = installation.run(&fill);
    assert!(again.mistake().contains("has sign-ins already"), "{again:?}");
}

#[test]
fn what_is_exported_is_read_back_by_replay() {
    let installation = Installation::initialised();
    let made = installation.json(&["demo-data", "--users", "12", "--days", "8"]);
    let file = installation.path("sign-ins.jsonl");
    let to = file.to_str().unwrap();
    let exported = installation.json(&["export", "sign-ins", "--to", to]);
    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(exported["signIns"], lines.len(), "{made}");
    assert!(lines.len() > 50 && lines.is_sorted_by_key(|line| line["createdDateTime"].to_string()));
    assert!(lines.iter().all(|line| line["@riskgate.evidence"]["facts"]["network"].is_object()));
    let scores = installation.path("scores.csv");
    let replay = [
        "replay",
        to,
        "--format",
        "riskgate-json",
        "--scores",
        scores.to_str().unwrap(),
        "--learn-only-clean",
    ];
    let replayed = installation.json(&replay);
    assert_eq!(replayed["signIns"], lines.len());
    let scored = std::fs::read_to_string(&scores).unwrap();
    let ids: Vec<_> = scored.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids, lines.iter().map(|line| line["id"].as_str().unwrap()).collect::<Vec<_>>());
    // A part of it, and what is no part.
    let middle = lines[lines.len() / 2]["createdDateTime"].as_str().unwrap();
    let part = installation.json(&["export", "sign-ins", "--to", to, "--until", middle]);
    let rest = installation.json(&["export", "sign-ins", "--to", to, "--from", middle]);
    let count = |of: &Json| of["signIns"].as_u64().unwrap();
    assert_eq!(count(&part) + count(&rest), lines.len() as u64);
    let before = std::fs::read_to_string(&file).unwrap();
    let wrong = installation.run(&["export", "sign-ins", "--to", to, "--from", "yesterday"]);
    assert!(wrong.mistake().contains("--from 'yesterday' is no moment"), "{wrong:?}");
    let nowhere = installation.path("nowhere/x.jsonl");
    let wrong = installation.run(&["export", "sign-ins", "--to", nowhere.to_str().unwrap()]);
    assert!(wrong.mistake().contains("cannot write"), "{wrong:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before, "a failure leaves the old file");
}

#[test]
fn config_check_shows_the_settings_and_no_secret() {
    let installation = Installation::new();
    installation.configure("[store]\nurl = 'postgres://me:hunter2@db.example/riskgate'\n");
    let checked = installation.json(&["config", "check"]);
    assert_eq!(checked["result"], "ok");
    assert_eq!(checked["settings"]["sign_in"]["argon2_memory_kib"], 64);
    assert_eq!(checked["settings"]["store"]["url"], "postgres://db.example/riskgate");
    let text = installation.run(&["config", "check"]).stdout;
    assert!(
        text.starts_with("ok\n") && text.contains("server.listen") && !text.contains("hunter2"),
        "{text}"
    );
}

#[test]
fn config_check_names_the_line_or_the_variable() {
    let installation = Installation::new();
    installation.configure("\n[server]\nlissen = '127.0.0.1:1'\n");
    assert!(installation.run(&["config", "check"]).mistake().contains("line 6: unknown field `lissen`"));
    installation.configure("\n[[feeds]]\nname = 'x'\nkind = 'vpn'\nformat = 'mmdb'\nfile = 'x'\n");
    let mistake = installation.run(&["config", "check"]);
    assert!(
        mistake.mistake().contains("line 5:") && mistake.stderr.contains("cannot be read from format"),
        "{mistake:?}"
    );
    installation.configure("\n[risk.anonymized_ip_address]\nonion = 'low'\n");
    let mistake = installation.run(&["config", "check"]);
    assert!(mistake.mistake().contains("unknown field `onion`"), "{mistake:?}");
    installation.configure("\n[risk.anonymized_ip_address]\nvpn = 'none'\n");
    let checked = installation.json(&["config", "check"]);
    assert_eq!(checked["settings"]["risk"]["anonymized_ip_address"]["vpn"], "none");
    installation.configure("");
    let mut command = installation.command(&["config", "check"]);
    let output = command.env("RISKGATE_SERVER__LISTEN", "nowhere").output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(message.contains("RISKGATE_SERVER__LISTEN"), "{message}");
}

#[test]
fn every_command_explains_itself() {
    let installation = Installation::new();
    for command in [
        "serve",
        "init",
        "app create",
        "user create",
        "user reset-password",
        "user list",
        "policy lint",
        "simulate signin",
        "feeds status",
        "feeds update",
        "export sign-ins",
        "config check",
    ] {
        let arguments: Vec<_> = command.split(' ').chain(["--help"]).collect();
        let finished = installation.run(&arguments);
        assert_eq!(finished.code, Some(0), "{command}");
        assert!(finished.stdout.contains("--data-dir") && finished.stdout.contains("--output"), "{command}");
    }
    assert_ne!(installation.run(&["nonsense"]).code, Some(0));
}
