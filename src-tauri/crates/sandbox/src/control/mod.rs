//! The control server: everything the [`crate::Vendor`] and [`crate::Crm`] traits offer, over HTTP, and a page for people.
//!
//! What stands below `/vendors/{vendor}` for trouble, account and specials takes the names of CRMs as well. The table below is the interface: routes and `/openapi.json` are both made of it.

mod account;
mod answer;
mod crm;
mod news;
mod openapi;
mod people;
mod trouble;
mod world;

use crate::world::World;
use axum::Router;
use axum::routing::{MethodRouter, delete, get, post};

/// One operation of the control interface.
#[derive(Clone, Debug)]
struct Operation {
    method: &'static str,
    path: &'static str,
    /// One sentence for people.
    about: &'static str,
    /// Name of the schema of the body; empty for none.
    takes: &'static str,
    /// Name of the schema of the answer; `[X]` for an array of X, empty for none.
    gives: &'static str,
    run: fn() -> MethodRouter<World>,
}

macro_rules! operations {
    ($($method:ident $path:literal $about:literal ($($takes:literal)?) -> ($($gives:literal)?) $run:expr;)*) => {
        &[$(Operation {
            method: stringify!($method),
            path: $path,
            about: $about,
            takes: concat!($($takes)?),
            gives: concat!($($gives)?),
            run: || $method($run),
        }),*]
    };
}

#[rustfmt::skip]
static OPERATIONS: &[Operation] = operations! {
    get    "/directory" "Addresses and seeded credentials, flat" () -> () world::directory;
    get    "/vendors" "Every simulated network with its abilities and credentials" () -> ("[VendorCard]") world::vendors;
    get    "/samples" "Names of ready-made files" () -> () world::samples;
    post   "/clock" "Moves the world's clock on" ("Advance") -> () world::advance;
    get    "/news" "What happens, as server-sent events" () -> ("News") news::news;

    get    "/vendors/{vendor}/people" "Everybody on the network" () -> ("[Person]") people::list;
    post   "/vendors/{vendor}/people" "Somebody new" ("NewPerson") -> ("Person") people::add;
    get    "/vendors/{vendor}/chats" "Chats that the business is in" () -> ("[Chat]") people::chats;
    post   "/vendors/{vendor}/groups" "A new group with these people and the business" ("NewGroup") -> ("Chat") people::add_group;
    post   "/vendors/{vendor}/people/{person}/acts" "A customer does anything; `?chat=` for another than the private chat" ("Act") -> ("Outcome") people::act;
    post   "/vendors/{vendor}/people/{person}/write" "A customer writes" ("Letter") -> ("Outcome") people::write;
    post   "/vendors/{vendor}/people/{person}/edit" "A customer changes a message" ("Act") -> ("Outcome") people::edit;
    post   "/vendors/{vendor}/people/{person}/delete" "A customer deletes a message" ("Act") -> ("Outcome") people::delete;
    post   "/vendors/{vendor}/people/{person}/react" "A customer reacts" ("Act") -> ("Outcome") people::react;
    post   "/vendors/{vendor}/people/{person}/read" "A customer reads" ("Act") -> ("Outcome") people::read;
    post   "/vendors/{vendor}/people/{person}/type" "A customer types" () -> ("Outcome") people::types;
    post   "/vendors/{vendor}/people/{person}/press" "A customer presses a button" ("Act") -> ("Outcome") people::press;
    post   "/vendors/{vendor}/people/{person}/start" "A customer opens the chat" ("Act") -> ("Outcome") people::start;
    post   "/vendors/{vendor}/people/{person}/block" "A customer blocks the business" () -> ("Outcome") people::block;
    post   "/vendors/{vendor}/people/{person}/unblock" "A customer takes the block back" () -> ("Outcome") people::unblock;
    get    "/vendors/{vendor}/people/{person}/phone" "What the customer's phone shows" () -> ("[PhoneChat]") people::phone;
    get    "/vendors/{vendor}/people/{person}/phone/{chat}/{message}/{part}" "A file on the customer's phone, by the place of the part" () -> () people::phone_file;

    get    "/vendors/{vendor}/sent" "Every send accepted from the business, in order" () -> ("[Sent]") account::sent;
    post   "/vendors/{vendor}/business/{chat}/write" "The business writes with the network's own app" ("Letter") -> ("Outcome") account::business_writes;
    post   "/vendors/{vendor}/account" "Expires, restores or renews the token, bans or unbans the account" ("Change") -> () account::change;
    post   "/vendors/{vendor}/special/{what}" "Something that only this network has" () -> () account::special;

    get    "/crms" "Every simulated CRM with its managers, stages and credentials" () -> ("[CrmCard]") crm::list;
    get    "/crms/{crm}/cards" "Leads, deals, contacts and companies, newest first" () -> ("[Card]") crm::cards;
    get    "/crms/{crm}/chats" "Conversations as the managers see them, newest first" () -> ("[CrmChat]") crm::chats;
    post   "/crms/{crm}/managers/{manager}/deeds" "A manager does anything" ("Deed") -> ("Outcome") crm::does;
    get    "/crms/{crm}/chats/{chat}/{message}/{part}" "A file of a conversation, by the place of the part" () -> () crm::chat_file;
    get    "/crms/{crm}/cards/{card}/{note}/{file}" "A file of a note, by its place" () -> () crm::note_file;

    get    "/vendors/{vendor}/calls" "How many calls have come since the start, by method" () -> () trouble::calls;
    get    "/vendors/{vendor}/chaos" "Ordered trouble and how often it happened" () -> ("[Standing]") trouble::standing;
    post   "/vendors/{vendor}/chaos" "Orders trouble" ("Trouble") -> () trouble::order;
    delete "/vendors/{vendor}/chaos" "Takes all orders back" () -> () trouble::clear;
    post   "/vendors/{vendor}/chaos/seed" "Starts the dice anew" ("Seed") -> () trouble::reseed;
};

/// The routes of the control server.
pub(crate) fn routes(world: World) -> Router {
    let table = OPERATIONS.iter().fold(Router::new(), |router, operation| {
        let run = operation.run;
        router.route(operation.path, run())
    });
    table
        .route("/", get(world::page))
        .route("/crm", get(crm::page))
        .route("/common.js", get(world::script))
        .route("/common.css", get(world::style))
        .route("/openapi.json", get(openapi::openapi))
        .with_state(world)
}
