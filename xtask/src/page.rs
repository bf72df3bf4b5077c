//! The page that the app carries: built once for each state of its sources.
//!
//! Cargo builds the app again when a file of the page is written, even with the same bytes in it:
//! two minutes of linking for nothing. So the page is left alone while it is what its sources make.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::command::{Failure, Project, Result};
use crate::node;

/// The files and folders that the build reads.
const SOURCES: [&str; 6] = [
    "src",
    "index.html",
    "package-lock.json",
    "svelte.config.js",
    "tsconfig.json",
    "vite.config.ts",
];

/// Builds the page, unless it is there as its sources make it.
pub fn build(project: &Project) -> Result {
    let note = project.target.join("page.txt");
    if std::fs::read_to_string(&note).is_ok_and(|noted| noted == state(project)) {
        println!("The page is up to date.");
        return Ok(());
    }
    node::script(project, "build")?;
    // Written last, so that it holds only for a build that is whole.
    std::fs::create_dir_all(&project.target)
        .and_then(|()| std::fs::write(&note, state(project)))
        .map_err(|error| Failure::new(format!("Can't write {}: {error}.", note.display())))
}

/// The state of sources and built page. Another version of Rust may hash otherwise, which costs a
/// build.
fn state(project: &Project) -> String {
    let mut sources = DefaultHasher::new();
    for name in SOURCES {
        hash(&project.ui.join(name), &mut sources);
    }
    let mut built = DefaultHasher::new();
    hash(&project.ui.join("dist"), &mut built);
    format!("{:016x} {:016x}\n", sources.finish(), built.finish())
}

/// Adds names and contents of a file, or of all files in a folder. Missing files add nothing.
fn hash(path: &Path, hasher: &mut DefaultHasher) {
    let Ok(entries) = std::fs::read_dir(path) else {
        path.file_name().hash(hasher);
        std::fs::read(path).ok().hash(hasher);
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        path.file_name().hash(hasher);
        hash(&path, hasher);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> Project {
        let root =
            std::env::temp_dir().join(format!("waymark-xtask-{name}-{}", std::process::id()));
        std::fs::create_dir_all(root.join("ui/src/gantt")).unwrap();
        std::fs::create_dir_all(root.join("ui/dist")).unwrap();
        Project {
            ui: root.join("ui"),
            target: root.join("target"),
            root,
        }
    }

    #[test]
    fn every_file_of_the_page_counts() {
        let project = folder("page");
        let mut seen = vec![state(&project)];
        for (file, text) in [
            ("src/gantt/axis.ts", "a"),
            ("src/gantt/axis.ts", "b"),
            ("src/gantt/scale.ts", "b"),
            ("vite.config.ts", ""),
            ("dist/index.html", "a"),
        ] {
            std::fs::write(project.ui.join(file), text).unwrap();
            let now = state(&project);
            assert!(!seen.contains(&now), "{file} changes nothing");
            assert_eq!(now, state(&project));
            seen.push(now);
        }
        std::fs::rename(
            project.ui.join("src/gantt/axis.ts"),
            project.ui.join("src/axis.ts"),
        )
        .unwrap();
        assert!(!seen.contains(&state(&project)));
        std::fs::remove_dir_all(&project.root).unwrap();
    }
}
