"""Who asks, and whose page it is, as far as a stranger may know."""

from __future__ import annotations

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from heard.workspaces.models import Workspace


def company() -> str:
    """Only where there is one: otherwise the name would tell whose number somebody has guessed."""
    names = list(Workspace.objects.values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""


def ip_of(request: HttpRequest) -> str:
    """Behind as many proxies as the operator said there are; a header that they did not write counts nothing.

    Of IPv6 the half that a provider gives to one household: it has more addresses than we could count.
    """
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
