//! Secrets as people paste them, and what is none: hidden in all that leaves, and warned of.

use std::fs;
use std::path::Path;

use runbook::embedded;
use runbook::engine::text::HandedOver;
use serde::Deserialize;

/// A text as somebody pastes it, with the secrets in it; none in a harmless one.
#[derive(Deserialize)]
struct Pasted {
    group: String,
    name: String,
    text: String,
    secrets: Vec<String>,
}

const UP: &str =
    "==> Running 'alembic upgrade head'\nINFO  [alembic.runtime.migration] Running upgrade 001 -> 002, add users\n";
const DECIDES: &str = "psycopg2.errors.DuplicateTable: relation \"users\" already exists";

/// Puts a text into a log.
type Put = fn(&str) -> String;

/// Where a text stands in a log.
const PLACES: [(&str, Put); 4] = [
    ("own line", |text| format!("{UP}{text}\n{DECIDES}\n==> Exited with status 1\n")),
    ("behind the deciding line", |text| format!("{UP}{DECIDES} {text}\n==> Exited with status 1\n")),
    ("start command", |text| format!("==> Running '{text} alembic upgrade head'\n{DECIDES}\n")),
    ("migration title", |text| {
        format!("{UP}INFO  [alembic.runtime.migration] Running upgrade 002 -> 003, {text}\n{DECIDES}\n")
    }),
];

fn pasted() -> Vec<Pasted> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/secrets/pasted.jsonl");
    let text = fs::read_to_string(path).expect("the texts");
    text.split('\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).expect("a text")).collect()
}

/// Everything that leaves the program about a log, and whether it warns of a secret.
fn leaving(log: &str) -> (String, bool) {
    let engine = embedded::engine();
    let messages = |line: &str| engine.messages_in(line);
    let mut handed_over = HandedOver::new(engine.masker(), &messages);
    let mut text = handed_over.push(log.as_bytes());
    text.push_str(&handed_over.finish());
    let diagnosis = engine.diagnose(log.as_bytes());
    text.push_str(&diagnosis.headline);
    for evidence in &diagnosis.evidence {
        text.push_str(evidence.text.as_str());
    }
    for (_, fact) in diagnosis.facts.iter() {
        text.push_str(&fact.value);
    }
    (text, diagnosis.warnings.iter().any(|warning| warning.id == "secret-in-log"))
}

#[test]
fn secrets_that_people_paste_do_not_leave_and_are_warned_of() {
    let (mut shown, mut silent, mut false_alarms, mut secret, mut harmless) =
        (Vec::new(), Vec::new(), Vec::new(), 0, 0);
    for (place, put) in PLACES {
        for pasted in pasted() {
            let (text, warned) = leaving(&put(&pasted.text));
            let label = format!(
                "{place}: {} {}",
                pasted.group,
                if pasted.name.is_empty() { &pasted.text } else { &pasted.name }
            );
            if pasted.secrets.is_empty() {
                harmless += 1;
                false_alarms.extend(warned.then_some(label));
                continue;
            }
            secret += 1;
            if pasted.secrets.iter().any(|secret| text.contains(secret.as_str())) {
                shown.push(label.clone());
            }
            silent.extend((!warned).then_some(label));
        }
    }
    assert!(secret > 600 && harmless > 100, "{secret} {harmless}");
    // A `KeyError` names what is missing, and that is what its reader needs; a key there has no other shape.
    shown.retain(|label| !label.ends_with("trace KeyError"));
    silent.retain(|label| !label.ends_with("trace KeyError"));
    assert!(shown.is_empty(), "shown: {shown:#?}");
    assert!(silent.is_empty(), "no warning: {silent:#?}");
    assert!(false_alarms.is_empty(), "false alarm: {false_alarms:#?}");
}

