//! A value as it can be seen on a page: white space, line ends and letters that only look right are written out, in letters every
//! font has.

/// The value, what cannot be seen named in brackets: `demo[space]`, `1[line end]`, `d[U+0435]mo`.
pub fn visible(value: &str) -> String {
    value.chars().map(sign).collect()
}

fn sign(letter: char) -> String {
    match letter {
        ' ' => "[space]".to_owned(),
        '\n' => "[line end]".to_owned(),
        '\r' => "[carriage return]".to_owned(),
        '\t' => "[tab]".to_owned(),
        '!'..='~' => letter.to_string(),
        other => format!("[U+{:04X}]", u32::from(other)),
    }
}
