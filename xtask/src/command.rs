//! The project's folders, and how commands are run in them.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The reason a task failed, in words for the person who started it.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Always the whole workspace: then all steps agree on features, and dependencies are built once.
pub const WORKSPACE: [&str; 2] = ["--workspace", "--locked"];

pub type Result<T = ()> = std::result::Result<T, Failure>;

/// The folders that tasks work in.
pub struct Project {
    pub root: PathBuf,
    pub ui: PathBuf,
    pub target: PathBuf,
}

impl Project {
    pub fn find() -> Result<Self> {
        // Cargo sets this to the package's folder when it runs it, so a moved checkout works too.
        let root = std::env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .and_then(|package| Some(package.parent()?.to_path_buf()))
            .ok_or_else(|| Failure::new("Start this as `cargo xtask` in the project's folder."))?;
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(named) => root.join(named),
            None => root.join("target"),
        };
        Ok(Self {
            ui: root.join("ui"),
            target,
            root,
        })
    }

    /// Cargo, in the project's folder.
    pub fn cargo(&self, subcommand: &str) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.root).arg(subcommand);
        command
    }
}

/// Shows the command line, runs it, and fails with command line and exit code if it fails.
pub fn execute(command: &mut Command) -> Result {
    let line = command_line(command);
    println!("$ {line}");
    let status = command
        .status()
        .map_err(|error| Failure::new(format!("`{line}` couldn't be started: {error}.")))?;
    if status.success() {
        Ok(())
    } else {
        // `ExitStatus` prints "exit status: 1", or the signal that ended the command.
        Err(Failure::new(format!("`{line}` failed ({status}).")))
    }
}

/// Whether the command can be started and succeeds. Its output is not shown.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command's output. `None` if it could not be started or failed.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

fn command_line(command: &Command) -> String {
    // `cargo`, not its path on this machine.
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(quoted)
        .collect::<Vec<_>>()
        .join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.is_empty() || word.contains([' ', '"', '\'', '(', ')']) {
        format!("'{word}'")
    } else {
        word.into_owned()
    }
}
