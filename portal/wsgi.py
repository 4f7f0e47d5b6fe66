"""Entrada WSGI: gunicorn portal.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.produccion")
application = get_wsgi_application()
