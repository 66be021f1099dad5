//! Two workspaces in one process share nothing.

use tests::{NETWORKS, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_shops_in_one_process_do_not_see_each_other() {
    let furniture = World::start_with(sandbox::Options {
        limits: false,
        ..Default::default()
    })
    .await;
    let flowers = furniture.beside().await;
    furniture.connect(&NETWORKS[0]).await;
    flowers.connect(&NETWORKS[1]).await;
    furniture.operator().sees_line(NETWORKS[0].channel, "online").await;
    flowers.operator().sees_line(NETWORKS[1].channel, "online").await;
    furniture.customer(NETWORKS[0].vendor, "Анна").writes("Диван").unwrap();
    furniture.customer(NETWORKS[1].vendor, "Дарья").writes("Букет").unwrap();
    furniture.operator().sees("Диван").await;
    flowers.operator().sees("Букет").await;
    assert_eq!(
        (
            furniture.operator().list().await.len(),
            flowers.operator().list().await.len()
        ),
        (1, 1)
    );
    flowers.stop().await;
    furniture.stop().await;
}
