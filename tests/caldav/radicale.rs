//! Radicale, a CalDAV server that is not ours, on a free port of this computer.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::Result;

pub const USER: &str = "ana";
pub const PASSWORD: &str = "p:ä ss-word";
const STARTS_WITHIN: Duration = Duration::from_secs(30);

pub struct Radicale {
    process: Child,
    pub address: SocketAddr,
}

impl Radicale {
    /// Starts one that keeps everything in this folder.
    pub fn start(folder: &Path) -> Result<Self> {
        let address = free_address()?;
        let users = folder.join("users");
        fs::write(&users, format!("{USER}:{PASSWORD}\n"))?;
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
        command.args(["-m", "radicale", "--config"]).arg(&config);
        let log = fs::File::create(folder.join("log"))?;
        let process = command.stdout(Stdio::null()).stderr(log).spawn()?;
        let mut radicale = Self { process, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            if begun.elapsed() > STARTS_WITHIN || radicale.process.try_wait()?.is_some() {
                let log = fs::read_to_string(folder.join("log"))?;
                return Err(format!("Radicale does not start: {log}").into());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(radicale)
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One that nobody listens at.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// The interpreter of the project's own Python environment.
pub fn python() -> Result<Command> {
    let python = std::env::var_os("WAYMARK_PYTHON").ok_or(
        "WAYMARK_PYTHON is not set: run this through `cargo xtask test`, \
         which makes the Python environment that these tests have their server from",
    )?;
    Ok(Command::new(python))
}
