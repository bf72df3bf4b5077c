//! Ids of the parts of a roadmap.

use std::collections::HashMap;

/// Ids made from titles, each used once.
#[derive(Default)]
pub(crate) struct Ids {
    used: HashMap<String, usize>,
}

impl Ids {
    /// An id made from a title, or from `otherwise` if the title has no letters for one.
    pub fn id(&mut self, title: &str, otherwise: &str) -> String {
        let mut slug = String::new();
        for c in title.to_lowercase().chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            if slug.len() >= 48 {
                break;
            }
        }
        let slug = slug.trim_matches('-');
        let slug = if slug.is_empty() { otherwise } else { slug }.to_owned();
        loop {
            let count = self.used.entry(slug.clone()).or_insert(0);
            *count += 1;
            if *count == 1 {
                return slug;
            }
            let numbered = format!("{slug}-{count}");
            if !self.used.contains_key(&numbered) {
                self.used.insert(numbered.clone(), 1);
                return numbered;
            }
        }
    }

    /// Keeps an id from being given again.
    pub fn take(&mut self, id: &str) {
        self.used.entry(id.to_owned()).or_insert(1);
    }
}
