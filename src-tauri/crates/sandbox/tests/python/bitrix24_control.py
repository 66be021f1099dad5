"""What stands between a client of Bitrix24 and the sandbox: the vendor's names, a signature in the browser, its people."""

import os
import socket
from urllib.parse import parse_qs, urlsplit

from control import Control

PORTAL = "besedka.bitrix24.ru"


def lead_here(directory):
    """Every name of the vendor is this machine, its port 443 the sandbox's, its certificate signed by `tls_ca`."""
    os.environ["REQUESTS_CA_BUNDLE"] = os.environ["SSL_CERT_FILE"] = directory["tls_ca"]
    port = urlsplit(directory["bitrix24"]).port
    resolve = socket.getaddrinfo

    def resolved(host, asked, *rest, **named):
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name.endswith((".bitrix24.ru", ".bitrix24.tech")):
            host, asked = "127.0.0.1", port
        return resolve(host, asked, *rest, **named)

    socket.getaddrinfo = resolved


def signs_in(directory, user):
    """The administrator opens the portal's page and lets the application in; gives the code."""
    import requests

    page = f"https://{PORTAL}/oauth/authorize/"
    client_id = directory["bitrix24_client_id"]
    assert "Беседка" in requests.get(page, params={"client_id": client_id}, timeout=30).text
    form = {"client_id": client_id, "user": user}
    sent = requests.post(page, data=form, allow_redirects=False, timeout=30)
    return parse_qs(urlsplit(sent.headers["location"]).query)["code"][0]


class Desk(Control):
    """The people of the portal."""

    def __init__(self, directory):
        super().__init__(directory, "bitrix24")
        self.vendor, self.base = self.base, f"{directory['control']}/crms/bitrix24"

    def chats(self):
        return self.call("GET", "/chats")

    def does(self, manager, deed, **fields):
        return self.call("POST", f"/managers/{manager}/deeds", {"deed": deed, **fields})

    def account(self, change):
        base, self.base = self.base, self.vendor
        try:
            self.call("POST", "/account", {"change": change})
        finally:
            self.base = base
