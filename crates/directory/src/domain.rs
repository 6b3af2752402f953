use riskgate_model::Organization;

/// Whether a text is a domain name with at least two labels (RFC 1123 §2.1), in lower case, at most 48 characters, the
/// most a user principal name leaves room for.
pub fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 48 && text.contains('.') && text.split('.').all(is_label)
}

/// Whether the organization owns the domain, compared without case.
pub(crate) fn owns_domain(organization: &Organization, domain: &str) -> bool {
    let mut names = organization.verified_domains.iter().filter_map(|verified| verified.name.as_deref());
    names.any(|name| name.eq_ignore_ascii_case(domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_have_labels_of_letters_digits_and_hyphens() {
        for good in ["contoso.com", "a.b", "x-1.contoso.co.uk", "riskgate.local"] {
            assert!(is_domain(good), "{good}");
        }
        let long = format!("{}.com", "a".repeat(45));
        for bad in
            ["", "localhost", "contoso..com", ".com", "a.", "-a.com", "a-.com", "A.com", "a b.com", &long]
        {
            assert!(!is_domain(bad), "{bad}");
        }
    }
}
