"""El nombre que una importación le cambia a una entidad queda entre los anteriores, como al renombrarla (ADR 0031)."""

import datetime as dt

from django.utils import timezone

from comun.texto import normalizar
from directorio.models import NombreDeEntidad


def guardar_los_de_antes(renglones: list) -> None:
    """Hasta ayer se llamaban así. Corregir una tilde o una mayúscula no es llamarse de otro modo."""
    ayer, un_dia = timezone.localdate() - dt.timedelta(days=1), dt.timedelta(days=1)
    renombradas = _renombradas(renglones)
    anteriores = NombreDeEntidad.objects.filter(entidad_id__in=renombradas).order_by("hasta")
    ultimos = dict(anteriores.values_list("entidad_id", "hasta"))
    NombreDeEntidad.objects.bulk_create(
        NombreDeEntidad(
            entidad_id=pk,
            nombre=nombre,
            desde=ultimos[pk] + un_dia if pk in ultimos and ultimos[pk] < ayer else None,
            hasta=ayer,
        )
        for pk, nombre in renombradas.items()
    )


def quitar_los_guardados(renglones: list) -> None:
    """Al deshacer: el último que se guardó con ese nombre."""
    renombradas = _renombradas(renglones)
    suyos = NombreDeEntidad.objects.filter(entidad_id__in=renombradas).order_by("pk")
    ultimos = {(de, nombre): pk for pk, de, nombre in suyos.values_list("pk", "entidad_id", "nombre")}
    NombreDeEntidad.objects.filter(pk__in=filter(None, map(ultimos.get, renombradas.items()))).delete()


def _renombradas(renglones: list) -> dict[int, str]:
    """Entidad → su nombre de antes."""
    cambios = {renglon.objeto: renglon.cambios["nombre"] for renglon in renglones if "nombre" in renglon.cambios}
    return {pk: antes for pk, (antes, despues) in cambios.items() if normalizar(antes) != normalizar(despues)}
