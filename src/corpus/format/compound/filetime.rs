//! Times as Windows counts them: tenths of a microsecond since 1601.

/// A time as text, in UTC: `2003-05-06T07:08:09Z`. None if it was never set, or lies after the year 9999.
pub(in crate::corpus::format) fn filetime(ticks: u64) -> Option<String> {
    const SECONDS_BEFORE_1970: i64 = 11_644_473_600;
    let seconds = i64::try_from(ticks / 10_000_000).ok()? - SECONDS_BEFORE_1970;
    let time = jiff::Timestamp::from_second(seconds).ok().filter(|_| ticks > 0)?;
    Some(time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_counted_from_1601() {
        assert_eq!(filetime(0), None);
        assert_eq!(filetime(116_444_736_000_000_000).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(filetime(125_911_584_000_000_000).as_deref(), Some("2000-01-01T00:00:00Z"));
        assert_eq!(filetime(u64::MAX), None);
    }
}
