"""What gunicorn serves: Django with the one view."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.rivals.view_settings"
application = get_wsgi_application()
