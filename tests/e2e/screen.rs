//! Pictures of the screen, as a person sees it.
//!
//! WebDriver's own pictures can wait for ever where WebKit paints without OpenGL.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat};

use crate::window::Result;

/// Saves the upper left part of the screen, of this size in pixels, as a PNG file.
pub fn save(path: &Path, width: u16, height: u16) -> Result {
    let (display, screen) = x11rb::connect(None)?;
    let root = display.setup().roots[screen].root;
    let shown = display.get_geometry(root)?.reply()?;
    let (width, height) = (width.min(shown.width), height.min(shown.height));
    let all_planes = !0;
    let image = display
        .get_image(ImageFormat::Z_PIXMAP, root, 0, 0, width, height, all_planes)?
        .reply()?;
    // Four bytes a pixel: blue, green, red and one that isn't used.
    let mut colours = image.data;
    for pixel in colours.chunks_exact_mut(4) {
        pixel.swap(0, 2);
        pixel[3] = u8::MAX;
    }
    let file = BufWriter::new(File::create(path)?);
    let mut encoder = png::Encoder::new(file, width.into(), height.into());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    let mut picture = encoder.write_header()?;
    picture.write_image_data(&colours)?;
    Ok(picture.finish()?)
}
