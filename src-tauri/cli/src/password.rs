//! Passwords of servers: from standard input, the environment, the keyring, or typed at the
//! terminal.

use std::io::IsTerminal;

use clap::Args;
use waymark_caldav::{Address, Password, RetryPolicy, Server};

use crate::Failure;

/// The environment variable with the password for one run.
const VARIABLE: &str = "WAYMARK_PASSWORD";

/// The login of a server that is only read, or gets a file.
#[derive(Args)]
pub struct LoginOptions {
    /// Your user name on the server [default: the mail address, if that is the server's address]
    #[arg(long, value_name = "NAME")]
    user: Option<String>,

    /// Read the server's password from the first line of standard input [default: from the keyring,
    /// or typed at the terminal]
    #[arg(long)]
    password_stdin: bool,
}

impl LoginOptions {
    /// The server at an address.
    pub fn server(&self, typed: &str) -> Result<Server, Failure> {
        let address = Address::read(typed)?;
        let user = user(self.user.as_deref(), &address)?.to_owned();
        let password = find(&address, &user, self.password_stdin)?;
        Ok(Server::new(
            address,
            &user,
            &password,
            RetryPolicy::default(),
        )?)
    }
}

/// The user name: the one entered, or the mail address that is the server's address.
pub fn user<'a>(entered: Option<&'a str>, address: &'a Address) -> Result<&'a str, Failure> {
    entered.or(address.user()).ok_or_else(|| {
        let why = "add --user with your user name on the server";
        Failure::Input(why.to_owned())
    })
}

/// The password of a user.
pub fn find(address: &Address, user: &str, is_on_stdin: bool) -> Result<Password, Failure> {
    let unread = |error| Failure::Input(format!("couldn't read the password: {error}"));
    if is_on_stdin {
        return Password::read(&mut std::io::stdin().lock()).map_err(unread);
    }
    if let Ok(password) = std::env::var(VARIABLE) {
        return Ok(Password::new(password));
    }
    let host = address.host();
    match Password::kept(address, user) {
        Ok(Some(password)) => Ok(password),
        Ok(None) if address.is_google() => Err(Failure::Input(format!(
            "the keyring has no sign-in of {user}. Run waymark sync with --sign-in and the client's file from Google's console, and --keep-password to save it; docs/google.md has the steps"
        ))),
        _ if std::io::stdin().is_terminal() && !address.is_google() => {
            crate::warn(&format!("Password of {user} for {host}: "));
            let typed = rpassword::read_password();
            typed.map(Password::new).map_err(unread)
        }
        Ok(None) => Err(Failure::Input(format!(
            "the keyring has no password of {user} for {host}. Enter it with --password-stdin; waymark sync saves it with --keep-password"
        ))),
        Err(why) => Err(Failure::Input(no_keyring(&why))),
    }
}

pub fn no_keyring(why: &str) -> String {
    format!(
        "there's no usable keyring here ({why}). Enter the password with --password-stdin, or in {VARIABLE}, for this run"
    )
}
