//! Other projects' calendar servers, each on a free port of this computer.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::Result;

pub const USER: &str = "ana";
pub const PASSWORD: &str = "p:ä ss-word";
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// The make of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Radicale,
    /// Stores everything in a Git repository, and requires no login.
    Xandikos,
    /// The basis of Nextcloud and Baikal, with Basic authentication.
    SabreDav,
    /// The same with Digest authentication only, as Baikal is set up.
    SabreDavDigest,
}

/// A server that was stopped.
pub struct Stopped {
    address: SocketAddr,
    kind: Kind,
    folder: PathBuf,
}

impl Stopped {
    /// Starts it again, at its address and with its calendars.
    pub fn start(self) -> Result<Server> {
        Server::start_at(self.address, (self.kind, USER), &self.folder)
    }
}

pub struct Server {
    process: Child,
    pub address: SocketAddr,
    kind: Kind,
    folder: PathBuf,
}

impl Server {
    /// Starts one for this user that stores everything in this folder.
    pub fn start(kind: Kind, user: &str, folder: &Path) -> Result<Self> {
        Self::start_at(free_address()?, (kind, user), folder)
    }

    fn start_at(address: SocketAddr, (kind, user): (Kind, &str), folder: &Path) -> Result<Self> {
        let mut command = match kind {
            Kind::Radicale => radicale(address, user, folder)?,
            Kind::Xandikos => xandikos(address, user, folder)?,
            Kind::SabreDav | Kind::SabreDavDigest => sabre_dav(address, user, folder),
        };
        if kind == Kind::SabreDavDigest {
            command.env("AUTHENTICATION", "Digest");
        }
        let log = fs::File::create(folder.join("log"))?;
        let spawned = command.stdout(Stdio::null()).stderr(log).spawn();
        let process = spawned.map_err(|error| {
            let program = command.get_program();
            format!("{program:?} ({error}): run through `cargo xtask test`")
        })?;
        let mut server = Self {
            process,
            address,
            kind,
            folder: folder.to_owned(),
        };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            if begun.elapsed() > STARTS_WITHIN || server.process.try_wait()?.is_some() {
                let log = fs::read_to_string(folder.join("log"))?;
                return Err(format!("{kind:?} does not start: {log}").into());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// Stops it. Its calendars stay.
    pub fn stop(self) -> Stopped {
        Stopped {
            address: self.address,
            kind: self.kind,
            folder: self.folder.clone(),
        }
    }

    /// Changes the password of Radicale's user.
    pub fn has_password(&self, password: &str) -> Result<()> {
        Ok(fs::write(
            self.folder.join("users"),
            format!("{USER}:{password}\n"),
        )?)
    }

    /// The address that the learner enters.
    pub fn entrance(&self) -> &'static str {
        match self.kind {
            Kind::Radicale | Kind::Xandikos => "",
            Kind::SabreDav | Kind::SabreDavDigest => "/dav.php/",
        }
    }

    /// The path of a user's calendars. The name must be usable in addresses.
    pub fn home(&self, user: &str) -> String {
        match self.kind {
            Kind::Radicale => format!("/{user}/"),
            Kind::Xandikos => format!("/{user}/calendars/"),
            Kind::SabreDav | Kind::SabreDavDigest => format!("/dav.php/calendars/{user}/"),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn radicale(address: SocketAddr, user: &str, folder: &Path) -> Result<Command> {
    let users = folder.join("users");
    fs::write(&users, format!("{user}:{PASSWORD}\n"))?;
    let config = folder.join("config");
    fs::write(
        &config,
        format!(
            "[server]\nhosts = {address}\n[auth]\ntype = htpasswd\nhtpasswd_encryption = plain\n\
             htpasswd_filename = {}\ndelay = 0\n[storage]\nfilesystem_folder = {}\n",
            users.display(),
            folder.join("collections").display(),
        ),
    )?;
    let mut command = python()?;
    command.args(["-m", "radicale", "--config"]).arg(config);
    Ok(command)
}

fn xandikos(address: SocketAddr, user: &str, folder: &Path) -> Result<Command> {
    let mut command = python()?;
    command
        .args(["-m", "xandikos", "serve", "--no-detect-systemd"])
        .args(["--autocreate", "--current-user-principal"])
        .arg(format!("/{user}/"))
        .arg("--listen-address")
        .arg(address.ip().to_string())
        .arg("--port")
        .arg(address.port().to_string())
        .arg("--directory")
        .arg(folder.join("collections"));
    fs::create_dir_all(folder.join("collections"))?;
    Ok(command)
}

fn sabre_dav(address: SocketAddr, user: &str, folder: &Path) -> Command {
    let mut command = Command::new("php");
    command
        .arg("-S")
        .arg(address.to_string())
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/caldav/sabredav.php"))
        .env("FOLDER", folder)
        .env("CALENDAR_USER", user)
        .env("CALENDAR_PASSWORD", PASSWORD);
    command
}

/// A port that nobody listens on.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// The interpreter of the project's own Python environment.
pub fn python() -> Result<Command> {
    let python = std::env::var_os("WAYMARK_PYTHON").ok_or(
        "WAYMARK_PYTHON is not set: run this through `cargo xtask test`, \
         which makes the Python environment that these tests have their servers from",
    )?;
    Ok(Command::new(python))
}
