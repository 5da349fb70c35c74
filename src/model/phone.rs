//! Telephone numbers, so that `07700 900123` and `+44 7700 900123` are the same one.

/// The number in E.164 where it can be told, for a British telephone: `+447700900123`. `None`: a short
/// code, a name, a number withheld.
#[must_use]
pub fn e164(written: &str) -> Option<String> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let international = written.trim_start().starts_with('+') || written.trim_start().starts_with("(+");
    let number = if international {
        // `+44 (0)7700 …`: the nought in brackets is for callers at home.
        match digits.strip_prefix("440") {
            Some(rest) if written.contains("(0)") => format!("44{rest}"),
            _ => digits,
        }
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if let Some(rest) = digits.strip_prefix('0').filter(|rest| (9..=10).contains(&rest.len())) {
        format!("44{rest}")
    } else {
        return None;
    };
    let words = written.chars().any(char::is_alphabetic);
    (!words && (8..=15).contains(&number.len())).then(|| format!("+{number}"))
}

/// What tells whether two numbers are the same: E.164 where it can be told, else as written in lower case.
#[must_use]
pub fn key(written: &str) -> String {
    e164(written).unwrap_or_else(|| written.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{e164, key};

    #[test]
    fn one_number_in_many_spellings() {
        for written in
            ["07700 900123", "+44 7700 900123", "0044 7700 900123", "+44 (0)7700 900123", "(+44) 7700-900-123"]
        {
            assert_eq!(e164(written).as_deref(), Some("+447700900123"), "{written}");
        }
        assert_eq!(e164("+353 20 910 1234").as_deref(), Some("+353209101234"));
    }

    #[test]
    fn what_is_no_number_stays_as_it_is() {
        for written in ["60777", "Nursery", "", "0", "HMRC-0300", "alex@example.org"] {
            assert_eq!(e164(written), None, "{written}");
        }
        assert_eq!(key(" Nursery "), "nursery");
    }
}
