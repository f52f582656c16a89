//! The known name a misspelt one most likely meant.

/// The nearest of the known names, if one is near enough to be meant.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wrong.chars().count() / 3).max(1) + 1;
    known
        .into_iter()
        .map(|name| (distance(wrong, name), name))
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, _)| *d)
        .map(|(_, name)| name)
}

/// "did you mean …?", or the list of what there is.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(name) = nearest(wrong, known.clone()) {
        return format!("did you mean `{name}`?");
    }
    let list: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    if list.is_empty() { "there is none here".to_owned() } else { format!("there are {}", list.join(", ")) }
}

/// Edits (insert, delete, replace) between two words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (y, pair) in b.iter().zip(row.windows(2)) {
            let [replaced, deleted] = pair else { continue };
            let inserted = next.last().copied().unwrap_or_default();
            next.push((replaced + usize::from(x != *y)).min(deleted + 1).min(inserted + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names() {
        let known = ["db_user", "database", "service"];
        assert_eq!(nearest("db_usr", known), Some("db_user"));
        assert_eq!(nearest("databse", known), Some("database"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(did_you_mean("servce", known), "did you mean `service`?");
        assert_eq!(did_you_mean("x", ["abc", "def"]), "there are `abc`, `def`");
        assert_eq!(did_you_mean("x", []), "there is none here");
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
