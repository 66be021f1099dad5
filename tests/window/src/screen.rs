//! The screen, as the display server knows it: which windows are on it, and the cross in their corner.

use anyhow::{Context, Result};
use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, ImageFormat, MapState, Window},
    rust_connection::RustConnection,
};

/// Smaller ones are the toolkit's own and nothing to look at.
const SMALLEST: u16 = 200;
/// The list of conversations and the rail beside it.
const LEFT_PART: u16 = 380;

pub(crate) struct Screen {
    display: RustConnection,
    root: Window,
}

impl Screen {
    pub(crate) fn look() -> Result<Self> {
        let (display, number) = x11rb::connect(None)?;
        let root = display.setup().roots.get(number).context("no screen")?.root;
        Ok(Self { display, root })
    }

    /// The window of this class that a person sees.
    pub(crate) fn window(&self, class: &str) -> Result<Option<Window>> {
        for window in self.display.query_tree(self.root)?.reply()?.children {
            // Windows come and go while we look.
            if self.is_shown(window, class).unwrap_or(false) {
                return Ok(Some(window));
            }
        }
        Ok(None)
    }

    fn is_shown(&self, window: Window, class: &str) -> Result<bool> {
        let shown = self.display.get_window_attributes(window)?.reply()?.map_state == MapState::VIEWABLE;
        let size = self.display.get_geometry(window)?.reply()?;
        let names = self
            .display
            .get_property(false, window, AtomEnum::WM_CLASS, AtomEnum::STRING, 0, 64)?
            .reply()?;
        let names = String::from_utf8_lossy(&names.value).to_lowercase();
        let ours = names.split('\0').any(|name| name == class);
        Ok(shown && ours && size.width > SMALLEST && size.height > SMALLEST)
    }

    /// The pixels of the left part of a window.
    pub(crate) fn left_part(&self, window: Window) -> Result<Vec<u8>> {
        let size = self.display.get_geometry(window)?.reply()?;
        let width = size.width.min(LEFT_PART);
        let format = ImageFormat::Z_PIXMAP;
        let image = self.display.get_image(format, window, 0, 0, width, size.height, !0)?;
        Ok(image.reply()?.data)
    }

    /// The cross: a window manager asks the program to close its window (ICCCM, section 4.2.8.1).
    pub(crate) fn press_cross(&self, window: Window) -> Result<()> {
        let atom = |name: &str| -> Result<u32> { Ok(self.display.intern_atom(false, name.as_bytes())?.reply()?.atom) };
        let data = [atom("WM_DELETE_WINDOW")?, x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS")?, data);
        self.display.send_event(false, window, EventMask::NO_EVENT, message)?;
        Ok(self.display.flush()?)
    }
}
