//! The modules of a crate, without its tests: what each defines, and the paths it names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::command::{Failure, Result};
use crate::source::{Kind, Token, code};

/// Path of a module from the crate's root, which is empty.
pub type ModulePath = Vec<String>;

#[derive(Debug, Default)]
pub struct Module {
    /// The file that holds it, from the project's folder.
    pub file: String,
    /// Names of its types, with their lines.
    pub types: Vec<(String, usize)>,
    /// Names of everything it defines, child modules included.
    pub defines: BTreeSet<String>,
    /// Paths it names in `use` or in code, with their lines.
    pub paths: Vec<Named>,
    /// Names that a `use` brings into it, with the path each stands for.
    aliases: BTreeMap<String, ModulePath>,
    /// Paths whose names a `use …::*` brings into it.
    globs: Vec<ModulePath>,
}

#[derive(Debug)]
pub struct Named {
    /// From the crate's root, without `crate`.
    pub path: ModulePath,
    pub line: usize,
}

#[derive(Debug, Default)]
pub struct Crate {
    pub name: String,
    pub modules: BTreeMap<ModulePath, Module>,
}

impl Crate {
    /// Reads the crate whose root is `root`, a path from the project's folder.
    ///
    /// # Errors
    /// If a file of a module is missing.
    pub fn read(project: &Path, name: &str, root: &str) -> Result<Self> {
        let mut found = Self {
            name: name.to_owned(),
            modules: BTreeMap::new(),
        };
        let mut waiting = vec![(Vec::new(), PathBuf::from(root))];
        while let Some((path, file)) = waiting.pop() {
            let text = std::fs::read_to_string(project.join(&file)).map_err(|error| {
                Failure::new(format!("Can't read {}: {error}.", file.display()))
            })?;
            for child in found.add(&path, &file.to_string_lossy(), &text) {
                let file = file_of(project, &file, path.is_empty(), &child[path.len()..])?;
                waiting.push((child, file));
            }
        }
        Ok(found)
    }

    /// Adds a file's module and those written inside it. Returns the modules that have their own
    /// files.
    pub fn add(&mut self, path: &[String], file: &str, text: &str) -> Vec<ModulePath> {
        let tokens = code(text);
        let mut reader = Reader {
            tokens: &tokens,
            file,
            krate: self,
            elsewhere: Vec::new(),
        };
        reader.module(path, 0, tokens.len());
        reader.elsewhere
    }

    /// The module that a path leads to: through re-exports, and as deep as modules go. `None` if
    /// the path leaves the crate.
    pub fn resolve(&self, path: &[String]) -> Option<ModulePath> {
        self.follow(path, 8)
    }

    fn follow(&self, path: &[String], depth: usize) -> Option<ModulePath> {
        let mut at: ModulePath = Vec::new();
        for (index, name) in path.iter().enumerate() {
            at.push(name.clone());
            if self.modules.contains_key(&at) {
                continue;
            }
            at.pop();
            let module = self.modules.get(&at)?;
            if module.defines.contains(name) || depth == 0 {
                return Some(at);
            }
            let onward = |start: &ModulePath| {
                let mut whole = start.clone();
                whole.extend_from_slice(&path[index + 1..]);
                whole
            };
            if let Some(alias) = module.aliases.get(name) {
                return self.follow(&onward(alias), depth - 1);
            }
            return module
                .globs
                .iter()
                .filter_map(|glob| self.follow(glob, depth - 1))
                .find(|from| self.modules[from].defines.contains(name))
                .or(Some(at));
        }
        Some(at)
    }
}

