use super::{named, version_after};

/// Tools, libraries and remote-controlled browsers: the token that precedes the version, and the name.
const TOOLS: &[(&str, &str)] = &[
    ("curl/", "curl"),
    ("Wget/", "Wget"),
    ("python-requests/", "python-requests"),
    ("python-httpx/", "python-httpx"),
    ("Python-urllib/", "Python-urllib"),
    ("aiohttp/", "aiohttp"),
    ("Python/", "Python"),
    ("Go-http-client/", "Go-http-client"),
    ("okhttp/", "okhttp"),
    ("Apache-HttpClient/", "Apache-HttpClient"),
    ("Java-http-client/", "Java-http-client"),
    ("Java/", "Java"),
    ("node-fetch/", "node-fetch"),
    ("axios/", "axios"),
    ("undici", "undici"),
    ("reqwest/", "reqwest"),
    ("libwww-perl/", "libwww-perl"),
    ("GuzzleHttp/", "Guzzle"),
    ("PostmanRuntime/", "Postman"),
    ("insomnia/", "Insomnia"),
    ("HTTPie/", "HTTPie"),
    ("WindowsPowerShell/", "PowerShell"),
    ("PowerShell/", "PowerShell"),
    ("kube-probe/", "kube-probe"),
    ("HeadlessChrome/", "HeadlessChrome"),
    ("PhantomJS/", "PhantomJS"),
];

/// Words crawlers name themselves with, in lower case.
const CRAWLERS: &[&str] = &["crawler", "spider", "slurp", "scrapy"];

/// Name and major version of a program that is not a browser in a person's hand; `None` for what may be one.
pub(super) fn recognise(text: &str) -> Option<String> {
    if let Some((token, name)) = TOOLS.iter().find(|(token, _)| text.contains(token)) {
        return Some(named(name, version_after(text, token)));
    }
    let lower = text.to_ascii_lowercase();
    let is_crawler = has_bot(&lower) || CRAWLERS.iter().any(|word| lower.contains(word));
    is_crawler.then(|| "crawler".to_owned())
}

/// Whether a word ends in `bot` (`Googlebot/2.1`, `bingbot`); Cubot is a maker of phones.
fn has_bot(lower: &str) -> bool {
    lower.match_indices("bot").any(|(index, _)| {
        let (before, after) = (&lower[..index], &lower[index + 3..]);
        !before.ends_with("cu") && !after.starts_with(|next: char| next.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::recognise;

    #[test]
    fn tools_crawlers_and_remote_controlled_browsers_are_recognised() {
        for (text, expected) in [
            ("curl/8.5.0", "curl 8"),
            ("python-requests/2.32.3", "python-requests 2"),
            ("Go-http-client/1.1", "Go-http-client 1"),
            (
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.963",
                "PowerShell 5",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36",
                "HeadlessChrome 141",
            ),
            ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "crawler"),
            ("Mozilla/5.0 (compatible; bingbot)", "crawler"),
            ("Mozilla/5.0 (compatible; Baiduspider/2.0)", "crawler"),
        ] {
            assert_eq!(recognise(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_phone_of_the_maker_cubot_is_no_crawler() {
        let text = "Mozilla/5.0 (Linux; Android 11; CUBOT X50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36";
        assert_eq!(recognise(text), None);
        assert_eq!(recognise("Mozilla/5.0 (Linux; Android 11; Bottle) Chrome/120"), None);
    }
}
