from __future__ import annotations

from tests.visitors import plain_static as plain_static
