"""Los secretos de los segundos factores se guardan cifrados: una copia de la base no basta para entrar."""

import base64
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _fernet(llaves: tuple[str, ...]) -> MultiFernet:
    derivadas = (sha256(f"acceso.cifrado:{llave}".encode()).digest() for llave in llaves)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derivada)) for derivada in derivadas])


def _actual() -> MultiFernet:
    """Con SECRET_KEY; las de SECRET_KEY_ANTERIORES siguen abriendo lo que cerraron."""
    return _fernet((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def cifrar(texto: str) -> str:
    return _actual().encrypt(texto.encode()).decode()


def descifrar(cifrado: str) -> str:
    return _actual().decrypt(cifrado.encode()).decode()
