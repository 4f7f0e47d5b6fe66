"""La versión de lo que el público ve: quien publica, reprograma o cancela la sube y la caché se renueva."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import F

from .models import VersionPublica

_del_pedido: ContextVar[int | None] = ContextVar("version_publica", default=None)


def version_publica() -> int:
    """El número vigente: una consulta por llave primaria, o ninguna mientras se atiende una página pública."""
    version = _del_pedido.get()
    if version is None:
        version = VersionPublica.objects.filter(pk=1).values_list("numero", flat=True).first() or 0
    return version


@contextmanager
def version_del_pedido() -> Iterator[int]:
    """Lee la versión una sola vez para todo lo que arma una respuesta."""
    marca = _del_pedido.set(version_publica())
    try:
        yield _del_pedido.get()
    finally:
        _del_pedido.reset(marca)


def subir_version_publica() -> None:
    """Lo ya guardado en la caché pública deja de servirse. Dentro de una transacción, vale al confirmarse."""
    if not VersionPublica.objects.filter(pk=1).update(numero=F("numero") + 1):
        VersionPublica.objects.get_or_create(pk=1)
