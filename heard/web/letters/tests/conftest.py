from tests.visitors import plain_static as plain_static
from tests.whole import collected as collected
from tests.whole import sandbox as sandbox
from tests.whole import site as site
