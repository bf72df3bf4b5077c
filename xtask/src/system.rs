//! Packages of the operating system: libraries to build with, tools to test with.

use std::process::Command;

use crate::command::{Failure, Result, execute, output, succeeds};

/// Debian packages that the desktop app is built with.
pub const BUILD: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];

/// Debian packages that the tests use too: a display, a driver for the window, keys for the save
/// dialog, a browser for the page's components, a second reader of calendars, another planner, a
/// calendar server in PHP, a keyring on a bus of its own, and strace to make system calls fail.
pub const TEST: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "xdotool",
    "python3",
    "python3-venv",
    "tj3",
    "php-sabre-dav",
    "php-sqlite3",
    "gnome-keyring",
    "dbus",
    "libglib2.0-bin",
    "chromium",
    "strace",
];

const BUILD_ELSEWHERE: &str =
    "  Fedora   sudo dnf install webkit2gtk4.1-devel gcc gcc-c++ make pkgconf-pkg-config
  Arch     sudo pacman -S --needed webkit2gtk-4.1 base-devel";

const TEST_ELSEWHERE: &str = "  Fedora   sudo dnf install xorg-x11-server-Xvfb xorg-x11-xauth webkit2gtk-driver xdotool python3 gnome-keyring
  Arch     sudo pacman -S --needed xorg-server-xvfb xorg-xauth webkitgtk-6.0 xdotool python gnome-keyring";

/// Makes sure that the app can be built, or says what is missing.
pub fn ready_to_build() -> Result {
    if cfg!(target_os = "macos") {
        if !succeeds(Command::new("xcode-select").arg("-p")) {
            println!(
                "Waymark needs Apple's command line tools: run `xcode-select --install` once."
            );
        }
        Ok(())
    } else if cfg!(windows) {
        println!(
            "Waymark needs the Microsoft C++ Build Tools and WebView2 (part of Windows 11; \
             else install the \"Evergreen\" WebView2 runtime from Microsoft)."
        );
        Ok(())
    } else if has_apt() {
        apt_install(BUILD)
    } else {
        // The package names differ, the library's own name does not.
        if !succeeds(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"])) {
            println!(
                "Waymark needs WebKitGTK 4.1 with its headers, pkg-config and a C compiler. \
                 Install them with\n{BUILD_ELSEWHERE}"
            );
        }
        Ok(())
    }
}

/// Makes sure that the tools of the tests are installed, or names the missing ones.
pub fn ready_to_test() -> Result {
    if has_apt() {
        return apt_install(TEST);
    }
    if cfg!(target_os = "linux") {
        let missing: Vec<_> = ["xvfb-run", "xauth", "WebKitWebDriver", "xdotool", "python3"]
            .into_iter()
            .filter(|program| !on_path(program))
            .collect();
        if !missing.is_empty() {
            println!(
                "The tests use {}, which aren't installed. Install them with\n{TEST_ELSEWHERE}",
                missing.join(", ")
            );
        }
    }
    Ok(())
}

/// Makes sure that a component of the Rust toolchain is installed, such as `clippy`.
pub fn rust_component(name: &str, program: &str) -> Result {
    if on_path(program) {
        return Ok(());
    }
    if on_path("rustup") {
        return execute(Command::new("rustup").args(["component", "add", name]));
    }
    Err(Failure::new(format!(
        "Rust's {name} isn't installed. Install your system's package for it, \
         or install Rust with rustup."
    )))
}

/// Whether a window can be shown.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Whether the program is in a folder of the PATH.
pub fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| {
            folder.join(program).is_file() || folder.join(format!("{program}.exe")).is_file()
        })
    })
}

fn has_apt() -> bool {
    cfg!(target_os = "linux") && on_path("apt-get") && on_path("dpkg-query")
}

/// Installs the missing packages, if any.
fn apt_install(packages: &[&str]) -> Result {
    let missing: Vec<_> = packages
        .iter()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!(
        "Waymark needs these packages: {}.",
        missing
            .iter()
            .map(|package| **package)
            .collect::<Vec<_>>()
            .join(" ")
    );
    println!("{by_hand}");
    let hint = |failure: Failure| Failure::new(format!("{failure}\n{by_hand}"));
    execute(apt_get()?.arg("update")).map_err(hint)?;
    execute(
        apt_get()?
            .args(["install", "--yes", "--no-install-recommends"])
            .args(missing),
    )
    .map_err(hint)
}

fn is_installed(package: &str) -> bool {
    output(Command::new("dpkg-query").args(["--show", "--showformat=${Status}", package]))
        .is_some_and(|status| status == "install ok installed")
}

fn apt_get() -> Result<Command> {
    let root = output(Command::new("id").arg("-u")).is_some_and(|user| user == "0");
    // sudo would drop the variable; `env` sets it behind sudo.
    let words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    if root {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]);
        Ok(command)
    } else if on_path("sudo") {
        let mut command = Command::new("sudo");
        command.args(words);
        Ok(command)
    } else {
        Err(Failure::new(
            "Packages are missing, and there is no sudo. Install them as root, \
             then run this again.",
        ))
    }
}
