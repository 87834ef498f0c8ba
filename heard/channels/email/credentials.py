"""What connects a mailbox."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from pydantic import Field, SecretStr, field_validator, model_validator

from heard.channels.contract import Credentials
from heard.channels.email.providers import provider_of
from heard.channels.words import N_

Security = Literal["TLS", "STARTTLS", "none"]
CarrierName = Literal["", "mailgun", "postmark", "sendgrid", "brevo", "amazon"]

# No quotes, no spaces, no brackets: what stands here ends up in headers and in commands of SMTP.
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.?[A-Za-z0-9-]+")


_PRINTABLE: Final = re.compile(r"[!-~]*")
SHORTEST_SECRET: Final = 16


class EmailCredentials(Credentials):
    account: str = Field(
        title=N_("E-mail address"),
        description=N_("Customers write to it, and answers come from it."),
        examples=["support@gmail.com"],
        max_length=200,
    )
    sender_name: str = Field(
        default="",
        title=N_("Name of the sender"),
        description=N_("Stands before the address, such as Acme Support."),
        max_length=100,
    )
    password: SecretStr = Field(
        default=SecretStr(""),
        title=N_("Password"),
        description=N_(
            "Google, Apple and Yahoo want an app password. Leave it empty after signing in there."
        ),
    )
    signature: str = Field(
        default="",
        title=N_("Signature"),
        description=N_("Stands below every answer."),
        max_length=2_000,
        json_schema_extra={"lines": 4},
    )
    quotes: bool = Field(
        default=True,
        title=N_("Repeat below an answer what it answers"),
        description=N_("As mail programs do. Customers see what it is about without looking for it."),
    )
    sent_folder: str = Field(
        default="",
        title=N_("Folder for copies of what was sent"),
        description=N_(
            "Such as Sent. Leave it empty with Google and Microsoft: they keep copies by themselves."
        ),
        max_length=200,
        json_schema_extra={"advanced": True},
    )
    user: str = Field(
        default="",
        title=N_("User name"),
        description=N_("May stay empty if it is the address."),
        json_schema_extra={"advanced": True},
    )
    imap_host: str = Field(
        default="",
        title=N_("IMAP server"),
        description=N_("May stay empty with large providers: Heard knows theirs."),
    )
    imap_port: int = Field(
        default=993,
        title=N_("IMAP port"),
        description=N_("993 with TLS, 143 with STARTTLS."),
        ge=1,
        le=65_535,
        json_schema_extra={"advanced": True},
    )
    imap_security: Security = Field(
        default="TLS",
        title=N_("IMAP security"),
        description=N_("Without any, the password is readable on the way."),
        json_schema_extra={"advanced": True},
    )
    smtp_host: str = Field(
        default="",
        title=N_("SMTP server"),
        description=N_("May stay empty with large providers: Heard knows theirs."),
    )
    smtp_port: int = Field(
        default=465,
        title=N_("SMTP port"),
        description=N_("465 with TLS, 587 with STARTTLS."),
        ge=1,
        le=65_535,
        json_schema_extra={"advanced": True},
    )
    smtp_security: Security = Field(
        default="TLS",
        title=N_("SMTP security"),
        description=N_("Without any, the password is readable on the way."),
        json_schema_extra={"advanced": True},
    )
    carrier: CarrierName = Field(
        default="",
        title=N_("Mail service that calls Heard"),
        description=N_("Brings mails by itself. The IMAP server may then stay empty."),
        json_schema_extra={"advanced": True},
    )
    carrier_secret: SecretStr = Field(
        default=SecretStr(""),
        title=N_("Secret of the mail service"),
        description=N_("Mailgun: its webhook signing key. Others: a long password that you make up."),
        json_schema_extra={"advanced": True},
    )
    carrier_key: SecretStr = Field(
        default=SecretStr(""),
        title=N_("API key of the mail service"),
        description=N_("Only Brevo needs it: attachments are fetched there."),
        json_schema_extra={"advanced": True},
    )
    folder: str = Field(
        default="INBOX",
        title=N_("Folder"),
        description=N_("Only mails in this folder become tickets."),
        max_length=200,
        json_schema_extra={"advanced": True},
    )
    plus_addresses: bool = Field(
        default=False,
        title=N_("The mailbox takes addresses with a plus"),
        description=N_(
            "Answers then come back to an address such as support+t1@, which finds the ticket best."
        ),
        json_schema_extra={"advanced": True},
    )
    trusted_hosts: str = Field(
        default="",
        title=N_("Names of your own mail servers"),
        description=N_("As they stand first in Authentication-Results. Their word proves who wrote a mail."),
        json_schema_extra={"advanced": True},
    )
    base_url: str = Field(
        default="",
        title=N_("Address of the network"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )
    provider: Literal["", "google", "microsoft"] = Field(
        default="",
        title=N_("Signed in at"),
        description=N_("Filled in by signing in."),
        json_schema_extra={"hidden": True},
    )
    client_id: str = Field(
        default="",
        title=N_("Client ID"),
        description=N_("Filled in by signing in."),
        json_schema_extra={"hidden": True},
    )
    client_secret: SecretStr = Field(
        default=SecretStr(""),
        title=N_("Client secret"),
        description=N_("Filled in by signing in."),
        json_schema_extra={"hidden": True},
    )
    access_token: SecretStr = Field(
        default=SecretStr(""),
        title=N_("Access token"),
        description=N_("Filled in by signing in."),
        json_schema_extra={"hidden": True},
    )
    refresh_token: SecretStr = Field(
        default=SecretStr(""),
        title=N_("Refresh token"),
        description=N_("Filled in by signing in."),
        json_schema_extra={"hidden": True},
    )

    @field_validator("account")
    @classmethod
    def _one_address(cls, address: str) -> str:
        address = address.strip()
        if not _ADDRESS.fullmatch(address):
            raise ValueError(N_("this is no e-mail address"))
        return address.lower()

    @model_validator(mode="before")
    @classmethod
    def _known_servers(cls, given: Any) -> Any:
        """What nobody filled in, by what the address's provider is known for."""
        if not isinstance(given, dict):
            return given
        known = provider_of(str(given.get("account", "")))
        if known is None:
            return given
        told = {name: value for name, value in given.items() if value not in ("", None)}
        if not told.get("imap_host"):
            told |= {"imap_host": known.imap, "imap_port": 993, "imap_security": "TLS"}
        if not told.get("smtp_host"):
            security = "TLS" if known.smtp_port == 465 else "STARTTLS"
            told |= {"smtp_host": known.smtp, "smtp_port": known.smtp_port, "smtp_security": security}
            told["plus_addresses"] = known.plus or bool(given.get("plus_addresses"))
        return {"trusted_hosts": " ".join(known.trusted), **told}

    @field_validator("carrier_secret", "carrier_key")
    @classmethod
    def _fits_into_a_header(cls, secret: SecretStr) -> SecretStr:
        text = secret.get_secret_value().strip()
        if not _PRINTABLE.fullmatch(text):
            raise ValueError(N_("it may have letters without accents, digits and signs, and no spaces"))
        return SecretStr(text)

    @model_validator(mode="after")
    def _reachable(self) -> EmailCredentials:
        if not self.smtp_host or not (self.imap_host or self.carrier):
            raise ValueError(N_("Heard does not know this provider: fill in the IMAP and the SMTP server"))
        # Without one, anybody could bring mails in anybody's name.
        if self.carrier and len(self.carrier_secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(N_("the secret of the mail service is missing or shorter than 16 letters"))
        return self

    @property
    def login(self) -> str:
        return self.user or self.account

    @property
    def signs_in(self) -> bool:
        """By a token of the provider instead of a password."""
        return bool(self.access_token.get_secret_value())

    @property
    def secrets(self) -> list[SecretStr]:
        mine = [self.password, self.client_secret, self.access_token, self.refresh_token]
        return [*mine, self.carrier_secret, self.carrier_key]

    @property
    def trusted(self) -> tuple[str, ...]:
        return tuple(self.trusted_hosts.replace(",", " ").split())
