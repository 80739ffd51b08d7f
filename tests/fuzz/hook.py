"""Notes in the file that WATCHED names each door that this process knocks at. Run by Python as it starts."""

import os
import sys

DOORS = (
    "open",
    "socket.connect",
    "socket.sendto",
    "socket.getaddrinfo",
    "socket.gethost",
    "subprocess.",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.system",
    "os.remove",
    "os.rename",
    "os.symlink",
    "os.link",
    "webbrowser.",
)
LOG = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def note(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith(DOORS):
        return
    what = arguments[1] if event.startswith("socket.c") or event == "socket.sendto" else arguments[0]
    if event == "open":
        if isinstance(what, int):
            return  # a file that is open
        if isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            event = "write"
        what = os.fspath(what)
    os.write(LOG, f"{event}\t{what!r}\n".encode("utf-8", "backslashreplace"))


sys.addaudithook(note)
