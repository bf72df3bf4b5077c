//! Files that another program drops on the window. That program is the test: it speaks XDND, the
//! protocol of drags between programs on X, as a file manager does.

use std::path::Path;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, MapState,
    PropMode, SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, CURRENT_TIME, NONE};

use crate::availability::says;
use crate::seen;
use crate::window::{Home, Result, Window};

/// The version of XDND that is spoken here.
const VERSION: u32 = 5;

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        XdndAware,
        XdndSelection,
        XdndEnter,
        XdndPosition,
        XdndStatus,
        XdndDrop,
        XdndFinished,
        XdndActionCopy,
        URIS: b"text/uri-list",
    }
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Work//EN\r\n\
    BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Choir\r\n\
    DTSTART:20270105T180000Z\r\nDTEND:20270105T200000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

pub async fn takes_a_calendar(window: &Window, home: &Home) -> Result {
    let file = home.path("choir.ics");
    std::fs::write(&file, CALENDAR)?;
    let drag = Drag::over_the_window(&file)?;
    window
        .until("the window says what can be dropped", async || {
            drag.goes_on()?;
            Ok(window
                .text(".over")
                .await?
                .is_some_and(|text| text.contains("Drop a calendar")))
        })
        .await?;
    window.picture("90-over").await?;
    drag.drop_here(window).await?;
    says(window, "#busy-sources", "choir.ics: 1 busy time").await?;
    assert!(
        window.is("!document.querySelector('.over')").await?,
        "the window still waits for a drop"
    );
    seen::closes_setup(window).await
}

pub async fn takes_an_outline(window: &Window, home: &Home) -> Result {
    let file = home.path("baking.md");
    std::fs::write(&file, "# Baking\n- Flour\n- Yeast\n")?;
    let drag = Drag::over_the_window(&file)?;
    drag.drop_here(window).await?;
    says(window, "#paste", "Yeast").await?;
    window.picture("91-dropped-outline").await
}

/// A drag of a file, with the pointer at the middle of the app's window.
struct Drag {
    display: RustConnection,
    atoms: Atoms,
    source: u32,
    target: u32,
    /// Across in the upper half, down in the lower one.
    pointer: u32,
    uris: String,
}

impl Drag {
    fn over_the_window(file: &Path) -> Result<Self> {
        let (display, screen) = x11rb::connect(None)?;
        let atoms = Atoms::new(&display)?.reply()?;
        let root = display.setup().roots[screen].root;
        let source = display.generate_id()?;
        display.create_window(
            COPY_DEPTH_FROM_PARENT,
            source,
            root,
            0,
            0,
            1,
            1,
            0,
            WindowClass::INPUT_OUTPUT,
            0,
            &CreateWindowAux::new(),
        )?;
        display.set_selection_owner(source, atoms.XdndSelection, CURRENT_TIME)?;
        // GTK has small ones of its own; of large ones the lower may be of the story before.
        let windows = aware(&display, root, atoms.XdndAware)?;
        let largest = windows.into_iter().max_by_key(|(area, _)| *area);
        let (_, target) = largest.ok_or("no window takes drops")?;
        let size = display.get_geometry(target)?.reply()?;
        let (middle_x, middle_y) = (
            i16::try_from(size.width / 2)?,
            i16::try_from(size.height / 2)?,
        );
        let at = display.translate_coordinates(target, root, middle_x, middle_y)?;
        let at = at.reply()?;
        let pointer = (u32::try_from(at.dst_x)? << 16) | u32::try_from(at.dst_y)?;
        let uris = format!("file://{}\r\n", file.display());
        let drag = Self {
            display,
            atoms,
            source,
            target,
            pointer,
            uris,
        };
        drag.tell(
            drag.atoms.XdndEnter,
            [source, VERSION << 24, drag.atoms.URIS, 0, 0],
        )?;
        Ok(drag)
    }

    /// Moves the pointer, and gives the file's address to whoever asked for it. The messages that
    /// came in the meantime.
    fn goes_on(&self) -> Result<Vec<ClientMessageEvent>> {
        let at = [
            self.source,
            0,
            self.pointer,
            CURRENT_TIME,
            self.atoms.XdndActionCopy,
        ];
        self.tell(self.atoms.XdndPosition, at)?;
        self.hears()
    }

    /// Lets go, once the window takes it, and waits until the window has it.
    async fn drop_here(&self, window: &Window) -> Result {
        window
            .until("the window takes the file", async || {
                let said = self.goes_on()?;
                let accepts = |message: &ClientMessageEvent| {
                    message.type_ == self.atoms.XdndStatus && message.data.as_data32()[1] & 1 == 1
                };
                Ok(said.iter().any(accepts))
            })
            .await?;
        self.tell(self.atoms.XdndDrop, [self.source, 0, CURRENT_TIME, 0, 0])?;
        window
            .until("the window has the file", async || {
                let said = self.hears()?;
                Ok(said
                    .iter()
                    .any(|message| message.type_ == self.atoms.XdndFinished))
            })
            .await
    }

    fn tell(&self, message: Atom, data: [u32; 5]) -> Result {
        let event = ClientMessageEvent::new(32, self.target, message, data);
        self.display
            .send_event(false, self.target, EventMask::NO_EVENT, event)?;
        Ok(self.display.flush()?)
    }

    fn hears(&self) -> Result<Vec<ClientMessageEvent>> {
        let mut messages = Vec::new();
        while let Some(event) = self.display.poll_for_event()? {
            match event {
                Event::SelectionRequest(request) => self.gives(&request)?,
                Event::ClientMessage(message) => messages.push(message),
                _ => {}
            }
        }
        Ok(messages)
    }

    fn gives(&self, request: &SelectionRequestEvent) -> Result {
        let has_it = request.target == self.atoms.URIS;
        let property = if has_it { request.property } else { NONE };
        if has_it {
            self.display.change_property8(
                PropMode::REPLACE,
                request.requestor,
                property,
                self.atoms.URIS,
                self.uris.as_bytes(),
            )?;
        }
        let given = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property,
        };
        self.display
            .send_event(false, request.requestor, EventMask::NO_EVENT, given)?;
        Ok(self.display.flush()?)
    }
}

/// The visible windows that take drops, with their areas, among a window's children and theirs: the
/// uppermost last.
fn aware(display: &RustConnection, parent: u32, property: Atom) -> Result<Vec<(u32, u32)>> {
    let mut found = Vec::new();
    // A window that is gone by the time of the question is no answer to it.
    let Ok(tree) = display.query_tree(parent)?.reply() else {
        return Ok(found);
    };
    for child in tree.children {
        let attributes = display.get_window_attributes(child)?.reply();
        let takes = display.get_property(false, child, property, AtomEnum::ATOM, 0, 1)?;
        let (takes, size) = (takes.reply(), display.get_geometry(child)?.reply());
        let (Ok(attributes), Ok(takes), Ok(size)) = (attributes, takes, size) else {
            continue;
        };
        if attributes.map_state == MapState::VIEWABLE && takes.value_len > 0 {
            found.push((u32::from(size.width) * u32::from(size.height), child));
        }
        found.extend(aware(display, child, property)?);
    }
    Ok(found)
}
