//! The sample of amoCRM's own documents.

use domain::At;

use crate::amocrm::amojo::signed;

#[test]
fn the_documented_sample_is_signed_as_documented() {
    let path = "/v2/origin/custom/f62a0162-46a7-430e-b06c-0ef798d76a21_52fd2a28-d2eb-4bd8-b862-a67934927b38/chats/\
                30477717-9f3c-4d3f-8101-60327e14dc48/history";
    let at = At::from_secs(1_670_929_200);
    let request = signed("fb50586ff7b68cd831fe0ef356345903f644c0d2", "GET", path, b"", at);
    assert_eq!(request.date, "Tue, 13 Dec 2022 11:00:00 +0000");
    assert_eq!(request.content_md5, "d41d8cd98f00b204e9800998ecf8427e");
    assert_eq!(request.signature, "2a2593df86235c44943a40ce35409d18bda5778c");
}
