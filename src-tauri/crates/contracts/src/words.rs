use domain::Reason;

/// The texts of the product in the language of the workspace, for the few that leave it: what a CRM is told about a
/// line of the system, or about a message that did not go.
pub trait Words: Send + Sync + 'static {
    /// The text of a key with its values filled in; the key itself where there is none.
    fn text(&self, reason: &Reason) -> String;
}
