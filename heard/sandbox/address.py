"""Where the sandbox is reached, for the links that it hands out."""

from __future__ import annotations


class Address:
    def __init__(self, url: str = "") -> None:
        self.url = url

    def seen(self, scheme: str, host: str) -> None:
        """Takes the address of the first caller when none was given at the start."""
        if not self.url and host:
            self.url = f"{scheme}://{host}"

    def below(self, path: str) -> str:
        return f"{self.url}/{path}"
