"""Producción: se niega a arrancar si falta lo que la hace segura (docs/operacion.md)."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS

for _nombre in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "URL_DEL_SITIO"):
    if not os.environ.get(_nombre):
        raise ImproperlyConfigured(f"Falta la variable de entorno {_nombre}: producción no arranca sin ella.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS no puede ser «*» en producción: nombre los dominios.")

# Al cambiar SECRET_KEY, la anterior se pone aquí: los enlaces de baja ya enviados deben seguir valiendo.
SECRET_KEY_FALLBACKS = [llave for llave in os.environ.get("SECRET_KEY_ANTERIORES", "").split(",") if llave]
DEBUG = False
SECURE_SSL_REDIRECT = os.environ.get("SIN_REDIRECCION_HTTPS") != "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
