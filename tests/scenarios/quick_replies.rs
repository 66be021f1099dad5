//! Texts and files that are inserted instead of typed.

use serde_json::{Value, json};
use tests::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quick_reply_knows_the_client_and_brings_its_file() {
    let world = World::start_live().await;
    let olga = world.operator();
    let folder = olga
        .does("quick_reply_folders.save", json!({ "name": "Доставка" }))
        .await;
    let scheme = olga.uploads("Схема проезда.png", b"png").await;
    let text = "{contact.first_name}, адрес: Лесная, 14. Заказ {lead.id}, сумма {lead.budget|уточним}. {operator.phone|+7 900}";
    let reply = json!({
        "folder_id": folder["id"], "name": "адрес", "text": text, "shared": true,
        "files": [{ "from": "upload", "upload_id": scheme["upload_id"] }],
    });
    let saved = olga.does("quick_replies.save", reply.clone()).await;
    assert_eq!(
        olga.may_not("quick_replies.save", reply).await,
        "error.quick_reply_taken"
    );

    let marina = world.customer("vk", "Марина Соколова");
    for question in ["Где вы?", "Ещё раз, где?"] {
        marina.writes(question).unwrap();
        let talk = olga.sees(question).await;
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
