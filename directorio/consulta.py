"""El directorio institucional como árbol: los centros y la sede por órganos, con su personal en orden (R2, R114)."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from comun.busqueda import filtrar_por_texto
from directorio.models import Personal
from organizacion.models import Centro, Organo


@dataclass
class Rama:
    """Un órgano o un centro y su gente."""

    titulo: str
    sigla: str = ""
    centro: Centro | None = None
    personal: list[Personal] = field(default_factory=list)
    abierta: bool = False
    puede_imprimir: bool = False


def ramas(usuario, consulta: str = "") -> tuple[list[Rama], list[Rama]]:
    """Las de la sede y las de los centros. Con ``consulta``, solo las que tienen a alguien que responde, abiertas."""
    visibles = Personal.objects.a_la_vista_de(usuario)
    visibles = visibles.select_related("centro", "sistema__organo", "organo").por_cargo()
    if consulta:
        visibles = filtrar_por_texto(visibles, consulta)
    personal = list(visibles)
    sede = [*_por_organo(personal), *_sin_organo(personal)]
    centros = _por_centro(personal, usuario)
    if not consulta:
        return sede, centros
    con_alguien = [[rama for rama in grupo if rama.personal] for grupo in (sede, centros)]
    for rama in (*con_alguien[0], *con_alguien[1]):
        rama.abierta = True
    return con_alguien[0], con_alguien[1]


def _por_organo(personal) -> list[Rama]:
    hoy = timezone.localdate()
    vigentes = Organo.objects.filter(
        Q(desde__isnull=True) | Q(desde__lte=hoy), Q(hasta__isnull=True) | Q(hasta__gte=hoy)
    )
    orden = {tipo: n for n, tipo in enumerate((Organo.Tipo.OFICINA, Organo.Tipo.ENTE_RECTOR, Organo.Tipo.ALIADO))}
    return [
        Rama(organo.nombre, organo.sigla, personal=[p for p in personal if not p.centro_id and _organo(p) == organo.pk])
        for organo in sorted(vigentes, key=lambda organo: (orden[organo.tipo], organo.sigla))
    ]


def _organo(personal):
    return personal.organo_id or (personal.sistema.organo_id if personal.sistema_id else None)


def _sin_organo(personal) -> list[Rama]:
    sueltos = [p for p in personal if not p.centro_id and not _organo(p)]
    return [Rama("Otro personal de la sede", personal=sueltos)] if sueltos else []


def _por_centro(personal, usuario) -> list[Rama]:
    suyos = usuario.alcance.centros
    return [
        Rama(
            centro.nombre_completo,
            centro=centro,
            personal=[p for p in personal if p.centro_id == centro.pk],
            abierta=centro.pk in suyos,
        )
        for centro in sorted(Centro.objects.activos(), key=lambda centro: (centro.pk not in suyos, centro.nombre))
    ]
