"""Where a request comes from, as far as that says who asks too often."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from heard.buckets.shared import count
from heard.env import env

MOST_OF_A_NETWORK = 5  # forms sent in a minute, to all processes together
MOST_TRIES = 20  # of one network in a minute, whatever came of them
MOST_OF_A_FORM = 30  # more than that is no Monday morning but a machine


def network_of(request: HttpRequest) -> str:
    """The visitor's address; of IPv6 the half that a provider gives to one household."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    trusted = env().proxy_count
    if trusted and len(hops) >= trusted:
        address = hops[-trusted]
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped:
            return str(read.ipv4_mapped)
        return str(ipaddress.ip_network((read, 64), strict=False))
    return str(read)


def too_many_from(request: HttpRequest) -> bool:
    """Counts this one."""
    return count(f"form-of-{network_of(request)}") > MOST_OF_A_NETWORK


def tries_too_often(request: HttpRequest) -> bool:
    """Counts this one. Every try may bring files, and files take room before anything else is decided."""
    return count(f"form-tries-{network_of(request)}") > MOST_TRIES


def is_pressed(form_id: int) -> bool:
    """Is this form being flooded? Counts this one."""
    return count(f"form-{form_id}") > MOST_OF_A_FORM
