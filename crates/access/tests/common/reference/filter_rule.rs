//! §3.6: the rule language of filters, read and answered in one walk over its words.
//!
//! ```text
//! either     = both { "-or" both }
//! both       = single { "-and" single }
//! single     = "-not" single | "(" either ")" | comparison
//! comparison = attribute operator value
//! attribute  = "device." name | "CustomSecurityAttribute." set "_" name
//! value      = text in double quotes | True | False | "[" value { "," value } "]"
//! ```
//!
//! An attribute nobody set is null: no positive operator matches it, every negative one does.

use riskgate_model::{DeviceFacts, SecurityAttributeFact, SecurityAttributeFacts};

use super::{Scene, same};

/// What an attribute holds.
enum Held {
    Null,
    Text(String),
    Texts(Vec<String>),
}

/// What a rule is about: what its attributes hold, by name without the word before the dot.
struct Subject<'a> {
    namespace: &'static str,
    /// The branches of the notes: operators, operators on null, attributes.
    branches: [&'static str; 3],
    held: &'a dyn Fn(&str) -> Option<Held>,
}

/// Whether the rule matches the device of the request; `None` when it cannot be read.
pub fn matches_device(scene: &Scene<'_>, rule: &str) -> Option<bool> {
    let device = scene.facts.device.as_ref();
    let held = |name: &str| device_attribute(device, name);
    let branches = ["rule operator", "rule operator on null", "rule attribute"];
    matches(scene, rule, &Subject { namespace: "device", branches, held: &held })
}

/// Whether the rule matches a service principal with these attributes; `None` when it cannot be read.
pub fn matches_service_principal(
    scene: &Scene<'_>,
    rule: &str,
    attributes: &SecurityAttributeFacts,
) -> Option<bool> {
    let held = |name: &str| security_attribute(attributes, name);
    let branches = ["security operator", "security operator on null", "security attribute"];
    matches(scene, rule, &Subject { namespace: "CustomSecurityAttribute", branches, held: &held })
}

/// What the attribute with this set and name holds; `None` when it is not named by both.
fn security_attribute(attributes: &SecurityAttributeFacts, name: &str) -> Option<Held> {
    name.split_once('_')?;
    let found = attributes.iter().find(|(key, _)| same(key, name)).map(|(_, value)| value.clone());
    Some(match found {
        None => Held::Null,
        Some(SecurityAttributeFact::Text(text)) => Held::Text(text),
        Some(SecurityAttributeFact::Texts(texts)) if texts.is_empty() => Held::Null,
        Some(SecurityAttributeFact::Texts(texts)) => Held::Texts(texts),
    })
}

fn matches(scene: &Scene<'_>, rule: &str, subject: &Subject<'_>) -> Option<bool> {
    let words = words(rule)?;
    let mut reader = Reader { scene, subject, words: &words };
    let matches = reader.either()?;
    reader.words.is_empty().then_some(matches)
}

/// Cuts a rule into words; a text keeps the quote before it.
fn words(rule: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = rule.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => {
                let end = rest[1..].find('"')? + 1;
                words.push(rest[..end].to_owned());
                rest = rest[end + 1..].trim_start();
                continue;
            }
            '(' | ')' | '[' | ']' | ',' => 1,
            _ => rest.find(|c: char| c.is_whitespace() || "()[],\"".contains(c)).unwrap_or(rest.len()),
        };
        words.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    Some(words)
}

struct Reader<'a> {
    scene: &'a Scene<'a>,
    subject: &'a Subject<'a>,
    words: &'a [String],
}

