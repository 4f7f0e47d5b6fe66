"""Producción: se niega a arrancar si falta lo que la hace segura (docs/operacion.md)."""

import os

from . import exigencias

exigencias.exigir(os.environ)

from .base import *  # noqa: E402, F403 - lo que falte se dice antes de que lo demás se lea

ALLOWED_HOSTS = exigencias.dominios(os.environ)
# Salvo que se diga otra cosa, nadie entra a la intranet con la contraseña sola.
SEGUNDO_FACTOR = os.environ.get("SEGUNDO_FACTOR") or "obligatorio"
# Al cambiar SECRET_KEY, la anterior se pone aquí: los enlaces de baja ya enviados deben seguir valiendo.
SECRET_KEY_FALLBACKS = exigencias.anteriores(os.environ)
DEBUG = False
SECURE_SSL_REDIRECT = os.environ.get("SIN_REDIRECCION_HTTPS") != "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Con «__Host-» el navegador rehúsa la que otro dominio de la misma institución quiera poner o que viaje sin TLS.
SESSION_COOKIE_NAME = "__Host-sesion"
CSRF_COOKIE_NAME = "__Host-csrftoken"
MENSAJES_COOKIE_NAME = "__Host-mensajes"
PREFIJO_DE_GALLETA = "__Secure-"
