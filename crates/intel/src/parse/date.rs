use riskgate_core::Timestamp;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads `2026-08-30 05:56:55`, the UTC form of the Tor exit list.
pub(crate) fn tor_date(day: &str, time: &str) -> Option<Timestamp> {
    (day.len() == 10 && time.len() == 8).then(|| format!("{day}T{time}Z").parse().ok()).flatten()
}

/// Writes what [`tor_date`] reads, to the second.
pub(crate) fn write_tor_date(moment: Timestamp) -> String {
    moment.without_zone().replacen('T', " ", 1)
}

/// Reads an HTTP date in the form every current server writes (RFC 9110 §5.6.7, IMF-fixdate), for example
/// `Sun, 30 Aug 2026 05:56:55 GMT`.
pub(crate) fn http_date(text: &str) -> Option<Timestamp> {
    let mut parts = text.get(5..)?.split(' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (time, zone) = (parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    (zone == "GMT" && parts.next().is_none()).then_some(())?;
    format!("{year}-{month:02}-{day}T{time}Z").parse().ok()
}

/// Reads the date of the Unix command `date -u`, for example `Tue Aug 11 14:33:07 UTC 2026`.
pub(super) fn unix_date(text: &str) -> Option<Timestamp> {
    let mut parts = text.split_ascii_whitespace().skip(1);
    let (month, day, time) = (parts.next()?, parts.next()?, parts.next()?);
    let (zone, year) = (parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    (zone == "UTC" && time.len() == 8 && parts.next().is_none()).then_some(())?;
    format!("{year}-{month:02}-{day:0>2}T{time}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_date_is_read() {
        let expected: Timestamp = "2026-08-30T05:56:55Z".parse().unwrap();
        assert_eq!(tor_date("2026-08-30", "05:56:55"), Some(expected));
        assert_eq!(write_tor_date(expected), "2026-08-30 05:56:55");
        assert_eq!(http_date("Sun, 30 Aug 2026 05:56:55 GMT"), Some(expected));
        assert_eq!(unix_date(" Sun Aug 30 05:56:55 UTC 2026"), Some(expected));
        assert_eq!(unix_date("Sun Aug  3 05:56:55 UTC 2026"), "2026-08-03T05:56:55Z".parse().ok());
    }

    #[test]
    fn what_is_no_date_is_nothing() {
        assert_eq!(tor_date("2026-13-30", "05:56:55"), None);
        assert_eq!(tor_date("2026-08-30", "05:56"), None);
        for text in [
            "",
            "Sun",
            "ééé",
            "Sun, 30 Aug 2026 05:56:55 CET",
            "Sunday, 30-Aug-26 05:56:55 GMT",
            "Sun, 31 Feb 2026 05:56:55 GMT",
        ] {
            assert_eq!(http_date(text), None, "{text}");
            assert_eq!(unix_date(text), None, "{text}");
        }
        for text in
            ["Sun Aug 30 05:56:55 CET 2026", "Sun Aug 30 5:56 UTC 2026", "Sun Feb 31 05:56:55 UTC 2026"]
        {
            assert_eq!(unix_date(text), None, "{text}");
        }
    }
}
