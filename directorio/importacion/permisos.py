"""Quién importa y quién se lleva cada registro del directorio."""

from comun.alcance import Alcance, alcance_de, solo_de_centro
from directorio.models import Importacion

from .campos import MODELOS


def _nombre(tipo: str) -> str:
    return MODELOS[tipo]._meta.model_name


def puede_importar(usuario, tipo: str) -> bool:
    """Agregar y cambiar de a muchas es lo de quien puede agregar y cambiar de a una."""
    nombre = _nombre(tipo)
    return usuario.has_perm(f"directorio.add_{nombre}") and usuario.has_perm(f"directorio.change_{nombre}")


def donde_importa(usuario, tipo: str) -> Alcance:
    """Los centros en que ``usuario`` lleva ese registro."""
    return solo_de_centro(alcance_de(usuario, f"directorio.change_{_nombre(tipo)}"))


def alcance_en(importacion: Importacion, usuario) -> Alcance:
    """Lo que ``importacion`` le deja tocar: una importación es de un centro, y nadie la usa para otro suyo."""
    alcance = donde_importa(usuario, importacion.tipo)
    if importacion.centro_id is None:
        return alcance
    es_suyo = alcance.nacional or importacion.centro_id in alcance.centros
    return Alcance(centros=frozenset([importacion.centro_id] if es_suyo else []))


def permiso_de_exportar(tipo: str) -> str:
    return f"directorio.exportar_{_nombre(tipo)}"


def puede_exportar(usuario, tipo: str) -> bool:
    return usuario.has_perm(permiso_de_exportar(tipo))


def tipos_de(usuario, puede=puede_importar) -> list[tuple[str, str]]:
    return [(tipo.value, tipo.label) for tipo in Importacion.Tipo if puede(usuario, tipo)]
