"""What a file is, told by its bytes; and a name for it that cannot mislead anybody."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import Final

from heard.images import image_type

UNKNOWN: Final = "application/octet-stream"
TEXT: Final = "text/plain"
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The first ending is the one that a file gets whose own says something else.
ENDINGS: Final = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov",),
    "video/3gpp": ("3gp",),
    "video/webm": ("webm",),
    "audio/mpeg": ("mp3",),
    "audio/mp4": ("m4a",),
    "audio/ogg": ("ogg", "oga", "opus"),
    "audio/wav": ("wav",),
    "audio/amr": ("amr",),
    "audio/aac": ("aac",),
    "application/pdf": ("pdf",),
    "application/zip": ("zip",),
    "application/msword": ("doc",),
    "application/vnd.ms-excel": ("xls",),
    "application/vnd.ms-powerpoint": ("ppt",),
    f"{_OPEN_XML}.wordprocessingml.document": ("docx",),
    f"{_OPEN_XML}.spreadsheetml.sheet": ("xlsx",),
    f"{_OPEN_XML}.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
    "text/csv": ("csv",),
    "text/calendar": ("ics",),
    "text/vcard": ("vcf",),
    TEXT: ("txt", "log", "md", "json"),
}
_STARTS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
)
_OFFICE: Final = {
    "word/": f"{_OPEN_XML}.wordprocessingml.document",
    "xl/": f"{_OPEN_XML}.spreadsheetml.sheet",
    "ppt/": f"{_OPEN_XML}.presentationml.presentation",
}
_OLD_OFFICE: Final = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
# Files that a computer runs when somebody opens them.
_RUN_BY_NAME: Final = frozenset(
    (
        *("ade", "adp", "apk", "app", "bat", "cab", "chm", "cmd", "com", "cpl", "dll", "dmg"),
        *("exe", "hta", "htm", "html", "ins", "iso", "jar", "js", "jse", "lnk", "mde", "msc"),
        *("msi", "msp", "mst", "php", "pif", "ps1", "py", "reg", "scr", "sct", "sh", "shtml"),
        *("svg", "swf", "sys", "vb", "vbe", "vbs", "vxd", "wsc", "wsf", "wsh", "xhtml"),
    )
)
_RUN_BY_BYTES: Final = (
    *(b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe"),
    *(
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"L\0\0\0\x01\x14\x02\0",
    ),
)
_AS_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html|<svg|<script)", re.IGNORECASE
)
_SEPARATORS: Final = re.compile(r"[/\\]")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LONGEST_NAME: Final = 120


def type_of(content: bytes, name: str = "") -> str:
    """The content type. The name only decides between kinds that begin with the same bytes."""
    head, ending = content[:32], _ending(name)
    if picture := image_type(head):
        return picture
    if known := next((kind for start, kind in _STARTS if head.startswith(start)), None):
        return known
    if head[4:8] == b"ftyp":
        return _of_iso_media(head[8:12])
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE0 == 0xE0:
        return "audio/aac" if head[1] & 0xF6 == 0xF0 else "audio/mpeg"
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(content)
    if head.startswith(_OLE):
        return _OLD_OFFICE.get(ending, UNKNOWN)
    return _of_text(content, ending)


def kind_of(content_type: str) -> str:
    """image · video · audio · file, as attachments are sorted."""
    family = content_type.partition("/")[0]
    return family if family in ("image", "video", "audio") else "file"


def can_be_run(content: bytes, name: str) -> bool:
    """Would a computer or a browser do what stands in it? Nobody sends such a file to a customer."""
    return (
        _ending(name) in _RUN_BY_NAME
        or content.startswith(_RUN_BY_BYTES)
        or _AS_PAGE.match(content[:1024]) is not None
    )


def clean_name(name: str, content_type: str) -> str:
    """One line, no folders, nothing invisible, and the ending that tells the truth."""
    name = unicodedata.normalize("NFC", _SEPARATORS.split(name)[-1])
    seen = "".join(" " if unicodedata.category(one) in _INVISIBLE else one for one in name)
    seen = re.sub(r'[<>:"|?*]', "_", " ".join(seen.split())).strip(". ")
    stem, dot, ending = seen.rpartition(".") if "." in seen else (seen, "", "")
    right = ENDINGS.get(content_type)
    if right is None:
        ending = ending if dot and ending.isalnum() and len(ending) <= 10 else "bin"
    elif ending.lower() not in right:
        stem, ending = stem if dot and len(ending) <= 5 else seen, right[0]
    stem = stem.strip(". ") or kind_of(content_type)
    return f"{stem[: _LONGEST_NAME - len(ending) - 1].rstrip('. ')}.{ending}"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _of_iso_media(brand: bytes) -> str:
    if brand.startswith(b"M4A"):
        return "audio/mp4"
    if brand.startswith(b"qt"):
        return "video/quicktime"
    return "video/3gpp" if brand.startswith(b"3g") else "video/mp4"


def _of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()[:200]
            if names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size <= 100:
                told = archive.read("mimetype").decode("ascii", "replace").strip()
                return told if told in ENDINGS else "application/zip"
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError):
        return UNKNOWN
    if "[Content_Types].xml" in names:
        return next(
            (kind for at, kind in _OFFICE.items() if any(n.startswith(at) for n in names)), "application/zip"
        )
    return "application/zip"


def _of_text(content: bytes, ending: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return UNKNOWN
    if "\x00" in text:
        return UNKNOWN
    if text.startswith("BEGIN:VCALENDAR"):
        return "text/calendar"
    if text.startswith("BEGIN:VCARD"):
        return "text/vcard"
    return "text/csv" if ending == "csv" else TEXT
