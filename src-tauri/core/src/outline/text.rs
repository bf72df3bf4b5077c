//! Markup, emoji and links of one line, and its plain text.

use icu_normalizer::ComposingNormalizerBorrowed;

/// A link in an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineLink {
    /// The linked words.
    pub title: String,
    /// The address: `https:`, `http:`, `mailto:`, or relative to the page.
    pub address: String,
}

/// A line without its markup.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub text: String,
    pub links: Vec<OutlineLink>,
    /// Addresses that no program should open, such as `javascript:`.
    pub refused: Vec<String>,
    /// Links to a place on the same page.
    pub anchors: usize,
    /// The first emoji at the start.
    pub emoji: Option<char>,
}

/// Letters in the styles of mathematics, which social networks show as bold, and wide letters.
fn is_styled(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7ff}' | '\u{ff01}'..='\u{ff5e}')
}

/// Whether all letters are in a style of mathematics.
pub(super) fn is_styled_bold(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).peekable();
    letters.peek().is_some() && letters.all(|c| matches!(c, '\u{1d400}'..='\u{1d7ff}'))
}

/// Styled letters as plain ones. Other characters stay as they are.
pub(super) fn unstyled(text: &str) -> String {
    if !text.chars().any(is_styled) {
        return text.to_owned();
    }
    let normalizer = ComposingNormalizerBorrowed::new_nfkc();
    text.chars().fold(String::new(), |mut plain, c| {
        if is_styled(c) {
            plain.push_str(&normalizer.normalize(c.encode_utf8(&mut [0; 4])));
        } else {
            plain.push(c);
        }
        plain
    })
}

pub(super) fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{1f000}'..='\u{1faff}' | '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}'
        | '\u{2b00}'..='\u{2bff}' | '\u{2190}'..='\u{21ff}' | '\u{fe0f}' | '\u{200d}'
        | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}

/// Emoji that are used as bullets more than as the mark of a heading.
pub(super) fn is_bullet_emoji(c: char) -> bool {
    "👉✅✔☑🔹🔸➡📌⭐🟢🔵🟡🔴▪▫◾◽➜→✓⏩▶►●○■□◆◇★☆✨".contains(c)
}

/// Removes emphasis, code marks, tags, images and emoji at both ends, and takes the links out.
pub(super) fn plain(raw: &str) -> Plain {
    let mut found = Plain::default();
    let text = unstyled(raw);
    let text = links(&text, &mut found);
    let text = without_tags(&text);
    let text = without_emphasis(&text);
    let text = text.trim();
    found.emoji = text.chars().next().filter(|&c| is_emoji(c));
    let is_edge = |c: char| is_emoji(c) || c.is_whitespace();
    let inner = text.trim_start_matches(is_edge).trim_end_matches(is_edge);
    found.text = entities(if inner.is_empty() { text } else { inner });
    found
}

fn note_link(title: &str, address: &str, found: &mut Plain) {
    let address = address.split_whitespace().next().unwrap_or_default();
    let address = address.trim_matches(['<', '>']);
    if address.is_empty() {
        return;
    }
    if address.starts_with('#') {
        found.anchors += 1;
        return;
    }
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |s: &&str| {
        s.chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    match scheme
        .filter(is_scheme)
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        None | Some("https" | "http" | "mailto") => found.links.push(OutlineLink {
            title: without_emphasis(title).trim().to_owned(),
            address: address.to_owned(),
        }),
        Some(_) => found.refused.push(address.to_owned()),
    }
}

/// Takes Markdown's links, images and bare addresses out, and leaves their words.
fn links(text: &str, found: &mut Plain) -> String {
    if !text.contains("](") && !text.contains("://") && !text.contains("<mailto:") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '!', 'h', '<']) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        if let Some((is_image, title, address, after)) = markdown_link(here) {
            let inner = links(title, found);
            if !is_image {
                note_link(&inner, address, found);
                out.push_str(&inner);
            }
            rest = after;
        } else if let Some((address, after)) = bare_address(here) {
            note_link("", address, found);
            rest = after;
        } else {
            let mut chars = here.chars();
            out.extend(chars.next());
            rest = chars.as_str();
        }
    }
    out.push_str(rest);
    out
}

