//! Quotes and brackets as a page's source writes them: a log copied from there, or from a mail.

use std::borrow::Cow;

use memchr::memchr;

/// The few that programs write; `&amp;` last, so that nothing is decoded twice.
const ENTITIES: [(&str, &str); 7] =
    [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];

/// The text with them decoded.
pub(super) fn decode(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() || !ENTITIES.iter().any(|(entity, _)| text.contains(entity)) {
        return text;
    }
    let decoded = ENTITIES.iter().fold(text.into_owned(), |text, (entity, plain)| text.replace(entity, plain));
    Cow::Owned(decoded)
}
