//! `cargo xtask format`: rustfmt for Rust, Prettier for the page, and for what neither of them
//! wraps, Markdown and comments, the modules here.

mod comments;
mod markdown;

use crate::command::{Failure, Project, Result, execute};
use crate::files;
use crate::{node, system};

/// Columns of a line of Markdown, or of a comment with its indentation.
pub const WIDTH: usize = 100;

/// Formats everything, or wraps only the files whose paths begin with `start`.
pub fn run(project: &Project, start: Option<&str>) -> Result {
    if start.is_none() {
        system::rust_component("rustfmt", "rustfmt")?;
        execute(project.cargo("fmt").arg("--all"))?;
    }
    for (file, wrapped) in not_wrapped(project, start.unwrap_or(""))? {
        std::fs::write(project.root.join(&file), wrapped)
            .map_err(|error| Failure::new(format!("Can't write {file}: {error}.")))?;
        println!("Wrapped: {file}");
    }
    if start.is_none() && project.ui.join("node_modules").is_dir() {
        node::script(project, "format")?;
    }
    Ok(())
}

/// Fails if Rust code, Markdown or a comment is not formatted. The page's code has a check of its
/// own.
pub fn check(project: &Project) -> Result {
    system::rust_component("rustfmt", "rustfmt")?;
    execute(project.cargo("fmt").args(["--all", "--check"]))?;
    check_wrapped(project)
}

/// Fails if Markdown or a comment is not wrapped, and names the files.
fn check_wrapped(project: &Project) -> Result {
    let found = not_wrapped(project, "")?;
    for (file, _) in &found {
        println!("Not wrapped at {WIDTH} columns: {file}");
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} files are not wrapped. Run `cargo xtask format`.",
        found.len()
    )))
}

/// The files that wrapping changes, with their new texts.
fn not_wrapped(project: &Project, start: &str) -> Result<Vec<files::File>> {
    let endings = [".md", ".rs", ".ts", ".svelte", ".mjs", "eslint.config.js"];
    let mut found = files::ending_in(&project.root, &endings)?;
    found.retain(|(file, _)| file.starts_with(start));
    Ok(found
        .into_iter()
        .filter_map(|(file, text)| {
            let wrapped = if file.ends_with(".md") {
                markdown::wrap(&text)
            } else {
                comments::wrap(&file, &text)
            };
            (wrapped != text).then_some((file, wrapped))
        })
        .collect())
}