impl Reader<'_> {
    fn take(&mut self) -> Option<&str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn take_if(&mut self, wanted: &str) -> bool {
        let found = self.words.first().is_some_and(|word| same(word, wanted));
        if found {
            self.take();
        }
        found
    }

    fn either(&mut self) -> Option<bool> {
        let mut matches = self.both()?;
        while self.take_if("-or") {
            let other = self.both()?;
            matches |= other;
            self.scene.note("rule joined by", "-or", matches);
        }
        Some(matches)
    }

    fn both(&mut self) -> Option<bool> {
        let mut matches = self.single()?;
        while self.take_if("-and") {
            let other = self.single()?;
            matches &= other;
            self.scene.note("rule joined by", "-and", matches);
        }
        Some(matches)
    }

    fn single(&mut self) -> Option<bool> {
        if self.take_if("-not") {
            let matches = !self.single()?;
            self.scene.note("rule joined by", "-not", matches);
            return Some(matches);
        }
        if self.take_if("(") {
            let matches = self.either()?;
            return self.take_if(")").then_some(matches);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Option<bool> {
        let whole = self.take()?.to_owned();
        let (_, name) =
            whole.split_once('.').filter(|(namespace, _)| same(namespace, self.subject.namespace))?;
        let operator = self.take()?.to_owned();
        let wanted = self.values()?;
        let held = (self.subject.held)(name)?;
        let is_null = matches!(held, Held::Null);
        let matches = compare(&held, &operator, &wanted)?;
        let [operators, on_null, attributes] = self.subject.branches;
        self.scene.note(if is_null { on_null } else { operators }, &operator, matches);
        self.scene.note(attributes, name, matches);
        Some(matches)
    }

    fn values(&mut self) -> Option<Vec<String>> {
        let plain = |word: &str| word.strip_prefix('"').unwrap_or(word).to_owned();
        if !self.take_if("[") {
            return Some(vec![plain(self.take()?)]);
        }
        let mut values = vec![plain(self.take()?)];
        while self.take_if(",") {
            values.push(plain(self.take()?));
        }
        self.take_if("]").then_some(values)
    }
}

fn compare(held: &Held, operator: &str, wanted: &[String]) -> Option<bool> {
    let positive = match operator {
        "-ne" => "-eq".to_owned(),
        _ => match operator.strip_prefix("-not") {
            Some(rest) => format!("-{}{}", rest[..1].to_lowercase(), &rest[1..]),
            None => operator.to_owned(),
        },
    };
    let is_negative = positive != operator;
    let matches = match held {
        Held::Null => false,
        Held::Text(own) => wanted.iter().any(|wanted| test(own, &positive, wanted)),
        // A collection has the whole element or has it not; another test is passed by one element.
        Held::Texts(own) => {
            let positive = if positive == "-contains" { "-eq" } else { &positive };
            own.iter().any(|own| wanted.iter().any(|wanted| test(own, positive, wanted)))
        }
    };
    ["-eq", "-startsWith", "-endsWith", "-contains", "-in"]
        .contains(&positive.as_str())
        .then_some(matches != is_negative)
}

fn test(own: &str, operator: &str, wanted: &str) -> bool {
    let (own, wanted) = (own.to_lowercase(), wanted.to_lowercase());
    match operator {
        "-startsWith" => own.starts_with(&wanted),
        "-endsWith" => own.ends_with(&wanted),
        "-contains" => own.contains(&wanted),
        _ => own == wanted,
    }
}

/// What the attribute holds; `None` when there is no such attribute.
fn device_attribute(device: Option<&DeviceFacts>, name: &str) -> Option<Held> {
    let nothing = DeviceFacts::default();
    let device = device.unwrap_or(&nothing);
    let text = |text: &Option<String>| text.clone().map_or(Held::Null, Held::Text);
    let texts = |texts: &[String]| if texts.is_empty() { Held::Null } else { Held::Texts(texts.to_vec()) };
    Some(match name {
        "deviceId" => text(&device.device_id),
        "displayName" => text(&device.display_name),
        "deviceOwnership" => text(&device.device_ownership),
        "enrollmentProfileName" => text(&device.enrollment_profile_name),
        "isCompliant" => text(&device.is_compliant.map(|yes| yes.to_string())),
        "manufacturer" => text(&device.manufacturer),
        "mdmAppId" => text(&device.mdm_app_id),
        "model" => text(&device.model),
        "operatingSystem" => text(&device.operating_system),
        "operatingSystemVersion" => text(&device.operating_system_version),
        "physicalIds" => texts(&device.physical_ids),
        "profileType" => text(&device.profile_type),
        "systemLabels" => texts(&device.system_labels),
        "trustType" => text(&device.trust_type),
        _ => {
            let number: u8 = name.strip_prefix("extensionAttribute")?.parse().ok()?;
            // They count only for devices somebody vouches for.
            let is_vouched_for = device.is_compliant == Some(true)
                || device.is_managed == Some(true)
                || device.trust_type.as_deref().is_some_and(|kind| same(kind, "ServerAD"));
            let value = device.extension_attributes.get(&number).filter(|_| is_vouched_for);
            (1..=15).contains(&number).then(|| text(&value.cloned()))?
        }
    })
}
