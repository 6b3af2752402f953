use riskgate_model::ConditionalAccessDevicePlatform as Platform;

use super::{named, version_after};

/// Windows versions by their internal number. Browsers freeze it at 10.0, so Windows 11 says 10 as well.
const WINDOWS: &[(&str, &str)] = &[
    ("Windows NT 10.0", "Windows 10"),
    ("Windows NT 6.3", "Windows 8.1"),
    ("Windows NT 6.2", "Windows 8"),
    ("Windows NT 6.1", "Windows 7"),
    ("Windows NT 6.0", "Windows Vista"),
    ("Windows NT 5.1", "Windows XP"),
    ("Windows", "Windows"),
];

/// Systems named without a version: it is frozen (macOS says 10.15.7 for ever) or not told.
const PLAIN: &[(&str, &str)] = &[
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("Darwin/", "macOS"),
    ("CrOS ", "ChromeOS"),
    ("Linux", "Linux"),
    ("linux", "Linux"),
    ("FreeBSD", "FreeBSD"),
    ("OpenBSD", "OpenBSD"),
];

/// Family of the operating system, with its version where user agents tell it truly.
pub(super) fn recognise(text: &str) -> Option<String> {
    if text.contains("Windows Phone") {
        return Some("Windows Phone".to_owned());
    }
    if let Some((_, name)) = WINDOWS.iter().find(|(token, _)| text.contains(token)) {
        return Some((*name).to_owned());
    }
    if text.contains("iPhone") || text.contains("iPad") || text.contains("iPod") {
        return Some(named("iOS", version_after(text, " OS ")));
    }
    if text.contains("Android") {
        // Chrome's reduced user agent claims "Android 10; K" on every phone.
        let version = version_after(text, "Android ").filter(|_| !text.contains("Android 10; K)"));
        return Some(named("Android", version));
    }
    PLAIN.iter().find(|(token, _)| text.contains(token)).map(|(_, name)| (*name).to_owned())
}

/// The platform in the words of Conditional Access; `None` for systems it has no word for. ChromeOS, FreeBSD and OpenBSD
/// are none of them.
pub(super) fn platform(text: &str) -> Option<Platform> {
    let system = recognise(text)?;
    let family = |name: &str| system.starts_with(name);
    match () {
        () if family("Windows Phone") => Some(Platform::WindowsPhone),
        () if family("Windows") => Some(Platform::Windows),
        () if family("iOS") => Some(Platform::IOS),
        () if family("Android") => Some(Platform::Android),
        () if family("macOS") => Some(Platform::MacOS),
        () if family("Linux") => Some(Platform::Linux),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_are_told_by_their_systems() {
        for (text, expected) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", Some(Platform::Windows)),
            ("Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1)", Some(Platform::WindowsPhone)),
            ("Mozilla/5.0 (iPad; CPU OS 16_1 like Mac OS X)", Some(Platform::IOS)),
            ("Mozilla/5.0 (Linux; Android 14; SM-S921B)", Some(Platform::Android)),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", Some(Platform::MacOS)),
            ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0)", Some(Platform::Linux)),
            ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)", None),
            ("curl/8.5.0", None),
        ] {
            assert_eq!(platform(text), expected, "{text}");
        }
    }

    #[test]
    fn systems_are_named_with_the_versions_that_can_be_believed() {
        for (text, expected) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", Some("Windows 10")),
            ("Mozilla/5.0 (Windows NT 6.1; WOW64)", Some("Windows 7")),
            ("Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1)", Some("Windows Phone")),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)", Some("iOS 17")),
            ("Mozilla/5.0 (iPad; CPU OS 16_1 like Mac OS X)", Some("iOS 16")),
            ("Mozilla/5.0 (Linux; Android 14; SM-S921B)", Some("Android 14")),
            ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36", Some("Android")),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", Some("macOS")),
            ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)", Some("ChromeOS")),
            ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0)", Some("Linux")),
            ("curl/8.5.0", None),
        ] {
            assert_eq!(recognise(text).as_deref(), expected, "{text}");
        }
    }
}