/// A password may be a plain word: in a command none of its words is taken for a name somebody gave a thing.
#[test]
fn a_plain_word_that_a_command_prints_leaves_nowhere() {
    let command = "echo kettledrum | docker login -u me --password-stdin &&";
    for (place, put) in PLACES {
        let (text, _) = leaving(&put(command));
        assert!(!text.contains("kettledrum"), "{place}: {text}");
    }
    let (shown, _) =
        leaving(&format!("==> Running '{command} alembic upgrade head && uvicorn app.main:app'\n{DECIDES}\n"));
    assert!(shown.contains("alembic upgrade head && uvicorn"), "what follows is a command again: {shown}");
}

/// The search looks for a text of three bytes or fewer by itself, through every line: a two-letter name of a secret would add two hundred.
#[test]
fn few_texts_are_too_short_for_the_fast_search() {
    let short: Vec<String> =
        embedded::patterns().secrets.suspicions().into_iter().filter(|text| text.len() <= 3).collect();
    assert!(short.contains(&"://".to_owned()), "what an address holds is one of them");
    assert!(short.len() <= 16, "{short:?}");
}

/// A deterministic source of what looks random (the multiplier of Knuth's MMIX).
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % below
    }

    /// `{x20}`: so many characters of a kind; everything else as it is. Kinds: `x` letters and digits, `h` hexadecimal digits, `U` capitals and
    /// digits, `b` Base64 of addresses, `d` digits, `l` small letters and digits.
    fn token(&mut self, form: &str) -> String {
        let mut token = String::new();
        let mut rest = form;
        while let Some((before, kind)) = rest.split_once('{') {
            let (kind, behind) = kind.split_once('}').expect("a closed form");
            let (alphabet, count) = kind.split_at(1);
            let alphabet = match alphabet {
                "x" => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "h" => "0123456789abcdef",
                "U" => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
                "b" => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-",
                "d" => "0123456789",
                _ => "abcdefghijklmnopqrstuvwxyz0123456789",
            };
            token.push_str(before);
            for _ in 0..count.parse::<usize>().expect("a count") {
                token.extend(alphabet.chars().nth(self.next(alphabet.len())));
            }
            rest = behind;
        }
        token + rest
    }
}