/// The file of a module declared in `parent`: `name.rs` or `name/mod.rs` in the parent's folder.
fn file_of(project: &Path, parent: &Path, is_root: bool, names: &[String]) -> Result<PathBuf> {
    let folder = parent.parent().unwrap_or(Path::new(""));
    let stem = parent.file_stem().unwrap_or_default();
    let mut folder = if is_root || stem == "mod" {
        folder.to_path_buf()
    } else {
        folder.join(stem)
    };
    let (name, inline) = names
        .split_last()
        .ok_or_else(|| Failure::new(format!("A module without a name in {}.", parent.display())))?;
    folder.extend(inline);
    [
        folder.join(format!("{name}.rs")),
        folder.join(name).join("mod.rs"),
    ]
    .into_iter()
    .find(|file| project.join(file).is_file())
    .ok_or_else(|| {
        Failure::new(format!(
            "{} declares `mod {name}`, and there is no file for it.",
            parent.display()
        ))
    })
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    file: &'a str,
    krate: &'a mut Crate,
    elsewhere: Vec<ModulePath>,
}

impl Reader<'_> {
    /// Reads the tokens from `at` to before `end` as the items of a module.
    fn module(&mut self, path: &[String], mut at: usize, end: usize) {
        let mut module = Module {
            file: self.file.to_owned(),
            ..Module::default()
        };
        // Braces that are open; and those of an `impl` or `trait`, whose types are associated ones.
        let mut depth = 0usize;
        let mut associated: Vec<usize> = Vec::new();
        let mut opens_associated = false;
        while at < end {
            let token = self.tokens[at];
            if self.is_test_attribute(at) {
                at = self.after_item(self.after_group(at + 1), end);
                continue;
            }
            match token.text {
                _ if !matches!(token.kind, Kind::Word | Kind::Mark) => {}
                "mod" if depth == 0 && self.word(at + 1).is_some() => {
                    let child = self.child(path, at + 1);
                    module.defines.extend(child.last().cloned());
                    if self.is(at + 2, "{") {
                        let close = self.after_group(at + 2);
                        self.module(&child, at + 3, close - 1);
                        at = close;
                    } else {
                        self.elsewhere.push(child);
                        at += 3;
                    }
                    continue;
                }
                "use" => {
                    at = self.imports(path, &mut module, at + 1, depth == 0);
                    continue;
                }
                "crate" | "super" | "self" if self.is(at + 1, "::") => {
                    let line = token.line;
                    let (named, after) = self.path(path, at);
                    module.paths.push(Named { path: named, line });
                    at = after;
                    continue;
                }
                "impl" | "trait" if depth == 0 || !associated.is_empty() => {
                    opens_associated = true;
                    self.define(&mut module, at, depth);
                }
                ";" if depth == associated.len() => opens_associated = false,
                "{" => {
                    depth += 1;
                    if opens_associated {
                        associated.push(depth);
                        opens_associated = false;
                    }
                }
                "}" => {
                    if associated.last() == Some(&depth) {
                        associated.pop();
                    }
                    depth = depth.saturating_sub(1);
                }
                "type" if !associated.is_empty() && associated.last() == Some(&depth) => {}
                _ => self.define(&mut module, at, depth),
            }
            at += 1;
        }
        self.krate.modules.insert(path.to_vec(), module);
    }

    /// Notes the definition that begins at this keyword, if one does.
    fn define(&self, module: &mut Module, at: usize, depth: usize) {
        let is_type = ["struct", "enum", "trait", "union", "type"]
            .iter()
            .any(|keyword| self.tokens[at].is(keyword));
        let is_value = ["fn", "const", "static"]
            .iter()
            .any(|keyword| self.tokens[at].is(keyword));
        let Some(name) = self.word(at + 1).filter(|_| is_type || is_value) else {
            return;
        };
        if is_type {
            module
                .types
                .push((name.to_owned(), self.tokens[at + 1].line));
        }
        if depth == 0 {
            module.defines.insert(name.to_owned());
        }
    }

    /// Reads a `use` from after its keyword; returns where its semicolon ends.
    fn imports(&self, path: &[String], module: &mut Module, at: usize, is_item: bool) -> usize {
        let mut leaves = Vec::new();
        let after = self.tree(path, None, at, &mut leaves);
        for leaf in leaves {
            if is_item && leaf.name == "*" {
                module.globs.push(leaf.path.clone());
            } else if is_item {
                module.aliases.insert(leaf.name, leaf.path.clone());
            }
            module.paths.push(Named {
                path: leaf.path,
                line: leaf.line,
            });
        }
        after + 1
    }

    /// Reads one branch of a `use` tree after `prefix`, which is `None` at its start; returns the
    /// place after it.
    fn tree(
        &self,
        module: &[String],
        prefix: Option<ModulePath>,
        mut at: usize,
        leaves: &mut Vec<Leaf>,
    ) -> usize {
        let mut is_local = prefix.is_some();
        let mut path = prefix.unwrap_or_default();
        loop {
            let Some(token) = self.tokens.get(at) else {
                return at;
            };
            if token.is("{") {
                at += 1;
                while at < self.tokens.len() && !self.is(at, "}") {
                    at = self.tree(module, is_local.then(|| path.clone()), at, leaves);
                    at += usize::from(self.is(at, ","));
                }
                return at + 1;
            }
            let mut name = token.text.to_owned();
            match token.text {
                "crate" => (path, is_local) = (Vec::new(), true),
                "super" if is_local && path.len() < module.len() => {
                    path.pop();
                }
                "super" => {
                    path = module[..module.len().saturating_sub(1)].to_vec();
                    is_local = true;
                }
                "self" if is_local => name = path.last().cloned().unwrap_or_default(),
                "self" => (path, is_local) = (module.to_vec(), true),
                "*" => {}
                // A child module's path may begin with its name; so does another crate's, which
                // leads nowhere in this one.
                _ if !is_local => {
                    path = module.to_vec();
                    path.push(name.clone());
                    is_local = true;
                }
                _ => path.push(name.clone()),
            }
            let line = token.line;
            at += 1;
            if self.is(at, "::") {
                at += 1;
                continue;
            }
            if self.is(at, "as") {
                name = self.word(at + 1).unwrap_or("_").to_owned();
                at += 2;
            }
            leaves.push(Leaf { path, name, line });
            return at;
        }
    }

    /// Reads a path in code that begins with `crate`, `super` or `self`.
    fn path(&self, module: &[String], mut at: usize) -> (ModulePath, usize) {
        let mut path = match self.tokens[at].text {
            "crate" => Vec::new(),
            "super" => module[..module.len().saturating_sub(1)].to_vec(),
            _ => module.to_vec(),
        };
        at += 1;
        while self.is(at, "::") {
            let Some(name) = self.word(at + 1) else {
                break;
            };
            if name == "super" {
                path.pop();
            } else {
                path.push(name.to_owned());
            }
            at += 2;
        }
        (path, at)
    }

    /// Whether an attribute begins here that compiles what follows for tests only.
    fn is_test_attribute(&self, at: usize) -> bool {
        if !(self.is(at, "#") && self.is(at + 1, "[")) {
            return false;
        }
        let inside = &self.tokens[at + 2..self.after_group(at + 1)];
        inside.first().is_some_and(|token| token.is("test"))
            || inside.first().is_some_and(|token| token.is("cfg"))
                && inside.iter().any(|token| token.is("test"))
                && !inside.iter().any(|token| token.is("not"))
    }

    /// The place after the item that begins here, past its attributes.
    fn after_item(&self, mut at: usize, end: usize) -> usize {
        let mut ends_with_brace = true;
        while at < end {
            let token = self.tokens[at];
            if token.is(";") {
                return at + 1;
            }
            if token.is("use") || token.is("const") || token.is("static") {
                ends_with_brace = false;
            }
            if token.is("fn") {
                ends_with_brace = true;
            }
            if ["{", "(", "["].iter().any(|open| token.is(open)) {
                let is_body = token.is("{") && ends_with_brace;
                at = self.after_group(at);
                if is_body {
                    return at;
                }
            } else {
                at += 1;
            }
        }
        at
    }

    /// The place after the group whose opening bracket is here.
    fn after_group(&self, mut at: usize) -> usize {
        let mut depth = 0usize;
        while let Some(token) = self.tokens.get(at) {
            at += 1;
            if ["{", "(", "["].iter().any(|open| token.is(open)) {
                depth += 1;
            } else if ["}", ")", "]"].iter().any(|close| token.is(close)) {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
        }
        at
    }

    fn child(&self, path: &[String], at: usize) -> ModulePath {
        let mut child = path.to_vec();
        child.push(self.tokens[at].text.to_owned());
        child
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(text))
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.tokens
            .get(at)
            .filter(|token| token.kind == Kind::Word)
            .map(|token| token.text)
    }
}

