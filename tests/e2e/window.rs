//! One run of the built app in its real window, driven from outside.
//!
//! tauri-driver passes WebDriver commands to WebKitWebDriver, which starts the app and works its
//! page with real events. Each run has its own ports, home and data folders, so that neither runs
//! nor a Waymark that someone uses on this machine see each other.

use std::error::Error;
use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use waymark_core::document::Document;
use waymark_core::plan::Plan;
use waymark_desk::data_folder::DataFolder;

use crate::screen;

pub type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// How long anything may take before the test fails. Far more than it takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often to look whether it is so by now.
const POLL: Duration = Duration::from_millis(20);

/// A learner's account: what outlives a run of the app.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Result<Self> {
        let home = Self::unused()?;
        // The stories begin in the plan, and see all rows of the chart.
        std::fs::create_dir_all(home.app_folder())?;
        let settings = json!({"view": {"folded": [], "view": "plan"}});
        std::fs::write(
            home.app_folder().join("settings.json"),
            settings.to_string(),
        )?;
        Ok(home)
    }

    /// A home in which the app has never been started.
    pub fn unused() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        Ok(Self { folder })
    }

    /// A home where the app has stored this plan.
    pub fn with_plan(plan: &Plan) -> Result<Self> {
        let home = Self::new()?;
        let document = Document::new(plan.clone());
        std::fs::write(home.plan_file(), document.to_json()?)?;
        Ok(home)
    }

    /// A path in the learner's home folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Path of the app's plan file.
    pub fn plan_file(&self) -> PathBuf {
        self.plan_folder().join("plan.json")
    }

    /// The app's data folder.
    pub fn data_folder(&self) -> DataFolder {
        DataFolder::new(self.app_folder())
    }

    /// Whether a process of the app runs in this home.
    pub fn is_running(&self) -> Result<bool> {
        let app = application();
        let is_app =
            |process: &PathBuf| std::fs::read_link(process.join("exe")).is_ok_and(|exe| exe == app);
        Ok(self.processes()?.iter().any(is_app))
    }

    /// Megabytes that the app and the processes of its page take: each shared page of memory counts
    /// in parts (PSS), so that the sum counts it once.
    pub fn memory(&self) -> Result<f64> {
        let mut kilobytes = 0.0;
        for process in self.processes()? {
            let name = std::fs::read_to_string(process.join("comm")).unwrap_or_default();
            let is_driver = name.contains("river");
            if is_driver {
                continue;
            }
            let told = std::fs::read_to_string(process.join("smaps_rollup")).unwrap_or_default();
            let pss = told.lines().find_map(|line| line.strip_prefix("Pss:"));
            let pss = pss.and_then(|line| line.split_whitespace().next()?.parse().ok());
            kilobytes += pss.unwrap_or(0.0);
        }
        Ok(kilobytes / 1024.0)
    }

    /// The folders in /proc of the processes with this home.
    fn processes(&self) -> Result<Vec<PathBuf>> {
        let home = format!("HOME={}", self.path("").display());
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc")? {
            let process = entry?.path();
            let environment = std::fs::read(process.join("environ")).unwrap_or_default();
            let mut environment = environment.split(|byte| *byte == 0);
            if environment.any(|value| value == home.as_bytes()) {
                found.push(process);
            }
        }
        Ok(found)
    }

    /// The app's files, each with what is in it.
    pub fn files(&self) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let mut files = Vec::new();
        for folder in [self.app_folder(), self.plan_folder()] {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_file() {
                    let bytes = std::fs::read(&path)?;
                    files.push((path, bytes));
                }
            }
        }
        Ok(files)
    }

    /// The folder of the open plan.
    fn plan_folder(&self) -> PathBuf {
        let plan = self.data_folder().open_plan().ok().flatten();
        plan.map_or_else(
            || self.app_folder(),
            |plan| plan.storage.folder().to_owned(),
        )
    }

    fn app_folder(&self) -> PathBuf {
        self.path("data").join("org.waymark.planner")
    }

    fn log(&self) -> PathBuf {
        self.path("window.log")
    }

    /// Everything the app has written to its standard error in all runs.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }
}

/// The app, running.
pub struct Window {
    pub page: WebDriver,
    driver: Driver,
}

impl Window {
    /// Starts the app with its clock at an instant, and waits until its chart is drawn.
    pub async fn open_at(home: &Home, now: &str) -> Result<Self> {
        Self::drawn(home, Self::start(home, now, &application()).await?).await
    }

