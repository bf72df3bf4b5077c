//! The menu of the system, where windows have none of their own: on a Mac.

use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Builder, Manager, Runtime};

use crate::news::{Ear, WindowNews};

/// Entries that run a command of the page: its id, its name and its key.
type Entries = &'static [(&'static str, &'static str, &'static str)];

const VIEWS: Entries = &[
    ("view.today", "Today", "Cmd+1"),
    ("view.week", "Week", "Cmd+2"),
    ("view.plan", "Plan", "Cmd+3"),
    ("view.progress", "Progress", "Cmd+4"),
    ("view.roadmap", "Roadmap", "Cmd+5"),
];

/// Adds the menu on a Mac.
pub fn on_a_mac<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    if !cfg!(target_os = "macos") {
        return builder;
    }
    builder.menu(menu).on_menu_event(|app, event| {
        let id = event.id().0.clone();
        app.state::<Ear>().tell(WindowNews::Command { id });
    })
}

fn menu<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let setup = MenuItemBuilder::with_id("setup", "Setup…").accelerator("Cmd+,");
    let waymark = SubmenuBuilder::new(app, "Waymark")
        .about(None)
        .separator()
        .item(&setup.build(app)?)
        .separator()
        .services()
        .separator()
        .hide()
        .hide_others()
        .show_all()
        .separator()
        .quit()
        .build()?;
    // Without undo and redo: an entry would take their keys from the page, which undoes changes of
    // the plan by them.
    let edit = SubmenuBuilder::new(app, "Edit")
        .cut()
        .copy()
        .paste()
        .select_all()
        .build()?;
    let window = SubmenuBuilder::new(app, "Window")
        .minimize()
        .maximize()
        .fullscreen()
        .separator()
        .close_window()
        .build()?;
    let help = submenu(app, "Help", &[("keys", "Keys", "Cmd+/")])?;
    MenuBuilder::new(app)
        .item(&waymark)
        .item(&edit)
        .item(&submenu(app, "View", VIEWS)?)
        .item(&window)
        .item(&help)
        .build()
}

fn submenu<R: Runtime>(
    app: &AppHandle<R>,
    name: &str,
    entries: Entries,
) -> tauri::Result<Submenu<R>> {
    let mut menu = SubmenuBuilder::new(app, name);
    for (id, name, key) in entries {
        let item = MenuItemBuilder::with_id(*id, *name).accelerator(key);
        menu = menu.item(&item.build(app)?);
    }
    menu.build()
}
