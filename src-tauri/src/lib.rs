//! The desktop shell: one window, the tray, notifications. Everything else is in the crates that it puts a frame around.
//!
//! ```text
//!   page ── rpc, upload, besedka-media: ──► bridge, media ──► Workspace
//!   page ◄─ "changed" ◄── bridge ◄── changes ◄───────────────────┘
//!                            └──► desk (settings, unread) ──► tray, window, notifications, start at login
//! ```
//!
//! Must not: hold a rule of the product, name a vendor, let the page do more than `capabilities/main.json` says.

mod bridge;
mod desk;
mod files;
mod media;
mod menu;
mod notify;
mod options;
mod other;
mod pictures;
mod texts;
mod tray;
mod window;

use std::sync::Arc;

use anyhow::Result;
use clap::Parser;
use compose::{Workspace, logging};
use options::Options;
use tauri::{Builder, Manager, RunEvent, Wry};

use crate::desk::Desk;

/// Runs the program until it is quit. A second start hands over to the first and ends well.
///
/// # Errors
/// When there is no place for data or no window can be had.
pub fn run() -> Result<()> {
    let options = Options::parse();
    let setup = options.setup()?;
    setup.paths.make()?;
    let logging = logging::start(&setup.paths.logs, cfg!(debug_assertions))?;
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = options.identifier(&context.config().identifier, &setup.paths);

    let runtime = tokio::runtime::Runtime::new()?;
    tauri::async_runtime::set(runtime.handle().clone());
    // Opening the database and starting the web view take about the same time: both begin now.
    let workspace = {
        let _inside = runtime.enter();
        Workspace::open(setup)
    };
    let desk = Arc::new(Desk::new(options.demo));

    let started = with_plugins(Builder::default())
        .manage(workspace.clone())
        .manage(desk.clone())
        .manage(options.other())
        .menu(menu::menu)
        .register_asynchronous_uri_scheme_protocol(media::SCHEME, media::answer)
        .invoke_handler(tauri::generate_handler![
            bridge::rpc,
            bridge::upload,
            files::open_attachment,
            files::save_attachment,
            files::open_export,
            files::show_export,
            pictures::save_picture,
        ])
        .setup(move |app| {
            let app = app.handle();
            files::forget_opened(app);
            window::create(app, options.hidden)?;
            tray::create(app)?;
            bridge::forward(app);
            desk::watch(app);
            quit_when_asked(app);
            Ok(())
        })
        .on_window_event(window::on_event)
        .build(context)?;
    started.run(move |app, event| match event {
        RunEvent::Exit => tauri::async_runtime::block_on(app.state::<Workspace>().close()),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::show(app),
        _ => {}
    });
    drop(logging);
    Ok(())
}

/// Single instance comes first: a second start must end before it does anything.
fn with_plugins(builder: Builder<Wry>) -> Builder<Wry> {
    use tauri_plugin_window_state::StateFlags;
    // Not the visibility: the window is shown at every start that a person makes.
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    builder
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            window::show(app)
        }))
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(remembered)
                .build(),
        )
        .plugin(
            tauri_plugin_autostart::Builder::new()
                .args([options::HIDDEN])
                .app_name("Besedka")
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
}

/// The system logs out, or somebody ends the process politely: as if «quit» had been chosen.
#[cfg(unix)]
fn quit_when_asked(app: &tauri::AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
        else {
            return tracing::warn!("signals can't be received");
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        app.exit(0);
    });
}

/// Windows closes the window, and with it the program.
#[cfg(not(unix))]
fn quit_when_asked(_: &tauri::AppHandle) {}
