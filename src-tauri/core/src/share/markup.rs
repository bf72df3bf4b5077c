//! Elements of the page. Every text of a plan passes [`escaped`].

use crate::picture::is_allowed;

/// Text that an HTML page and an XML parser take for text, whatever it is.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            plain => safe.push(plain),
        }
    }
    safe
}

/// An element with this text.
pub(super) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escaped(text))
}

/// A table, row by row.
pub(super) struct HtmlTable {
    text: String,
    /// The classes of the columns; empty for none.
    classes: Vec<&'static str>,
}

/// A column: its title, and its class, which is empty for none.
#[derive(Clone, Copy)]
pub(super) struct Column(pub &'static str, pub &'static str);

impl HtmlTable {
    pub fn new(columns: &[Column]) -> Self {
        let mut text = String::from("<table>\n<thead><tr>");
        for Column(title, class) in columns {
            text += &cell("th", class, title);
        }
        text += "</tr></thead>\n<tbody>\n";
        Self {
            text,
            classes: columns.iter().map(|column| column.1).collect(),
        }
    }

    /// Adds a row, with a class of its own.
    pub fn row(&mut self, class: &str, cells: &[String]) {
        self.text += &match class {
            "" => "<tr>".to_owned(),
            class => format!("<tr class=\"{class}\">"),
        };
        for (text, class) in cells.iter().zip(&self.classes) {
            self.text += &cell("td", class, text);
        }
        self.text += "</tr>\n";
    }

    pub fn finished(self) -> String {
        self.text + "</tbody>\n</table>\n"
    }
}

fn cell(name: &str, class: &str, text: &str) -> String {
    let text = escaped(text);
    match class {
        "" => format!("<{name}>{text}</{name}>"),
        class => format!("<{name} class=\"{class}\">{text}</{name}>"),
    }
}
