"""What the tests of the agents' screen share."""

from tests.screen import counted_anew as counted_anew
from tests.screen import of_bea as of_bea
from tests.screen import of_cyril as of_cyril
from tests.screen import of_oto as of_oto
from tests.visitors import plain_static as plain_static
