"""Quién responde por cada aporte, con qué correo y en qué teléfono (R108, R109)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from correo.actions import Destinatario
from directorio.models import Personal
from organizacion.models import Asignacion, Rol, Sistema

from .models import Aporte

CARGOS = (Personal.Cargo.COORDINADOR, Personal.Cargo.RESPONSABLE_TECNICO)
ROLES = (Rol.COORDINADOR, Rol.RESPONSABLE_TECNICO)


@dataclass(frozen=True)
class Responsable:
    nombre: str
    correo: str
    telefono: str
    clave: str
    tiene_cuenta: bool

    @property
    def destinatario(self) -> Destinatario:
        return Destinatario(self.correo, nombre=self.nombre, clave=self.clave)


@dataclass(frozen=True)
class Responden:
    """Los que responden por un aporte; ``correo_del_centro`` recibe el pedido si ninguno tiene correo."""

    personas: list[Responsable]
    correo_del_centro: str = ""

    @property
    def sin_correo(self) -> bool:
        return not any(persona.correo for persona in self.personas)

    @property
    def sin_cuenta(self) -> bool:
        return not any(persona.tiene_cuenta for persona in self.personas)

    @property
    def destinatarios(self) -> list[Destinatario]:
        if not self.sin_correo:
            return [persona.destinatario for persona in self.personas if persona.correo]
        return [Destinatario(self.correo_del_centro)] if self.correo_del_centro else []


def responsables_de(aportes: Iterable[Aporte]) -> dict[int, Responden]:
    """Por la llave de cada aporte, en dos consultas: titular y encargados con cuenta o, si nadie tiene una, el titular
    que figura en el directorio.
    """
    aportes = list(aportes)
    con_cuenta = _con_cuenta(aportes)
    del_directorio = _del_directorio(aportes)
    return {
        aporte.pk: Responden(
            con_cuenta.get(_llave(aporte)) or del_directorio.get(_llave(aporte), []),
            (aporte.centro.correo or "") if aporte.centro_id else "",
        )
        for aporte in aportes
    }


def sistemas_con_responsable():
    """Los que hoy tienen Responsable Técnico, con cuenta o en el directorio (R17)."""
    con_cuenta = Asignacion.objects.vigentes().filter(rol=Rol.RESPONSABLE_TECNICO, usuario__is_active=True)
    en_directorio = Personal.objects.vigentes().filter(cargo=Personal.Cargo.RESPONSABLE_TECNICO)
    return Sistema.objects.filter(Q(pk__in=con_cuenta.values("sistema")) | Q(pk__in=en_directorio.values("sistema")))


def _llave(fila) -> tuple[int | None, int | None]:
    """Del centro, o del sistema si no tiene centro."""
    return (fila.centro_id, None) if fila.centro_id else (None, fila.sistema_id)


def _de_estos(aportes) -> Q:
    centros = [aporte.centro_id for aporte in aportes if aporte.centro_id]
    sistemas = [aporte.sistema_id for aporte in aportes if aporte.sistema_id]
    return Q(centro__in=centros) | Q(centro__isnull=True, sistema__in=sistemas)


def _con_cuenta(aportes) -> dict:
    filas = Asignacion.objects.vigentes().filter(_de_estos(aportes), rol__in=ROLES, usuario__is_active=True)
    hallados = {}
    for asignacion in filas.select_related("usuario__personal").order_by("es_encargatura", "pk"):
        usuario = asignacion.usuario
        miembro = getattr(usuario, "personal", None)
        responsable = Responsable(
            str(usuario),
            usuario.email or (miembro.correo if miembro else ""),
            _telefono(miembro) if miembro else "",
            f"usuario:{usuario.pk}",
            tiene_cuenta=True,
        )
        suyos = hallados.setdefault(_llave(asignacion), [])
        if responsable not in suyos:
            suyos.append(responsable)
    return hallados


def _del_directorio(aportes) -> dict:
    hallados = {}
    for miembro in Personal.objects.vigentes().filter(_de_estos(aportes), cargo__in=CARGOS).order_by("pk"):
        responsable = Responsable(
            str(miembro), miembro.correo, _telefono(miembro), f"personal:{miembro.pk}", tiene_cuenta=False
        )
        hallados.setdefault(_llave(miembro), []).append(responsable)
    return hallados


def _telefono(miembro: Personal) -> str:
    anexo = f"anexo {miembro.anexo}" if miembro.anexo else ""
    return ", ".join(parte for parte in (miembro.telefono, anexo) if parte)
