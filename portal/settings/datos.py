"""Dónde están los datos: la base (SQLite si no se dice otra cosa, ADR 0004) y la caché."""

import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # En disco de estado sólido leer salteado cuesta como leer seguido; con el 4 de fábrica, quien busca en un centro
    # recorre la tabla entera en vez de su índice (ADR 0033). Lo que diga DATABASE_URL va primero.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "")
_REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
_MEMORIA = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {
    "default": _REDIS if REDIS_URL else _MEMORIA,
    # Las páginas públicas van aparte: quien pida mil direcciones distintas no borra lo demás (ADR 0007).
    "publica": _REDIS | {"KEY_PREFIX": "publica"} if REDIS_URL else _MEMORIA | {"LOCATION": "publica"},
}