/// Bytes of one link's words or address. A bound, so that a line of open brackets stays linear.
const LONGEST_LINK: usize = 2000;

/// Whether it is an image, its words, its address, and the text after it.
fn markdown_link(text: &str) -> Option<(bool, &str, &str, &str)> {
    let (is_image, inner) = match text.strip_prefix("![") {
        Some(inner) => (true, inner),
        None => (false, text.strip_prefix('[')?),
    };
    let mut depth = 1_usize;
    let mut end = None;
    for (at, c) in inner.char_indices().take(LONGEST_LINK / 4) {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth > 4 {
            return None;
        }
        if depth == 0 {
            end = Some(at);
            break;
        }
    }
    let (title, after) = inner.split_at_checked(end?)?;
    let address = after.strip_prefix("](")?;
    let mut depth = 1_usize;
    for (at, c) in address.char_indices().take(LONGEST_LINK) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (address, after) = address.split_at_checked(at)?;
            return Some((is_image, title, address, after.strip_prefix(')')?));
        }
    }
    None
}

fn bare_address(text: &str) -> Option<(&str, &str)> {
    let (open, inner) = match text.strip_prefix('<') {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let is_address = ["https://", "http://"].iter().any(|s| inner.starts_with(s))
        || open && inner.starts_with("mailto:");
    if !is_address {
        return None;
    }
    let end = inner
        .find(|c: char| c.is_whitespace() || "<>\"|".contains(c))
        .unwrap_or(inner.len());
    let (address, after) = inner.split_at_checked(end)?;
    let whole = address;
    let address = address.trim_end_matches([')', '.', ',', ';', ']', '*']);
    let after = match after.strip_prefix('>').filter(|_| open) {
        Some(after) => after,
        None if whole.len() != address.len() => inner.get(address.len()..)?,
        None => after,
    };
    Some((address, after))
}

/// Removes HTML tags, as Markdown may hold them. `<br>` becomes a line break.
fn without_tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Without a `>` ahead, nothing after it is a tag.
    let last_end = text.rfind('>').map_or(0, |at| text.len() - at);
    while let Some(at) = rest.find('<') {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let is_tag = here
            .strip_prefix('<')
            .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c)));
        let end = if is_tag && here.len() >= last_end {
            here.find('>')
        } else {
            None
        };
        match end.and_then(|end| here.split_at_checked(end + 1)) {
            Some((tag, after)) => {
                if tag.to_ascii_lowercase().starts_with("<br") {
                    out.push('\n');
                }
                rest = after;
            }
            None => {
                out.push('<');
                rest = here.strip_prefix('<').unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// Removes `**`, `__`, `*`, `_`, `~~` and back quotes where they are emphasis.
pub(super) fn without_emphasis(text: &str) -> String {
    if !text.contains(['*', '_', '`', '~']) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let around = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| chars.get(i)).copied();
        (before, chars.get(at + 1).copied())
    };
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let keep = |(at, c): (usize, &char)| {
        let (before, after) = around(at);
        let is_mark = match c {
            '`' => true,
            '*' => !(is_space(before) && is_space(after)),
            '_' => !(is_word(before) && is_word(after)),
            '~' => before == Some('~') || after == Some('~'),
            _ => false,
        };
        (!is_mark).then_some(*c)
    };
    chars.iter().enumerate().filter_map(keep).collect()
}

/// The few entities that pages write in Markdown.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// The words in lower case, without punctuation and brackets, for comparing with lists of words.
pub(super) fn bare(text: &str) -> String {
    let outside = match text.find(['(', '[']) {
        Some(at) if at > 0 => text.get(..at).unwrap_or(text),
        _ => text,
    };
    let mut out = String::new();
    for word in outside.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&word.to_lowercase());
        }
    }
    out
}
