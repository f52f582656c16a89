//! Fields of a line of CSV, with quotes doubled inside quotes.
//! Source: RFC 4180, section 2.

use super::Freed;

/// The fields of a line that is CSV: quotes are doubled in it, or every field stands in quotes.
pub(super) fn fields(line: &str) -> Option<Vec<Freed>> {
    let line = line.trim();
    let quoted = line.contains("\"\"") && line.contains(",\"") || line.starts_with('"') && line.contains("\",\"");
    // A field that began on a line before ends here, its quotes doubled.
    let tail = line.contains("\"\"") && line.ends_with('"') && line.matches('"').count() % 2 == 1;
    if !quoted && !tail {
        return None;
    }
    let told: Vec<Freed> = split(line).into_iter().filter(|field| field.contains(' ')).map(Freed::of).collect();
    (!told.is_empty()).then_some(told)
}

fn split(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut inside) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' => inside = !inside,
            ',' if !inside => fields.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    fields.push(field);
    fields
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn doubled_quotes_are_one() {
        let texts =
            |line: &str| fields(line).unwrap_or_default().into_iter().map(|freed| freed.text).collect::<Vec<_>>();
        assert_eq!(
            texts(r#"2026-11-05,error,"relation ""users"" already exists""#),
            ["relation \"users\" already exists"]
        );
        assert_eq!(texts(r#""a b","c","d, e f""#), ["a b", "d, e f"]);
        assert!(texts(r#"INSERT INTO "users" ("name") VALUES ('')"#).is_empty());
        assert!(texts(r#"say "" and nothing"#).is_empty());
    }
}
