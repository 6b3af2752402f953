//! Browsers and tools with the release cadence of real ones: what they send, and what is read from it.

use riskgate_model::{ClientFacts, ConditionalAccessDevicePlatform as Platform};

/// A program on an operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Program {
    /// Chrome on Windows.
    ChromeWindows,
    /// Edge on Windows.
    EdgeWindows,
    /// Firefox on Windows.
    FirefoxWindows,
    /// Safari on macOS.
    SafariMac,
    /// Chrome on macOS.
    ChromeMac,
    /// Firefox on Linux.
    FirefoxLinux,
    /// Safari on an iPhone.
    SafariPhone,
    /// Chrome on Android.
    ChromeAndroid,
    /// Samsung Internet on Android.
    SamsungAndroid,
    /// A library that programs use.
    Tool,
}

/// Programs of desks with how common they are.
pub const DESKTOP: [(Program, f64); 6] = [
    (Program::ChromeWindows, 0.38),
    (Program::EdgeWindows, 0.27),
    (Program::FirefoxWindows, 0.07),
    (Program::SafariMac, 0.10),
    (Program::ChromeMac, 0.14),
    (Program::FirefoxLinux, 0.04),
];

/// Programs of phones with how common they are.
pub const PHONE: [(Program, f64); 3] =
    [(Program::SafariPhone, 0.52), (Program::ChromeAndroid, 0.36), (Program::SamsungAndroid, 0.12)];

/// A second, and a day of them.
pub const DAY: i64 = 86_400;

impl Program {
    /// Time between releases in seconds.
    pub fn cadence(self) -> i64 {
        match self {
            Self::SafariMac | Self::SafariPhone => 50 * DAY,
            Self::SamsungAndroid => 56 * DAY,
            Self::Tool => 180 * DAY,
            _ => 28 * DAY,
        }
    }

    /// Whether it runs on a device of the maker who offers the relay.
    pub fn is_safari(self) -> bool {
        matches!(self, Self::SafariMac | Self::SafariPhone)
    }

    /// Whether it runs on a phone.
    pub fn is_phone(self) -> bool {
        matches!(self, Self::SafariPhone | Self::ChromeAndroid | Self::SamsungAndroid)
    }

    /// What release number `release` says of itself.
    pub fn facts(self, release: u32) -> ClientFacts {
        let (browser, system, platform, text) = self.describe(release);
        ClientFacts {
            user_agent: Some(text),
            browser: Some(browser),
            operating_system: system,
            platform,
            is_browser: self != Self::Tool,
            ..ClientFacts::default()
        }
    }

    /// Browser, system, platform and user agent.
    fn describe(self, release: u32) -> (String, Option<String>, Option<Platform>, String) {
        let major = 130 + release;
        let (safari, minor) = (17 + release / 7, release % 7);
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let (windows, mac) = ("Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7");
        let (browser, system, platform, text) = match self {
            Self::ChromeWindows => (
                format!("Chrome {major}"),
                "Windows 10".to_owned(),
                Platform::Windows,
                format!("Mozilla/5.0 ({windows}) {webkit} Chrome/{major}.0.0.0 Safari/537.36"),
            ),
            Self::EdgeWindows => (
                format!("Edge {major}"),
                "Windows 10".to_owned(),
                Platform::Windows,
                format!(
                    "Mozilla/5.0 ({windows}) {webkit} Chrome/{major}.0.0.0 Safari/537.36 Edg/{major}.0.0.0"
                ),
            ),
            Self::FirefoxWindows => (
                format!("Firefox {major}"),
                "Windows 10".to_owned(),
                Platform::Windows,
                format!("Mozilla/5.0 ({windows}; rv:{major}.0) Gecko/20100101 Firefox/{major}.0"),
            ),
            Self::ChromeMac => (
                format!("Chrome {major}"),
                "macOS".to_owned(),
                Platform::MacOS,
                format!("Mozilla/5.0 ({mac}) {webkit} Chrome/{major}.0.0.0 Safari/537.36"),
            ),
            Self::SafariMac => (
                format!("Safari {safari}"),
                "macOS".to_owned(),
                Platform::MacOS,
                format!(
                    "Mozilla/5.0 ({mac}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{safari}.{minor} Safari/605.1.15"
                ),
            ),
            Self::FirefoxLinux => (
                format!("Firefox {major}"),
                "Linux".to_owned(),
                Platform::Linux,
                format!("Mozilla/5.0 (X11; Linux x86_64; rv:{major}.0) Gecko/20100101 Firefox/{major}.0"),
            ),
            Self::SafariPhone => (
                format!("Safari {safari}"),
                format!("iOS {safari}"),
                Platform::IOS,
                format!(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS {safari}_{minor} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{safari}.{minor} Mobile/15E148 Safari/604.1"
                ),
            ),
            Self::ChromeAndroid => (
                format!("Chrome {major}"),
                "Android".to_owned(),
                Platform::Android,
                format!(
                    "Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/{major}.0.0.0 Mobile Safari/537.36"
                ),
            ),
            Self::SamsungAndroid => (
                format!("Samsung Internet {}", 26 + release),
                "Android".to_owned(),
                Platform::Android,
                format!(
                    "Mozilla/5.0 (Linux; Android 10; K) {webkit} SamsungBrowser/{}.0 Chrome/{major}.0.0.0 Mobile Safari/537.36",
                    26 + release
                ),
            ),
            Self::Tool => {
                let minor = 28 + release;
                return ("python-requests 2".to_owned(), None, None, format!("python-requests/2.{minor}.0"));
            }
        };
        (browser, Some(system), Some(platform), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_reads_from_user_agents_what_the_facts_say() {
        let programs = DESKTOP.iter().chain(&PHONE).map(|(program, _)| *program);
        for program in programs.chain([Program::Tool]) {
            for release in [0, 5, 13] {
                let facts = program.facts(release);
                let read = riskgate_intel::read_user_agent(facts.user_agent.as_deref());
                assert_eq!(facts, read, "{program:?} {release}");
            }
        }
    }
}