    /// As [`Window::open_at`], by a program that runs the app.
    pub async fn open_by(home: &Home, now: &str, program: &Path) -> Result<Self> {
        Self::drawn(home, Self::start(home, now, program).await?).await
    }

    async fn drawn(home: &Home, window: Self) -> Result<Self> {
        let drawn = window.is_drawn().await;
        drawn.map_err(|error| format!("{error}\n{}", home.said()))?;
        Ok(window)
    }

    /// Starts the app with a plan that it can't open, and waits until it says so.
    pub async fn open_refused(home: &Home, now: &str) -> Result<Self> {
        let window = Self::start(home, now, &application()).await?;
        let refused = window.find("#refused").await;
        refused.map_err(|error| format!("{error}\n{}", home.said()))?;
        Ok(window)
    }

    async fn start(home: &Home, now: &str, program: &Path) -> Result<Self> {
        let driver = Driver::start(home, now).await?;
        let mut capabilities = Capabilities::new();
        capabilities.set("tauri:options", json!({ "application": program }))?;
        let page = WebDriver::new(driver.address(), capabilities)
            .await
            .map_err(|error| format!("the app did not start: {error}\n{}", home.said()))?;
        Ok(Self { page, driver })
    }

    /// Waits until the chart is drawn.
    pub async fn is_drawn(&self) -> Result {
        self.until("the chart is drawn", async || {
            self.is("document.querySelector('#app')?.dataset.drawn === 'true'")
                .await
        })
        .await
    }

    /// Closes the window and ends the drivers.
    pub async fn close(self) -> Result {
        self.page.quit().await?;
        self.driver.stop()
    }

    /// Ends the drivers after the app has ended without them.
    pub fn abandon(self) -> Result {
        // There is no session left that could be quit.
        self.page.leak()?;
        self.driver.stop()
    }

