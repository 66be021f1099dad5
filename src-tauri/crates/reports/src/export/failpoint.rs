/// Where a test stops the process, or breaks the disk, while a file is made. Compiled away without the feature
/// `failpoints`.
pub const POINTS: &[&str] = &["export.page", "export.synced", "export.placed", "export.renamed"];

/// Stands at one of [`POINTS`] that lies outside of this crate: between the file and its row.
#[cfg_attr(not(feature = "failpoints"), expect(unused_variables, reason = "compiled away"))]
pub fn at_point(point: &'static str) {
    fail::fail_point!(point);
}
