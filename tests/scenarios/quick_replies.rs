//! Texts and files that are inserted instead of typed.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use sandbox::{
    chaos::{Kind, Trouble},
    crm::{CardKind, Deed},
};
use serde_json::{Value, json};
use tests::{World, eventually};

use crate::files::{hours_ago, left_behind, until_gone};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quick_reply_knows_the_client_and_brings_its_file() {
    let world = World::start_live().await;
    let olga = world.operator();
    let folder = olga
        .does("quick_reply_folders.save", json!({ "name": "Доставка" }))
        .await;
    let scheme = olga.uploads("Схема проезда.pdf", b"%PDF-1.4 map").await;
    let text = "{contact.first_name}, адрес: Лесная, 14. Заказ {lead.id}, сумма {lead.budget|уточним}. {operator.phone|+7 900}";
    let reply = json!({
        "folder_id": folder["id"], "name": "адрес", "text": text, "shared": true,
        "files": [{ "from": "upload", "upload_id": scheme["upload_id"] }],
    });
    let saved = olga.does("quick_replies.save", reply).await;
    let again = json!({ "folder_id": null, "name": "АДРЕС", "text": "Да", "shared": true });
    assert_eq!(
        olga.may_not("quick_replies.save", again).await,
        "error.quick_reply_taken"
    );

    let marina = world.customer("vk", "Марина Соколова");
    marina.writes("Где вы?").unwrap();
    let talk = olga.sees("Где вы?").await;
    for _ in 0..2 {
        let inserted = json!({ "id": saved["id"], "conversation_id": talk.0 });
        let filled = olga.does("quick_replies.expand", inserted).await;
        assert_eq!(
            filled["text"],
            "Марина, адрес: Лесная, 14. Заказ {lead.id}, сумма уточним. +7 900"
        );
        assert_eq!(filled["unresolved"], json!(["lead.id"]));
        let upload = json!([{ "upload_id": filled["uploads"][0]["upload_id"] }]);
        let sent = olga
            .sends(talk, json!({ "text": "Лесная, 14", "uploads": upload }))
            .await;
        olga.sees_tick(talk, sent, "sent").await;
    }
    assert_eq!(marina.received().len(), 2, "the file goes as often as it is wanted");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quick_reply_knows_the_lead_in_amocrm() {
    knows_the_lead("amocrm", json!({ "mode": "append" })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quick_reply_knows_the_lead_in_bitrix24() {
    knows_the_lead("bitrix24", json!({ "mode": "append" })).await;
}

async fn knows_the_lead(crm: &'static str, settings: Value) {
    let world = World::start_for_crm(false).await;
    let office = world.connect_office(crm, settings).await;
    let olga = world.operator();
    world.customer("vk", "Анна").writes("Почём кухня?").unwrap();
    let talk = olga.sees("Почём кухня?").await;
    let lead = eventually("a lead of Anna", || async { office.cards(CardKind::Lead).pop() }).await;
    office.has_everything(&world).await;
    let title = "Кухня «Осло»".to_owned();
    office.manager(
        0,
        Deed::Rename {
            card: lead.id.clone(),
            title,
        },
    );
    let text = "{lead.name} ({lead.id}): {lead.status} ведёт {responsible.name}, {company.name|частное лицо}";
    let filled = olga
        .does("quick_replies.fill", json!({ "conversation_id": talk.0, "text": text }))
        .await;
    let number = lead.id.number().unwrap();
    let begins = format!("Кухня «Осло» ({number}): ");
    let said = filled["text"].as_str().unwrap();
    assert!(said.starts_with(&begins) && said.ends_with(", частное лицо"), "{said}");
    assert_eq!(filled["unresolved"], json!([]), "{said}");

    office.chaos().order(Trouble::of(Kind::Delay { ms: 60_000 }));
    let asked = json!({ "conversation_id": talk.0, "text": "{contact.name}, {lead.name|ваш заказ} готов" });
    let filled = olga.does("quick_replies.fill", asked).await;
    assert_eq!(filled["text"], "Анна, ваш заказ готов", "nobody waits for a silent CRM");
    world.stop_expecting(&[crm]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_file_outlives_the_sweep_and_goes_with_it() {
    let mut world = World::start_live().await;
    let olga = world.operator();
    let upload = olga.uploads("Схема.pdf", b"%PDF-1.4 map").await;
    let files = json!([{ "from": "upload", "upload_id": upload["upload_id"] }]);
    let reply = json!({ "folder_id": null, "name": "схема", "text": "", "shared": true, "files": files });
    let saved = olga.does("quick_replies.save", reply).await;
    let file = only_file(&world.app.engine().store().media_folder());
    File::options()
        .append(true)
        .open(&file)
        .unwrap()
        .set_modified(hours_ago(2))
        .unwrap();
    let shelf = file.parent().unwrap().file_name().unwrap().to_str().unwrap();
    let stray = left_behind(
        &world.place,
        &format!("01990000-0000-7000-8000-0000000000{shelf}"),
        hours_ago(2),
    );
    world.restart().await;
    until_gone(&stray).await;
    assert!(file.exists(), "the quick reply names it");
    world
        .operator()
        .does("quick_replies.delete", json!({ "id": saved["id"] }))
        .await;
    until_gone(&file).await;
    world.stop().await;
}

fn only_file(media: &Path) -> PathBuf {
    let inside = |folder: &Path| {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect::<Vec<_>>()
    };
    let files: Vec<PathBuf> = inside(media).iter().flat_map(|shelf| inside(shelf)).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn quick_replies_are_changed_moved_and_kept_apart() {
    let world = World::start_live().await;
    let olga = world.operator();
    let save = |name: &str, shared: bool| json!({ "folder_id": null, "name": name, "text": "Да", "shared": shared });
    let first = olga.does("quick_replies.save", save("да", true)).await;
    let own = olga.does("quick_replies.save", save("ДА", false)).await;
    olga.does("quick_replies.reorder", json!({ "ids": [own["id"], first["id"]] }))
        .await;
    let names = |list: &Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap().iter();
        items.map(|item| item["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&olga.does("quick_replies.list", json!({})).await), ["ДА", "да"]);
    let wrong = json!({ "folder_id": null, "name": "нет", "text": "{contact.nmae}", "shared": true });
    assert_eq!(olga.may_not("quick_replies.save", wrong).await, "error.placeholder");
    olga.does("quick_replies.delete", json!({ "id": first["id"] })).await;
    assert_eq!(names(&olga.does("quick_replies.list", json!({})).await), ["ДА"]);
    world.stop().await;
}
