from __future__ import annotations

import pytest

from heard.confirming.models import ConfirmingInbox
from tests.cast import Network


@pytest.fixture
def messenger(messenger: Network) -> Network:
    """One that confirms."""
    ConfirmingInbox.objects.create(inbox=messenger.inbox, workspace_id=messenger.inbox.workspace_id, on=True)
    return messenger
