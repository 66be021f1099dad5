//! The system packages: one row per thing, one column per package manager.
//!
//! An empty cell means that the thing comes with another row or is not needed there. A path instead of a
//! name is a file that rpm-based systems resolve to whatever package carries it.

use super::Need;

/// One thing under the name each manager knows it by.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) need: Need,
    pub(super) apt: &'static str,
    pub(super) dnf: &'static str,
    pub(super) pacman: &'static str,
    pub(super) zypper: &'static str,
    pub(super) brew: &'static str,
}

const fn row(need: Need, [apt, dnf, pacman, zypper, brew]: [&'static str; 5]) -> Package {
    Package {
        need,
        apt,
        dnf,
        pacman,
        zypper,
        brew,
    }
}

use Need::{Build, Chromium, Office, Python, Window, WindowTest};

#[rustfmt::skip]
pub(super) const PACKAGES: &[Package] = &[
    //                 apt                              dnf                            pacman                zypper                          brew
    row(Build,      ["build-essential",               "gcc gcc-c++ make",            "base-devel",         "gcc gcc-c++ make",             ""]),
    row(Build,      ["pkg-config",                    "pkgconf-pkg-config",          "pkgconf",            "pkgconf-pkg-config",           "pkgconf"]),
    row(Build,      ["libssl-dev",                    "openssl-devel",               "openssl",            "libopenssl-devel",             "openssl@3"]),

    row(Window,     ["libwebkit2gtk-4.1-dev",         "webkit2gtk4.1-devel",         "webkit2gtk-4.1",     "webkit2gtk3-devel",            ""]),
    row(Window,     ["libayatana-appindicator3-dev",  "libappindicator-gtk3-devel",  "libayatana-appindicator", "libayatana-appindicator3-1", ""]),
    row(Window,     ["librsvg2-dev",                  "librsvg2-devel",              "librsvg",            "librsvg-devel",                ""]),
    row(Window,     ["libxdo-dev",                    "libxdo-devel",                "xdotool",            "xdotool-devel",                ""]),

    row(WindowTest, ["webkit2gtk-driver",             "/usr/bin/WebKitWebDriver",    "webkitgtk-6.0",      "/usr/bin/WebKitWebDriver",     ""]),
    row(WindowTest, ["xvfb xauth",                    "xorg-x11-server-Xvfb xorg-x11-xauth", "xorg-server-xvfb xorg-xauth", "xorg-x11-server-Xvfb xauth", ""]),
    row(WindowTest, ["dbus dbus-x11",                 "dbus-daemon dbus-x11",        "dbus",               "dbus-1 dbus-1-x11",            ""]),
    row(WindowTest, ["gnome-keyring libsecret-tools", "gnome-keyring libsecret",     "gnome-keyring libsecret", "gnome-keyring libsecret-tools", ""]),
    row(WindowTest, ["imagemagick xdotool x11-utils", "ImageMagick xdotool xprop",   "imagemagick xorg-xprop", "ImageMagick xdotool xprop", ""]),
    row(WindowTest, ["fonts-noto-core",               "google-noto-sans-fonts",      "noto-fonts",         "google-noto-sans-fonts",       ""]),
    row(WindowTest, ["fonts-noto-color-emoji",        "google-noto-color-emoji-fonts", "noto-fonts-emoji", "google-noto-coloremoji-fonts", ""]),
    row(WindowTest, ["file procps",                   "file procps-ng",              "file procps-ng",     "file procps",                  ""]),

    row(Python,     ["python3 python3-venv",          "python3",                     "python",             "python3",                      "python"]),

    row(Office,     ["libreoffice-calc-nogui",        "libreoffice-calc",            "libreoffice-still",  "libreoffice-calc",             "libreoffice"]),

    row(Chromium,   ["chromium",                      "chromium",                    "chromium",           "chromium",                     ""]),
];
