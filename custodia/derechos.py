"""Qué se puede hacer con los datos de alguien: se muestra antes, con su porqué, y después se hace de una vez."""

from collections.abc import Iterable

from comun.expediente_personal import Efecto
from comun.registros import cancelaciones, rectificaciones

from .models import SolicitudDeDerechos

D = SolicitudDeDerechos.Derecho
CON_PAQUETE = (D.ACCESO, D.PORTABILIDAD)
CON_EFECTOS = (D.CANCELACION, D.OPOSICION)
# Lo que una persona puede pedir que se corrija, con su rótulo.
RECTIFICABLES = {
    "nombres": "Nombres",
    "apellidos": "Apellidos",
    "cargo": "Cargo",
    "correo": "Correo",
    "telefono": "Teléfono",
}


def efectos_de_rectificar(solicitud: SolicitudDeDerechos, cambios: dict[str, str]) -> list[Efecto]:
    """Las filas que cambiarían con ``cambios`` ({campo: valor nuevo}; lo vacío no cambia)."""
    cambios = {campo: valor for campo, valor in cambios.items() if campo in RECTIFICABLES and valor}
    return _reunir(f(solicitud.titular, cambios) for f in rectificaciones) if cambios else []


def efectos_de_cancelar(solicitud: SolicitudDeDerechos) -> list[Efecto]:
    """Qué se borra, anonimiza, bloquea o conserva; para una oposición, qué se deja de usar."""
    return _reunir(f(solicitud.titular, solicitud.derecho) for f in cancelaciones)


def _reunir(listas: Iterable[Iterable[Efecto]]) -> list[Efecto]:
    return [efecto for lista in listas for efecto in lista if efecto.cuantas]
