//! Lines of a failed SQL statement: which tables they name with their schema.

/// Words before the name of a table or its like in SQL.
const TABLE_WORDS: [&str; 14] = [
    "TYPE",
    "DOMAIN",
    "SEQUENCE",
    "INDEX",
    "VIEW",
    "TABLE",
    "INTO",
    "FROM",
    "UPDATE",
    "JOIN",
    "EXISTS",
    "ONLY",
    "ON",
    "REFERENCES",
];

/// The tables that stand with their schema before them: schema and table, without quotes.
pub fn qualified_tables(sql: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut before = "";
    let words = sql.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';')).filter(|w| !w.is_empty());
    words.filter_map(move |word| {
        let follows = TABLE_WORDS.iter().any(|table_word| before.eq_ignore_ascii_case(table_word));
        before = word;
        let (schema, table) = word.split_once('.').filter(|_| follows)?;
        Some((schema.trim_matches('"'), table.trim_matches('"')))
    })
}

#[cfg(test)]
mod tests {
    use super::qualified_tables;

    #[test]
    fn a_schema_stands_beside_its_table() {
        let read = |sql: &'static str| qualified_tables(sql).collect::<Vec<_>>();
        assert_eq!(read("CREATE TABLE audit.users ("), [("audit", "users")]);
        assert_eq!(read("[SQL: INSERT INTO \"audit\".\"users\" (a)"), [("audit", "users")]);
        assert_eq!(read("from a.b join c.d on a.b"), [("a", "b"), ("c", "d"), ("a", "b")]);
        assert_eq!(read("SELECT users.id FROM users"), []);
        assert_eq!(read("CREATE TABLE users ("), []);
    }
}