/// One name that a `use` brings in.
struct Leaf {
    path: ModulePath,
    name: String,
    line: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> ModulePath {
        text.split("::").map(str::to_owned).collect()
    }

    fn named(module: &Module) -> Vec<String> {
        module
            .paths
            .iter()
            .map(|named| named.path.join("::"))
            .collect()
    }

    #[test]
    fn trees_of_imports_are_taken_apart() {
        let mut krate = Crate::default();
        krate.add(
            &path("a::b"),
            "a/b.rs",
            "use crate::{c::{D as E, self}, f::*}; use super::g; use super::super::h; use serde::Serialize;",
        );
        let module = &krate.modules[&path("a::b")];
        assert_eq!(
            named(module),
            ["c::D", "c", "f", "a::g", "h", "a::b::serde::Serialize"]
        );
        assert_eq!(module.aliases["E"], path("c::D"));
        assert_eq!(module.aliases["c"], path("c"));
    }

    #[test]
    fn paths_in_code_count_and_tests_do_not() {
        let mut krate = Crate::default();
        krate.add(
            &[],
            "lib.rs",
            "fn f(x: crate::a::B<u8>) { super::c(); self::d::e::<u8>(); self.x }
             #[cfg(test)] mod tests { use crate::z; }
             #[cfg(test)] use crate::{y, w};
             #[cfg(not(test))] fn g() { crate::v::go() }
             #[test] fn h() { crate::u::go() }",
        );
        assert_eq!(
            named(&krate.modules[&[][..]]),
            ["a::B", "c", "d::e", "v::go"]
        );
    }

