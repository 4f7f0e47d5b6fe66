"""Pruebas: tareas inmediatas, correo en memoria, nada sale a la red."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import CACHES, DATABASES, STORAGES

SECRET_KEY = "solo-para-pruebas"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "correo"]}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = Path(tempfile.gettempdir()) / "conectamef-pruebas" / "media"
PRIVADO_ROOT = MEDIA_ROOT.parent / "privado"
STORAGES["privado"] = STORAGES["privado"] | {"OPTIONS": {"location": PRIVADO_ROOT, "base_url": None}}
SERVIR_MEDIA = True
SEGUNDOS_MINIMOS = 0
# Las fábricas no suben la versión pública: solo tests/portal/test_cache_publica.py guarda páginas.
CACHES = CACHES | {"publica": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

# Base de pruebas en archivo y no en memoria: las pruebas de carrera abren procesos y conexiones de verdad.
# PRUEBA distingue a quienes prueban a la vez en una misma máquina.
_nombre = "prueba" + os.environ.get("PRUEBA", "")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"conectamef-{_nombre}.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"conectamef_{_nombre}"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