    /// Value of a JavaScript expression in the page.
    pub async fn get<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let result = self
            .page
            .execute(format!("return {expression}"), vec![])
            .await?;
        Ok(result.convert()?)
    }

    /// Whether a JavaScript condition holds in the page.
    pub async fn is(&self, condition: &str) -> Result<bool> {
        self.get(&format!("Boolean({condition})")).await
    }

    /// The text of an element; `None` if there is no such element.
    pub async fn text(&self, css: &str) -> Result<Option<String>> {
        self.get(&format!(
            "document.querySelector({})?.textContent ?? null",
            json!(css)
        ))
        .await
    }

    /// An element that must be there.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        self.until(css, async || {
            self.is(&format!("document.querySelector({})", json!(css)))
                .await
        })
        .await?;
        Ok(self.page.find(By::Css(css)).await?)
    }

    /// Puts a text into a field as a person does: mark all, type over it, Enter.
    pub async fn fill(&self, css: &str, text: &str) -> Result {
        self.type_over(css, text).await?;
        self.find(css).await?.send_keys(Key::Enter + "").await?;
        Ok(())
    }

    /// Marks all of a field and types over it, and leaves it at that.
    pub async fn type_over(&self, css: &str, text: &str) -> Result {
        let field = self.find(css).await?;
        // WebDriver doesn't scroll to a field of which a part is visible.
        field.scroll_into_view().await?;
        field.click().await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Puts the focus on an element, without a press.
    pub async fn focus(&self, css: &str) -> Result {
        self.find(css).await?;
        let script = format!("document.querySelector({}).focus()", json!(css));
        self.page.execute(&script, vec![]).await?;
        Ok(())
    }

    /// Presses a key on whatever has the focus, with these keys held.
    pub async fn press(&self, held: &[char], key: char) -> Result {
        let mut keys = self.page.action_chain();
        for key in held {
            keys = keys.key_down(*key);
        }
        keys = keys.send_keys(key.to_string());
        for key in held {
            keys = keys.key_up(*key);
        }
        Ok(keys.perform().await?)
    }

    /// Waits until the page has painted what it knows by now.
    pub async fn painted(&self) -> Result {
        let two_frames = "const [done] = arguments; \
                          requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        self.page.execute_async(two_frames, vec![]).await?;
        Ok(())
    }

    /// Waits until the condition holds, or fails with its name.
    pub async fn until(&self, what: &str, condition: impl AsyncFn() -> Result<bool>) -> Result {
        let begun = Instant::now();
        while !condition().await? {
            if begun.elapsed() > PATIENCE {
                // The picture helps to see why, but what has failed is the condition.
                let _ = self.picture("failed").await;
                return Err(format!("not so after {PATIENCE:?}: {what}").into());
            }
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }

    /// Keeps a picture of the page as target/e2e/NAME.png.
    pub async fn picture(&self, name: &str) -> Result {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("e2e");
        std::fs::create_dir_all(&folder)?;
        self.painted().await?;
        let (width, height) = self.get("[innerWidth, innerHeight]").await?;
        screen::save(&folder.join(format!("{name}.png")), width, height)
    }

    /// The accessibility rules of axe-core that the current page breaks, each with the elements at
    /// fault.
    pub async fn accessibility_problems(&self) -> Result<Vec<Value>> {
        let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
        let script = format!(
            "{};
             const done = arguments[arguments.length - 1];
             axe.run(document, {{ resultTypes: ['violations'] }}).then(
               (found) => done(found.violations.map(({{ id, help, nodes }}) => ({{
                 id, help, nodes: nodes.map((node) => [node.html, node.failureSummary]),
               }}))),
               (error) => done([{{ id: 'axe-failed', help: String(error) }}]),
             );",
            std::fs::read_to_string(axe)?
        );
        Ok(self.page.execute_async(script, vec![]).await?.convert()?)
    }
}

/// An address of this computer where nobody listens.
const NOBODY: &str = "http://127.0.0.1:9/";

/// The app under test: the one built with this test, unless another one is named.
pub fn application() -> PathBuf {
    std::env::var_os("WAYMARK_APP").map_or_else(
        || env!("CARGO_BIN_EXE_waymark-desktop").into(),
        PathBuf::from,
    )
}

/// A running tauri-driver with its WebKitWebDriver.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    async fn start(home: &Home, now: &str) -> Result<Self> {
        let (port, native_port) = free_ports()?;
        let log = File::options().create(true).append(true).open(home.log())?;
        let program = std::env::var_os("WAYMARK_TAURI_DRIVER").unwrap_or("tauri-driver".into());
        // A home may have programs of its own, which stand in for the system's.
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(home.path("bin")).chain(std::env::split_paths(&path));
        let process = Command::new(&program)
            .env("PATH", std::env::join_paths(path)?)
            .args(["--port", &port.to_string()])
            .args(["--native-port", &native_port.to_string()])
            .env("HOME", home.path(""))
            .env("XDG_DATA_HOME", home.path("data"))
            .env("XDG_CONFIG_HOME", home.path("config"))
            .env("XDG_CACHE_HOME", home.path("cache"))
            .env("XDG_STATE_HOME", home.path("state"))
            // No session bus: a Waymark that is open elsewhere must not be asked to come forward.
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env("GSETTINGS_BACKEND", "memory")
            // The display of xvfb-run, also where a Wayland session is running.
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            .env("LC_ALL", "C.UTF-8")
            .env("WAYMARK_TRACE", "1")
            .env("WAYMARK_NOW", now)
            // Nobody is there, and the browser has a few seconds to come back.
            .env("WAYMARK_GOOGLE", format!("{NOBODY} {NOBODY} {NOBODY} 8"))
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .map_err(|error| {
                let program = program.display();
                format!("{program} does not start ({error}): run this through `cargo xtask test`")
            })?;
        let driver = Self { process, port };

        // tauri-driver listens before the driver that it hands the work to.
        let begun = Instant::now();
        for port in [port, native_port] {
            while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
                if begun.elapsed() > PATIENCE {
                    return Err(format!("nothing listens on port {port}\n{}", home.said()).into());
                }
                tokio::time::sleep(POLL).await;
            }
        }
        Ok(driver)
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// SIGTERM lets tauri-driver end its WebKitWebDriver too; a plain kill would orphan it.
    fn stop(mut self) -> Result {
        self.terminate()?;
        Ok(())
    }

    fn terminate(&mut self) -> std::io::Result<()> {
        if self.process.try_wait()?.is_none() {
            Command::new("kill")
                .args(["-TERM", &self.process.id().to_string()])
                .status()?;
            self.process.wait()?;
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Also after a failed assertion, where there is nobody left to tell.
        let _ = self.terminate();
    }
}

fn free_ports() -> Result<(u16, u16)> {
    let free = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    // Both are held until both are known, so that they differ.
    let (one, other) = (free()?, free()?);
    Ok((one.local_addr()?.port(), other.local_addr()?.port()))
}
