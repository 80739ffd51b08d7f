"""Why an address gave no article."""

from __future__ import annotations

from typing import Final

SAVE: Final = "open it in a browser, save the page as .html and add the file"


class FetchError(Exception):
    """An address cannot be fetched. `remedy` says what a person can do about it.

    `again`: it may go better in a while, or after `wait` seconds if the server says so. `status` is the
    server's answer, if there was one.
    """

    def __init__(
        self,
        message: str,
        remedy: str = SAVE,
        *,
        again: bool = False,
        wait: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.again = again
        self.wait = wait
        self.status = status


class RefusedError(FetchError):
    """An address that is not spoken to at all, whatever stands there."""
