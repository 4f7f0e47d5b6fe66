"""Números correlativos por año: «SDP-2026-0001»."""

from django.db import IntegrityError, transaction
from django.utils import timezone

INTENTOS = 10


def crear_con_numero(modelo, prefijo: str, **datos):
    """Crea la fila con el número que sigue; si otra lo tomó a la vez, prueba el siguiente."""
    comienzo = f"{prefijo}-{timezone.localdate():%Y}-"
    ultima = modelo._base_manager.filter(numero__startswith=comienzo).order_by("-numero").first()
    siguiente = int(ultima.numero.removeprefix(comienzo)) + 1 if ultima else 1
    for numero in range(siguiente, siguiente + INTENTOS):
        try:
            with transaction.atomic():
                return modelo.objects.create(numero=f"{comienzo}{numero:04}", **datos)
        except IntegrityError:
            if not modelo._base_manager.filter(numero=f"{comienzo}{numero:04}").exists():
                raise
    raise IntegrityError(f"No hay un número libre después de {ultima}.")
