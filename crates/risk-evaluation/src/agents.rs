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
        let (operating_system, platform) = self.system(release).unzip();
        ClientFacts {
            user_agent: Some(self.user_agent(release)),
            browser: Some(self.browser(release)),
            operating_system,
            platform,
            is_browser: self != Self::Tool,
            device_cookie_id: None,
            list_hits: Vec::new(),
        }
    }

    fn browser(self, release: u32) -> String {
        match self {
            Self::ChromeWindows | Self::ChromeMac | Self::ChromeAndroid => {
                format!("Chrome {}", major(release))
            }
            Self::EdgeWindows => format!("Edge {}", major(release)),
            Self::FirefoxWindows | Self::FirefoxLinux => format!("Firefox {}", major(release)),
            Self::SafariMac | Self::SafariPhone => format!("Safari {}", safari(release).0),
            Self::SamsungAndroid => format!("Samsung Internet {}", samsung(release)),
            Self::Tool => "python-requests 2".to_owned(),
        }
    }

    fn system(self, release: u32) -> Option<(String, Platform)> {
        let (name, platform) = match self {
            Self::ChromeWindows | Self::EdgeWindows | Self::FirefoxWindows => {
                ("Windows 10", Platform::Windows)
            }
            Self::ChromeMac | Self::SafariMac => ("macOS", Platform::MacOS),
            Self::FirefoxLinux => ("Linux", Platform::Linux),
            Self::ChromeAndroid | Self::SamsungAndroid => ("Android", Platform::Android),
            Self::SafariPhone => return Some((format!("iOS {}", safari(release).0), Platform::IOS)),
            Self::Tool => return None,
        };
        Some((name.to_owned(), platform))
    }

    fn user_agent(self, release: u32) -> String {
        let major = major(release);
        let (safari, minor) = safari(release);
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let apple = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let windows = "Windows NT 10.0; Win64; x64";
        let mac = "Macintosh; Intel Mac OS X 10_15_7";
        let rest = match self {
            Self::Tool => return format!("python-requests/2.{}.0", 28 + release),
            Self::ChromeWindows => format!("({windows}) {webkit} Chrome/{major}.0.0.0 Safari/537.36"),
            Self::EdgeWindows => {
                format!("({windows}) {webkit} Chrome/{major}.0.0.0 Safari/537.36 Edg/{major}.0.0.0")
            }
            Self::FirefoxWindows => format!("({windows}; rv:{major}.0) Gecko/20100101 Firefox/{major}.0"),
            Self::ChromeMac => format!("({mac}) {webkit} Chrome/{major}.0.0.0 Safari/537.36"),
            Self::SafariMac => format!("({mac}) {apple} Version/{safari}.{minor} Safari/605.1.15"),
            Self::FirefoxLinux => {
                format!("(X11; Linux x86_64; rv:{major}.0) Gecko/20100101 Firefox/{major}.0")
            }
            Self::SafariPhone => format!(
                "(iPhone; CPU iPhone OS {safari}_{minor} like Mac OS X) {apple} Version/{safari}.{minor} Mobile/15E148 Safari/604.1"
            ),
            Self::ChromeAndroid => {
                format!("(Linux; Android 10; K) {webkit} Chrome/{major}.0.0.0 Mobile Safari/537.36")
            }
            Self::SamsungAndroid => format!(
                "(Linux; Android 10; K) {webkit} SamsungBrowser/{}.0 Chrome/{major}.0.0.0 Mobile Safari/537.36",
                samsung(release)
            ),
        };
        format!("Mozilla/5.0 {rest}")
    }
}

/// Major version of Chrome, Edge and Firefox.
fn major(release: u32) -> u32 {
    130 + release
}

/// Major and minor version of Safari: one major version a year.
fn safari(release: u32) -> (u32, u32) {
    (17 + release / 7, release % 7)
}

/// Major version of Samsung Internet.
fn samsung(release: u32) -> u32 {
    26 + release
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
