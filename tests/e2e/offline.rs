//! A session without a calendar server, in which no process of the app opens a connection.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::calls_out::calls_out;
use crate::window::{Home, Result, application};

/// Writes a program.
pub fn write_script(path: &Path, text: &str) -> Result {
    fs::write(path, text)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

/// The app under strace, with all its processes.
pub struct Watched {
    /// Starts it.
    pub program: PathBuf,
    log: PathBuf,
    /// The file with the address at which the driver listens.
    driver: PathBuf,
    /// Listens for the control: a connection in the same trace, before the app's first call.
    control: TcpListener,
}

impl Watched {
    pub fn new(home: &Home) -> Result<Self> {
        let watched = Self {
            program: home.path("watched"),
            log: home.path("strace.log"),
            driver: home.path("driver"),
            control: TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?,
        };
        let port = watched.port()?;
        let (log, app) = (watched.log.display(), application());
        let driver = watched.driver.display();
        // -D: the app itself is the child of the driver, which ends it.
        let script = format!(
            "#!/bin/bash\n\
             echo \"$WEBKIT_INSPECTOR_SERVER\" > '{driver}'\n\
             exec strace -D -f --seccomp-bpf -e trace=%network -o '{log}' /bin/bash -c \
             'exec 3<>/dev/tcp/127.0.0.1/{port}; exec 3>&-; exec \"$0\" \"$@\"' '{}' \"$@\"\n",
            app.display()
        );
        write_script(&watched.program, &script)?;
        Ok(watched)
    }

    fn port(&self) -> Result<u16> {
        Ok(self.control.local_addr()?.port())
    }

    /// Fails if the trace has a connection of the app, or lacks the control's.
    pub fn has_called_nobody(&self) -> Result {
        let trace = fs::read_to_string(&self.log)?;
        let is_of_sockets = trace.contains("sa_family=AF_UNIX");
        assert!(is_of_sockets, "the processes of the window are traced");
        let calls = calls_out(&trace);
        let to = |port: &str| format!("sin_port=htons({port}), sin_addr=inet_addr(\"127.0.0.1\")");
        let control = to(&self.port()?.to_string());
        let controls = calls.iter().filter(|call| call.contains(&control));
        assert_eq!(controls.count(), 1, "the control's connection: {calls:?}");
        // Only under the test: WebKit reports to the driver where this asks for it.
        let driver = fs::read_to_string(&self.driver)?;
        let driver = driver.trim().strip_prefix("127.0.0.1:");
        let driver = to(driver.ok_or("no driver")?);
        let is_of_the_app = |call: &&&str| !call.contains(&control) && !call.contains(&driver);
        let of_the_app: Vec<_> = calls.iter().filter(is_of_the_app).collect();
        assert_eq!(of_the_app, [&""; 0]);
        Ok(())
    }
}
