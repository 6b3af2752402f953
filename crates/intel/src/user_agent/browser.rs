use super::{named, version_after};

/// Token that precedes the version, and the family. Order matters: nearly every browser also claims to be Chrome and
/// Safari, so the particular ones stand first.
const FAMILIES: &[(&str, &str)] = &[
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("OPX/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Ddg/", "DuckDuckGo"),
    ("UCBrowser/", "UC Browser"),
    ("Electron/", "Electron"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chrome"),
];

/// Family and major version of a browser; `None` for what is none.
pub(super) fn recognise(text: &str) -> Option<String> {
    if !text.starts_with("Mozilla/") && !text.starts_with("Opera/") {
        return None;
    }
    for (token, family) in FAMILIES {
        if text.contains(token) {
            return Some(named(family, version_after(text, token)));
        }
    }
    if text.contains("Safari/") && text.contains("Version/") {
        return Some(named("Safari", version_after(text, "Version/")));
    }
    if text.contains("Trident/") {
        return Some(named("Internet Explorer", version_after(text, "rv:").or(version_after(text, "MSIE "))));
    }
    text.contains("MSIE ").then(|| named("Internet Explorer", version_after(text, "MSIE ")))
}

#[cfg(test)]
mod tests {
    use super::recognise;

    #[test]
    fn browsers_are_told_apart_although_they_claim_to_be_each_other() {
        for (text, expected) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox 140",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
                "Chrome 141",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.3537.57",
                "Edge 141",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/17.17134",
                "Edge 17",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0",
                "Opera 124",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
                "Safari 18",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1",
                "Chrome 141",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
                "Samsung Internet 28",
            ),
            ("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer 11"),
            ("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)", "Internet Explorer 8"),
        ] {
            assert_eq!(recognise(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_programs_are_no_browsers() {
        for text in [
            "MyApp/1.0 Chrome/141",
            "Mozilla/5.0",
            "Mozilla/5.0 (Windows NT 10.0)",
            "okhttp/4.12.0",
            "Safari/1",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }
}
