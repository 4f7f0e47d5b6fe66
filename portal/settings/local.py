"""El portal en una sola máquina, sin servicios: lo que arranca «make run»."""

from .base import *  # noqa: F403
from .base import VAR_DIR, es_cierto

VAR_DIR.mkdir(parents=True, exist_ok=True)
_llave = VAR_DIR / "llave"
if not _llave.exists():
    from django.core.management.utils import get_random_secret_key

    _llave.write_text(get_random_secret_key(), encoding="utf-8")

SECRET_KEY = _llave.read_text(encoding="utf-8")
DEBUG = es_cierto("DEBUG")
ALLOWED_HOSTS = ["*"]
SERVIR_MEDIA = True
