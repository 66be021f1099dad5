"""A bot on vk_api, unchanged: long poll, send, upload, until somebody writes «стоп».

Arguments: base address, token, group id, path of a picture. The library has its host built in, so an adapter on its
session leads that host to the sandbox.
"""

import sys

import requests
import vk_api
from vk_api.bot_longpoll import VkBotEventType, VkBotLongPoll
from vk_api.utils import get_random_id


class ToSandbox(requests.adapters.HTTPAdapter):
    """Sends what is meant for `host` to `base`."""

    def __init__(self, host, base):
        super().__init__()
        self.host, self.base = host, base

    def send(self, request, **options):
        request.url = request.url.replace(self.host, self.base, 1)
        return super().send(request, **options)


def main(base, token, group_id, picture):
    session = vk_api.VkApi(token=token, api_version="5.199")
    session.http.mount("https://api.vk.ru", ToSandbox("https://api.vk.ru", base))
    vk = session.get_api()
    upload = vk_api.VkUpload(session)
    poll = VkBotLongPoll(session, group_id, wait=1)
    print("ready", flush=True)
    for event in poll.listen():
        if event.type != VkBotEventType.MESSAGE_NEW:
            continue
        peer, text = event.message.peer_id, event.message.text
        if text == "стоп":
            vk.messages.send(peer_id=peer, random_id=get_random_id(), message="До свидания")
            return
        if text == "фото":
            photo = upload.photo_messages(picture, peer_id=peer)[0]
            name = f"photo{photo['owner_id']}_{photo['id']}"
            vk.messages.send(peer_id=peer, random_id=get_random_id(), attachment=name)
        elif text == "документ":
            doc = upload.document_message(picture, title="Чертёж", peer_id=peer)["doc"]
            vk.messages.send(peer_id=peer, random_id=get_random_id(), attachment=f"doc{doc['owner_id']}_{doc['id']}")
        else:
            user = vk.users.get(user_ids=event.message.from_id, fields="city")[0]
            vk.messages.send(peer_id=peer, random_id=get_random_id(), message=f"{user['first_name']}: {text}")


if __name__ == "__main__":
    main(*sys.argv[1:3], int(sys.argv[3]), sys.argv[4])
