//! The user and the database in a connection URL, and never its password.
//!
//! In: `postgres://user:password@host:port/database?…` as a provider shows it. Out: user, database and what kind of host it is.
//! The password is skipped while reading and is in no value, error or `Debug` text; so are the host's name and port, because in
//! a broken URL they may be a piece of it. A URL whose password holds a raw `@`, `/`, `?` or `#` reads differently in different
//! clients: it is refused rather than guessed at.
//! Source: RFC 3986; PostgreSQL docs, "Connection URIs"; Render's hosts as seen in about ten public URLs.
use std::fmt;

/// What a connection URL says about whom and what it connects to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionUrl {
    user: Option<String>,
    database: Option<String>,
    host: HostKind,
}

/// Where the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostKind {
    /// Render's private network (`dpg-…-a`): reachable from Render's services only.
    RenderInternal,
    /// Render's public address (`dpg-…-a.REGION-postgres.render.com`).
    RenderExternal,
    /// This machine.
    Local,
    /// Anything else.
    Other,
}

impl HostKind {
    /// A stable name for it.
    pub fn id(self) -> &'static str {
        match self {
            Self::RenderInternal => "render-internal",
            Self::RenderExternal => "render-external",
            Self::Local => "local",
            Self::Other => "other",
        }
    }
}

/// Why a URL was not read. Holds nothing of the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlError {
    /// Does not begin with `postgres://` or `postgresql://`, with or without a driver.
    NotPostgres,
    /// White space or a control character in it: more than a URL was given.
    NotOneUrl,
    /// Characters that must be percent-encoded stand there raw, so where the password ends is a guess.
    Ambiguous,
    /// A `%` that is not followed by two hexadecimal digits, or that encodes no text.
    BadEncoding,
    /// The address of the server cannot be read.
    BadHost,
    /// The user or the database is named a second time after the `?`.
    NamesInQuery,
}

impl fmt::Display for UrlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotPostgres => "this is not a connection URL of PostgreSQL: it must begin with postgres:// or postgresql://",
            Self::NotOneUrl => "give one URL and nothing else: there is white space or a control character in it",
            Self::Ambiguous => {
                "the URL holds a raw @, /, ? or # where it may belong to the password; write them as %40, %2F, %3F, %23, or give the names with --db-user and --database"
            }
            Self::BadEncoding => "the user or the database holds a % that encodes no text",
            Self::BadHost => "the server's address in the URL cannot be read",
            Self::NamesInQuery => {
                "the URL names the user or the database after the question mark; give them with --db-user and --database"
            }
        })
    }
}

impl ConnectionUrl {
    /// Reads `text`; white space around it is ignored.
    ///
    /// # Errors
    /// A [`UrlError`]; it never holds a piece of `text`.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(UrlError::NotOneUrl);
        }
        let (scheme, rest) = text.split_once("://").ok_or(UrlError::NotPostgres)?;
        if !is_postgres(scheme) {
            return Err(UrlError::NotPostgres);
        }
        read_after_scheme(rest)
    }

    /// The user, percent-decoded; none when the URL names no user.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The database, percent-decoded; none when the URL names no database.
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// What kind of host it is.
    pub fn host(&self) -> HostKind {
        self.host
    }
}

fn read_after_scheme(rest: &str) -> Result<ConnectionUrl, UrlError> {
    let (authority, tail) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    if rest.contains('#') || rest.matches('@').count() > 1 || tail.contains('@') {
        return Err(UrlError::Ambiguous);
    }
    let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
    let name = path.strip_prefix('/').unwrap_or("");
    if name.contains('/') {
        return Err(UrlError::Ambiguous);
    }
    let (userinfo, address) = authority.split_once('@').unwrap_or(("", authority));
    let user = userinfo.split_once(':').map_or(userinfo, |(user, _)| user);
    let host = host_kind(address)?;
    let host_in_query = check_query(query)?;
    Ok(ConnectionUrl {
        user: decode(user)?,
        database: decode(name)?,
        host: if host_in_query { HostKind::Other } else { host },
    })
}

fn is_postgres(scheme: &str) -> bool {
    let (name, driver) = scheme.split_once('+').unwrap_or((scheme, "none"));
    let named = name.eq_ignore_ascii_case("postgres") || name.eq_ignore_ascii_case("postgresql");
    named && !driver.is_empty() && driver.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether the part after `?` names a host; an error when it names a user or a database.
fn check_query(query: &str) -> Result<bool, UrlError> {
    let keys = query.split('&').map(|pair| pair.split_once('=').map_or(pair, |(key, _)| key));
    let mut names_host = false;
    for key in keys {
        match key.to_ascii_lowercase().as_str() {
            "user" | "dbname" | "database" => return Err(UrlError::NamesInQuery),
            "host" | "hostaddr" => names_host = true,
            _ => {}
        }
    }
    Ok(names_host)
}

/// The kind of a `host`, `host:port`, `[v6]:port`, or a list of them.
fn host_kind(address: &str) -> Result<HostKind, UrlError> {
    let mut kinds = address.split(',').map(one_host_kind);
    let first = kinds.next().unwrap_or(Ok(HostKind::Local))?;
    kinds.try_fold(first, |_, kind| kind.map(|_| HostKind::Other))
}

fn one_host_kind(address: &str) -> Result<HostKind, UrlError> {
    let (host, port) = split_port(address);
    let port_reads = port.is_none_or(|digits| digits.is_empty() || digits.parse::<u16>().is_ok());
    let host_reads = host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_%:[]".contains(&b));
    if !port_reads || !host_reads {
        return Err(UrlError::BadHost);
    }
    Ok(kind_of(&host.to_ascii_lowercase()))
}

fn split_port(address: &str) -> (&str, Option<&str>) {
    if address.starts_with('[') {
        let end = address.find(']').map_or(address.len(), |at| at + 1);
        let (host, rest) = address.split_at(end);
        return (host, rest.strip_prefix(':'));
    }
    match address.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (address, None),
    }
}

fn kind_of(host: &str) -> HostKind {
    let local = ["", "localhost", "[::1]"].contains(&host) || host.starts_with("127.") || host.starts_with("%2f");
    if local {
        HostKind::Local
    } else if host.starts_with("dpg-") && host.ends_with("-postgres.render.com") {
        HostKind::RenderExternal
    } else if host.starts_with("dpg-") && !host.contains('.') {
        HostKind::RenderInternal
    } else {
        HostKind::Other
    }
}

/// Percent-decodes a name; none when it is empty.
fn decode(raw: &str) -> Result<Option<String>, UrlError> {
    let mut bytes = raw.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        let value = match byte {
            b'%' => hex_pair(bytes.next(), bytes.next()).ok_or(UrlError::BadEncoding)?,
            _ => byte,
        };
        decoded.push(value);
    }
    let name = String::from_utf8(decoded).map_err(|_| UrlError::BadEncoding)?;
    if name.contains('\0') {
        return Err(UrlError::BadEncoding);
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}

fn hex_pair(high: Option<u8>, low: Option<u8>) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = digit(high?)? * 16 + digit(low?)?;
    u8::try_from(value).ok()
}
