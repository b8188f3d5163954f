//! The name somebody meant by a misspelt one.

use super::fold::fold;

/// The name most like `wanted`, apart from letter case and diacritics. `None` if more than a third of the letters of
/// every name differ.
pub(crate) fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = fold(wanted);
    let allowed = wanted.chars().count().div_ceil(3);
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(&wanted, &fold(name)), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_recognised_and_strangers_are_not() {
        let names = ["Le Phare", "Marener Küstenblatt", "Radio Skerry"];
        assert_eq!(nearest("le fare", names), Some("Le Phare"));
        assert_eq!(nearest("kustenblat", names), None);
        assert_eq!(nearest("radio skery", names), Some("Radio Skerry"));
        assert_eq!(nearest("gazette", names), None);
    }
}
