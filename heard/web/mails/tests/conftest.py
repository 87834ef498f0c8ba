from tests.screen import of_bea as of_bea
from tests.visitors import plain_static as plain_static
