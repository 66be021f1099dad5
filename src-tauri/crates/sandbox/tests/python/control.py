"""The control interface of the sandbox in a few lines of the standard library."""

import json
import sys
import time
import urllib.request


class Control:
    """One vendor's people and trouble."""

    def __init__(self, directory, vendor):
        self.base = f"{directory['control']}/vendors/{vendor}"

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def person(self, first_name, **more):
        return Person(self, self.call("POST", "/people", {"first_name": first_name, **more}))

    def trouble(self, **order):
        self.call("POST", "/chaos", order)

    def mend(self):
        self.call("DELETE", "/chaos")


class Person:
    """A customer."""

    def __init__(self, control, card):
        self.control, self.id, self.chat = control, card["id"], card["chat"]

    def does(self, act, **fields):
        return self.control.call("POST", f"/people/{self.id}/{act}", fields)["messages"]

    def writes(self, text, **more):
        return self.does("write", text=text, **more)[0]

    def phone(self):
        chats = self.control.call("GET", f"/people/{self.id}/phone")
        return next((chat["messages"] for chat in chats if chat["chat"] == self.chat), [])

    def received(self):
        return [message for message in self.phone() if message["author"] is None]

    def sees(self):
        return [message["text"] for message in self.received()]


def directory():
    """What the sandbox wrote on its first line, given as the argument."""
    return json.loads(sys.argv[1])


def wait_for(what, condition, seconds=20):
    """Polls until the condition holds and gives what it gave."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"still waiting for {what}")
