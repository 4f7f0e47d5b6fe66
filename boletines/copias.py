"""A quiénes va la copia que los Lineamientos mandan dejar de cada comunicado y correo informativo (R111, R112).

La arma la regla, no quien escribe: la pantalla la muestra y no la deja cambiar, y al enviar se vuelve a calcular.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from correo.actions import Destinatario
from directorio.models import Personal
from organizacion.models import Asignacion, Centro, Rol

# En el orden en que se nombran.
CARGOS = (Rol.COORDINADOR, Rol.ESPECIALISTA, Rol.RESPONSABLE_TECNICO)
PIE = "Con copia: Coordinador de Centro, Especialistas y Responsables Técnicos."
PIE_NACIONAL = "Con copia: Coordinadores de Centro y Responsables Técnicos."


@dataclass(frozen=True)
class Copia:
    """Una persona y su cargo. Sin ``correo`` figura igual: se dice que no la recibirá."""

    nombre: str
    cargo: str
    correo: str


def copias_de(centro: Centro | None) -> list[Copia]:
    """El Coordinador de ``centro`` y su encargado, sus especialistas y el Responsable Técnico de cada ente rector.

    Junta el directorio del personal y los roles vigentes: un encargado puede no figurar en el directorio. ``None`` es
    un envío a todos los centros: el Coordinador de cada uno y los Responsables Técnicos.
    """
    copias, personas, direcciones = [], set(), set()
    for cargo in CARGOS:
        if centro is None and cargo == Rol.ESPECIALISTA:
            continue
        lugar = None if cargo == Rol.RESPONSABLE_TECNICO else centro
        for usuario, copia in (*_del_directorio(cargo, lugar), *_de_los_roles(cargo, lugar)):
            repetida = (usuario and usuario in personas) or (copia.correo and copia.correo in direcciones)
            if not repetida:
                copias.append(copia)
            personas.add(usuario)
            direcciones.add(copia.correo)
    return copias


def destinatarios_de(copias: Iterable[Copia]) -> list[Destinatario]:
    """Las que tienen correo, como las pide la bandeja de salida."""
    return [Destinatario(copia.correo, nombre=copia.nombre) for copia in copias if copia.correo]


def pie_de(centro: Centro | None) -> str:
    """Lo que el destinatario lee: los cargos y ninguna dirección."""
    return PIE if centro else PIE_NACIONAL


def _del_directorio(cargo, centro):
    """Pares (cuenta o ``None``, copia) del personal vigente."""
    filas = Personal.objects.vigentes().filter(cargo=cargo).select_related("centro", "sistema__organo", "usuario")
    if cargo != Rol.RESPONSABLE_TECNICO:
        filas = filas.filter(centro=centro) if centro else filas.filter(centro__esta_activo=True)
    for fila in filas.order_by("centro__nombre", "sistema__orden", "sistema__nombre", "apellidos"):
        correo = fila.correo or (fila.usuario.email if fila.usuario_id else "")
        yield fila.usuario_id, Copia(str(fila), _cargo(cargo, fila, con_centro=centro is None), correo.lower())


def _de_los_roles(cargo, centro):
    """Lo mismo de las cuentas con el rol vigente, propio o por encargatura."""
    filas = Asignacion.objects.vigentes().filter(rol=cargo, usuario__is_active=True)
    if cargo != Rol.RESPONSABLE_TECNICO:
        filas = filas.filter(centro=centro) if centro else filas.filter(centro__esta_activo=True)
    filas = filas.select_related("usuario__personal", "centro", "sistema__organo")
    for fila in filas.order_by("es_encargatura", "centro__nombre", "sistema__orden", "sistema__nombre", "pk"):
        personal = getattr(fila.usuario, "personal", None)
        correo = (personal.correo if personal else "") or fila.usuario.email
        rotulo = _cargo(cargo, fila, con_centro=centro is None) + (" (encargado)" if fila.es_encargatura else "")
        yield fila.usuario_id, Copia(str(personal or fila.usuario), rotulo, correo.lower())


def _cargo(cargo, fila, *, con_centro) -> str:
    """«Coordinador de Centro», «Especialista en Tesorería», «Responsable Técnico (DGPP, Presupuesto Público)»."""
    if cargo == Rol.RESPONSABLE_TECNICO:
        return f"Responsable Técnico ({fila.sistema.organo}, {fila.sistema})" if fila.sistema_id else cargo.label
    if cargo == Rol.ESPECIALISTA:
        return f"Especialista en {fila.sistema}" if fila.sistema_id else cargo.label
    return f"{cargo.label}, {fila.centro}" if con_centro else cargo.label
