//! Keeps tokens out of logs and errors.
//!
//! ```
//! let url = url::Url::parse("https://api.example.org/bot12345678:AAEtoken/getMe?access_token=x").unwrap();
//! assert_eq!(net::redact::url(&url), "https://api.example.org/…/getMe?…");
//! assert_eq!(net::redact::text("refused access_token=abc for /me"), "refused access_token=… for /me");
//! ```

use url::Url;

/// What stands where something was taken out.
const HIDDEN: &str = "…";
/// A run of token characters of this length is no word of any language. A UUID (36) still passes.
const LONG_RUN: usize = 40;
/// Words after which, with `=` or `:`, a secret follows.
const NAMES: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "key",
    "hash",
    "sig",
    "sign",
    "code",
    "authorization",
    "bearer",
];

/// An address without what may be secret: user and password, path segments of the form `number:word`, long runs,
/// and every value of the query.
pub fn url(url: &Url) -> String {
    let mut shown = format!("{}://{}", url.scheme(), url.host_str().unwrap_or_default());
    if let Some(port) = url.port() {
        shown.push_str(&format!(":{port}"));
    }
    for segment in url.path().split('/').skip(1) {
        let hidden = segment.contains(':') || segment.contains("%3A") || segment.len() >= LONG_RUN;
        shown.push('/');
        shown.push_str(if hidden { HIDDEN } else { segment });
    }
    if url.query().is_some() {
        shown.push('?');
        shown.push_str(HIDDEN);
    }
    shown
}

/// Any text without what looks like a secret: what follows a telling name (`access_token=…`, `Bearer …`), a password
/// inside an address, the word of a `number:word` token, long runs of token characters. Rather too much than too little.
pub fn text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let (mut before, mut gap, mut rest) = ("", "", text);
    while !rest.is_empty() {
        let (run, tail) = rest.split_at(rest.find(|c| !is_token(c)).unwrap_or(rest.len()));
        let login = tail.starts_with('@') && (gap == ":" || gap.ends_with("//"));
        let hide = !run.is_empty() && (login || is_long(run) || is_named(before, gap) || is_numbered(before, gap, run));
        shown.push_str(if hide { HIDDEN } else { run });
        let (next_gap, next) = tail.split_at(tail.find(is_token).unwrap_or(tail.len()));
        shown.push_str(next_gap);
        (before, gap, rest) = (run, next_gap, next);
    }
    shown
}

fn is_token(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '~' | '%' | '+')
}

/// `token=`, `"token": "`, `Bearer `; «the key is wrong» stays readable.
fn is_named(name: &str, gap: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let assigned = gap.contains(['=', ':']) && gap.chars().all(|c| "=:\"' \\".contains(c));
    let scheme = gap == " " && matches!(name.as_str(), "bearer" | "basic");
    scheme || assigned && NAMES.iter().any(|known| name.ends_with(known))
}

fn is_numbered(number: &str, gap: &str, word: &str) -> bool {
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    gap == ":" && digits >= 5 && word.len() >= 6
}

fn is_long(run: &str) -> bool {
    run.len() >= LONG_RUN && run.is_ascii() && run.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_wherever_it_stands() {
        for (told, shown) in [
            (
                "GET /bot4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK/getMe",
                "GET /bot4839574812:…/getMe",
            ),
            (
                r#"{"access_token":"vk1.a.short","expires_in":0}"#,
                r#"{"access_token":"…","expires_in":0}"#,
            ),
            ("Authorization: Bearer abc.def", "Authorization: … …"),
            ("?key=3fe1&ts=12&client_secret=abc", "?key=…&ts=12&client_secret=…"),
            (
                "proxy http://olga:tajna@proxy.example:3128",
                "proxy http://olga:…@proxy.example:3128",
            ),
            ("vk1.a.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEf failed", "… failed"),
        ] {
            assert_eq!(text(told), shown);
        }
    }

    #[test]
    fn plain_words_stay() {
        for told in [
            "Bad Request: message to be replied not found",
            "Чат 12:30 не найден, ключ поиска пуст",
            "Too Many Requests: retry after 17",
            "018f2f3e-7b5a-7c3d-9e1f-0123456789ab is unknown",
        ] {
            assert_eq!(text(told), told);
        }
    }
}
