"""A message as a file that a mail program opens as a draft (RFC 5322, `.eml`): nothing is sent, whoever opens it sends it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""What a form of a web page takes for an address (HTML, input of type email)."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: names and addresses of receiver and sender (an address may be empty), subject of one line, text of several."""

    to_name: str
    to_address: str
    subject: str
    text: str
    from_name: str = ""
    from_address: str = ""


def is_address(text: str) -> bool:
    """Whether a mail can be addressed to it."""
    return ADDRESS.fullmatch(text) is not None


def write_mail(mail: Mail) -> bytes:
    """The file. Without an address there is no line for it, and the mail program asks; `X-Unsent` makes it a draft in Outlook."""
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    if is_address(mail.from_address):
        message["From"] = Address(_one_line(mail.from_name), addr_spec=mail.from_address)
    if is_address(mail.to_address):
        message["To"] = Address(_one_line(mail.to_name), addr_spec=mail.to_address)
    message["Subject"] = _one_line(mail.subject)
    message["X-Unsent"] = "1"
    message.set_content("\n".join(_mild(line) for line in mail.text.splitlines()) + "\n", charset="utf-8")
    return message.as_bytes()


def _one_line(text: str) -> str:
    """A header holds one line: whatever would end it becomes a blank."""
    return " ".join(_mild(text).split())


def _mild(text: str) -> str:
    """Text without control characters and halves of characters."""
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)
