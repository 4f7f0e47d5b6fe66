"""Quién importa y quién se lleva cada registro del directorio."""

from directorio.models import Importacion

from .campos import MODELOS


def _nombre(tipo: str) -> str:
    return MODELOS[tipo]._meta.model_name


def puede_importar(usuario, tipo: str) -> bool:
    """Agregar y cambiar de a muchas es lo de quien puede agregar y cambiar de a una."""
    nombre = _nombre(tipo)
    return usuario.has_perm(f"directorio.add_{nombre}") and usuario.has_perm(f"directorio.change_{nombre}")


def permiso_de_exportar(tipo: str) -> str:
    return f"directorio.exportar_{_nombre(tipo)}"


def puede_exportar(usuario, tipo: str) -> bool:
    return usuario.has_perm(permiso_de_exportar(tipo))


def tipos_de(usuario, puede=puede_importar) -> list[tuple[str, str]]:
    return [(tipo.value, tipo.label) for tipo in Importacion.Tipo if puede(usuario, tipo)]