/// Tokens as their issuers describe them, written down apart from `content/secrets.toml`.
const ISSUERS: [(&str, &str); 76] = [
    ("GitHub", "ghp_{x36}"),
    ("GitHub app", "ghs_{x36}"),
    ("GitHub user", "ghu_{x36}"),
    ("GitHub refresh", "ghr_{x36}"),
    ("GitHub fine-grained", "github_pat_{x22}_{x59}"),
    ("GitLab", "glpat-{b20}"),
    ("GitLab runner", "glrt-{b20}"),
    ("GitLab deploy", "gldt-{b20}"),
    ("Slack bot", "xoxb-{d12}-{d12}-{x24}"),
    ("Slack user", "xoxp-{d12}-{d12}-{d12}-{h32}"),
    ("Slack app", "xapp-1-{U11}-{d13}-{h64}"),
    ("Stripe", "sk_live_{x24}"),
    ("Stripe test", "sk_test_{x99}"),
    ("Stripe restricted", "rk_live_{x24}"),
    ("Stripe webhook", "whsec_{x32}"),
    ("AWS", "AKIA{U16}"),
    ("AWS temporary", "ASIA{U16}"),
    ("Google API", "AIza{b35}"),
    ("Google OAuth", "ya29.{b120}"),
    ("Google OAuth secret", "GOCSPX-{b28}"),
    ("Google refresh", "1//0{b60}"),
    ("Azure AD", "{x3}8Q~{b34}"),
    ("OpenAI", "sk-{x20}T3BlbkFJ{x20}"),
    ("OpenAI project", "sk-proj-{b74}T3BlbkFJ{b74}"),
    ("Anthropic", "sk-ant-api03-{b93}AA"),
    ("Hugging Face", "hf_{x34}"),
    ("Groq", "gsk_{x52}"),
    ("Replicate", "r8_{x37}"),
    ("Perplexity", "pplx-{x48}"),
    ("npm", "npm_{x36}"),
    ("PyPI", "pypi-AgEIcHlwaS5vcmc{b70}"),
    ("RubyGems", "rubygems_{h48}"),
    ("Docker Hub", "dckr_pat_{b27}"),
    ("Clojars", "CLOJARS_{l60}"),
    ("Render", "rnd_{x28}"),
    ("Heroku", "HRKU-AA{b58}"),
    ("Fly.io", "fo1_{b43}"),
    ("Supabase", "sbp_{h40}"),
    ("PlanetScale", "pscale_tkn_{b43}"),
    ("Neon", "napi_{l64}"),
    ("DigitalOcean", "dop_v1_{h64}"),
    ("Vault", "hvs.{b95}"),
    ("Vault, older", "s.{x24}"),
    ("Terraform Cloud", "{x14}.atlasv1.{b65}"),
    ("Pulumi", "pul-{h40}"),
    ("Doppler", "dp.pt.{x43}"),
    ("age", "AGE-SECRET-KEY-1{U58}"),
    ("Databricks", "dapi{h32}"),
    ("Grafana", "glsa_{x32}_{h8}"),
    ("Grafana Cloud", "glc_{x60}"),
    ("Sentry", "sntryu_{h64}"),
    ("New Relic", "NRAK-{U27}"),
    ("Dynatrace", "dt0c01.{U24}.{U64}"),
    ("Twilio", "SK{h32}"),
    ("SendGrid", "SG.{b22}.{b43}"),
    ("Mailgun", "key-{h32}"),
    ("Mailchimp", "{h32}-us12"),
    ("Brevo", "xkeysib-{h64}-{x16}"),
    ("Postman", "PMAK-{h24}-{h34}"),
    ("Linear", "lin_api_{x40}"),
    ("Notion", "ntn_{d11}{x35}"),
    ("Notion, older", "secret_{x43}"),
    ("Airtable", "pat{x14}.{h64}"),
    ("Atlassian", "ATATT3{b180}"),
    ("Figma", "figd_{b40}"),
    ("Shopify", "shpat_{h32}"),
    ("Square", "sq0atp-{b22}"),
    ("Plaid", "access-sandbox-{h8}-{h4}-{h4}-{h4}-{h12}"),
    ("Shippo", "shippo_live_{h40}"),
    ("EasyPost", "EZAK{x54}"),
    ("Adobe", "p8e-{l32}"),
    ("Alibaba", "LTAI{x20}"),
    ("Telegram", "{d10}:AA{b33}"),
    ("JSON Web Token", "eyJhbGciOiJIUzI1NiJ9.eyJ{b40}.{b43}"),
    ("Typeform", "tfp_{b59}"),
    ("Tailscale", "tskey-auth-{x12}-{x32}"),
];

#[test]
fn tokens_of_issuers_do_not_leave_and_are_warned_of() {
    let mut random = Random(20_261_125);
    let (mut silent, mut all) = (Vec::new(), 0);
    for (issuer, form) in ISSUERS {
        for at in 0..100 {
            let token = random.token(form);
            let line = match at % 4 {
                0 => format!("using {token} for the request"),
                1 => format!("ERROR  request failed: {{\"headers\": \"{token}\"}}"),
                2 => format!("curl https://api.example.com/v1/{token}/things"),
                _ => format!("VALUE={token}"),
            };
            let log = format!("{UP}{line}\n{DECIDES}\n");
            let (text, warned) = leaving(&log);
            assert!(!text.contains(&token), "{issuer}: {token}\n{text}");
            all += 1;
            silent.extend((!warned).then(|| format!("{issuer}: {line}")));
        }
    }
    assert!(silent.len() * 50 <= all, "{} of {all} without a warning: {silent:#?}", silent.len());
}