    #[test]
    fn types_are_those_defined_and_not_the_associated_ones() {
        let mut krate = Crate::default();
        krate.add(
            &[],
            "lib.rs",
            "pub struct A; enum B { C } trait D { type E; } impl D for A { type E = u8; }
             type F = u8; mod g { union H { a: u8 } } fn f() -> impl D { struct I; A }",
        );
        let types = |module: &str| -> Vec<String> {
            let path: ModulePath = module.split_terminator("::").map(str::to_owned).collect();
            krate.modules[&path]
                .types
                .iter()
                .map(|(name, _)| name.clone())
                .collect()
        };
        assert_eq!(types(""), ["A", "B", "D", "F", "I"]);
        assert_eq!(types("g"), ["H"]);
    }

    #[test]
    fn a_name_is_found_through_re_exports() {
        let mut krate = Crate::default();
        krate.add(&[], "lib.rs", "mod plan { pub use self::change::Change; pub mod change { pub struct Change; } pub mod all { pub use super::change::*; } }");
        let resolved = |text: &str| krate.resolve(&path(text)).unwrap_or_default().join("::");
        assert_eq!(resolved("plan::Change"), "plan::change");
        assert_eq!(resolved("plan::all::Change"), "plan::change");
        assert_eq!(resolved("plan::change::Change::new"), "plan::change");
        assert_eq!(resolved("plan::serde::Serialize"), "plan");
    }
}
