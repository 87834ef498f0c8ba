from heard.forms.tests.conftest import ann as ann
from heard.forms.tests.conftest import incident as incident
from tests.visitors import plain_static as plain_static
