"""Las entidades que alguien escribió al inscribirse, para la lista de trabajo del directorio."""

from comun.entidades_escritas import Escrita, Fuente
from comun.registros import entidades_escritas

from .actions.entidades import vincular_entidad
from .models import Inscripcion


def _puede(usuario) -> bool:
    return usuario.has_perm("eventos.change_inscripcion")


def _abiertas():
    return Inscripcion.objects.vigentes().sin_entidad().filter(capacitacion__cerrada_en__isnull=True)


def _filas(usuario):
    """Las suyas cuya capacitación aún no cierra su expediente."""
    campos = ("pk", "entidad_texto", "entidad_distrito", "capacitacion__centro")
    for fila in _abiertas().propias(usuario).order_by("pk").values_list(*campos):
        yield Escrita(*fila)


def _vincular(*, llaves, entidad, por) -> int:
    # En orden: dos que vinculan a la vez no se traban.
    filas = _abiertas().propias(por).filter(pk__in=llaves).select_related("capacitacion").order_by("capacitacion", "pk")
    return vincular_entidad(inscripciones=filas, entidad=entidad, por=por)


entidades_escritas.append(Fuente("inscripciones", "inscripciones", _puede, _filas, _vincular))
