"""Prestar un rol entre dos fechas: empieza y termina solo (``sincronizar_grupos_de_hoy``)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from organizacion.actions import sincronizar_grupos
from organizacion.models import ROLES_DE_CENTRO, ROLES_DE_SISTEMA, Asignacion, Centro, Rol, Usuario

UN_ANIO = dt.timedelta(days=366)
DA_CUENTAS = "organizacion.change_usuario"
# El de administrar solo lo da un superusuario; el de aliado es de otra entidad y no se presta.
NO_SE_PRESTAN = (Rol.ADMINISTRADOR, Rol.ALIADO)
# Quien responde uno solo por el lugar: no se encarga a dos a la vez.
DE_UNO_SOLO = (Rol.COORDINADOR, Rol.COORDINADOR_ADMINISTRATIVO, Rol.RESPONSABLE_TECNICO)
LLEVAN_SISTEMA = (*ROLES_DE_SISTEMA, Rol.ESPECIALISTA, Rol.IMPLANTADOR)


class EncargoImposible(Exception):
    """El rol no se puede encargar o terminar; el mensaje dice por qué y se muestra tal cual."""


def roles_que_encarga(por: Usuario) -> list[Rol]:
    """Los que ``por`` puede prestar: quien da cuentas, los de la tabla; un coordinador, solo el de Asistente (R26)."""
    if por.is_superuser:
        return [rol for rol in Rol if rol != Rol.ALIADO]
    if por.has_perm(DA_CUENTAS):
        return [rol for rol in Rol if rol not in NO_SE_PRESTAN]
    return [Rol.ASISTENTE] if centros_que_coordina(por) else []


def centros_que_coordina(por: Usuario) -> list[Centro]:
    return [a.centro for a in por.asignaciones_vigentes if a.rol == Rol.COORDINADOR]


def puede_encargar(por: Usuario, asignacion: Asignacion) -> bool:
    """Si ``por`` puede dar o terminar ese rol ahí. A una cuenta de superusuario solo la toca otra."""
    if asignacion.usuario.is_superuser and not por.is_superuser:
        return False
    if asignacion.usuario_id == por.pk or asignacion.rol not in roles_que_encarga(por):
        return False
    return por.has_perm(DA_CUENTAS) or asignacion.centro in centros_que_coordina(por)


@transaction.atomic
def encargar(*, asignacion: Asignacion, por: Usuario, request=None) -> Asignacion:
    """Guarda la encargatura, la anota y deja los grupos al día. Levanta ``EncargoImposible``."""
    asignacion.es_encargatura, asignacion.encargada_por = True, por
    # Dos a la vez sobre la misma persona esperan turno, y la segunda ve a la primera.
    Usuario.objects.select_for_update().get(pk=asignacion.usuario_id)
    if asignacion.usuario_id == por.pk:
        raise EncargoImposible("No puede encargarse un rol a sí mismo: pídaselo a otra persona.")
    if not puede_encargar(por, asignacion):
        raise EncargoImposible("Su rol no le permite dar ese encargo.")
    _comprobar(asignacion)
    try:
        asignacion.full_clean()
    except ValidationError as error:
        raise EncargoImposible(" ".join(error.messages)) from error
    asignacion.save()
    sincronizar_grupos(asignacion.usuario)
    anotar(accion="encargar rol", por=por, objeto=asignacion, detalle=_detalle(asignacion), request=request)
    return asignacion


def _comprobar(asignacion: Asignacion) -> None:
    if not asignacion.usuario.is_active:
        raise EncargoImposible("Su cuenta está cerrada: dele antes acceso.")
    if asignacion.desde < timezone.localdate():
        raise EncargoImposible("Un encargo no empieza antes de hoy.")
    if not asignacion.hasta or asignacion.hasta < asignacion.desde:
        raise EncargoImposible("Diga hasta qué día, que no puede ser anterior al primero.")
    if asignacion.hasta - asignacion.desde > UN_ANIO:
        raise EncargoImposible("Un encargo dura a lo más un año: después se renueva.")
    if asignacion.rol in ROLES_DE_CENTRO and not asignacion.centro_id:
        raise EncargoImposible("Elija el centro de este rol.")
    if asignacion.rol in LLEVAN_SISTEMA and not asignacion.sistema_id:
        raise EncargoImposible("Elija el sistema administrativo de este rol.")
    _comprobar_cruces(asignacion)


def _comprobar_cruces(asignacion: Asignacion) -> None:
    """Que no lo tenga ya, y que no lo tenga encargado otro si responde uno solo (R17)."""
    iguales = Asignacion.objects.iguales_a(asignacion).que_se_cruzan(asignacion.desde, asignacion.hasta)
    if suya := iguales.filter(usuario=asignacion.usuario_id).first():
        fin = f"hasta el {suya.hasta:%d/%m/%Y}" if suya.hasta else "sin fecha de fin"
        raise EncargoImposible(f"Ya tiene ese rol desde el {suya.desde:%d/%m/%Y}, {fin}.")
    otra = iguales.encargaturas().select_related("usuario").first()
    if otra and asignacion.rol in DE_UNO_SOLO:
        fechas = f"del {otra.desde:%d/%m/%Y} al {otra.hasta:%d/%m/%Y}" if otra.hasta else "sin fecha de fin"
        raise EncargoImposible(f"Ese rol ya está encargado a {otra.usuario} {fechas}: termine antes ese encargo.")


@transaction.atomic
def terminar_encargatura(*, asignacion: Asignacion, por: Usuario, request=None) -> None:
    """La termina hoy: ayer fue su último día, o se borra si no llegó a regir. Queda anotada."""
    asignacion = Asignacion.objects.select_for_update(of=("self",)).select_related("usuario").get(pk=asignacion.pk)
    if not asignacion.es_encargatura or asignacion.situacion == "pasada":
        raise EncargoImposible("Ese encargo ya terminó.")
    if not puede_encargar(por, asignacion):
        raise EncargoImposible("Su rol no le permite terminar ese encargo.")
    anotar(accion="terminar encargo", por=por, objeto=asignacion, detalle=_detalle(asignacion), request=request)
    if asignacion.desde >= timezone.localdate():
        asignacion.delete()
    else:
        asignacion.hasta = timezone.localdate() - dt.timedelta(days=1)
        asignacion.save(update_fields=["hasta"])
    sincronizar_grupos(asignacion.usuario)


def _detalle(asignacion: Asignacion) -> dict:
    return {
        "usuario": asignacion.usuario_id,
        "rol": asignacion.rol,
        "centro": asignacion.centro_id,
        "sistema": asignacion.sistema_id,
        "desde": str(asignacion.desde),
        "hasta": str(asignacion.hasta),
        "memorando": asignacion.memorando,
    }


def por_cese(*, rol: str, de: Usuario, a: Usuario, por: Usuario | None, dias: int = 90) -> int:
    """Encarga a ``a`` el ``rol`` que ``de`` deja, donde lo tenga hoy, mientras se nombra a otro; cuántos encargó."""
    hoy, cuantos = timezone.localdate(), 0
    for suya in de.asignaciones.vigentes().filter(rol=rol):
        if a.asignaciones.vigentes().iguales_a(suya).exists():
            continue
        nueva = Asignacion(usuario=a, rol=rol, centro=suya.centro, sistema=suya.sistema, desde=hoy)
        nueva.hasta, nueva.es_encargatura, nueva.encargada_por = hoy + dt.timedelta(days=dias), True, por
        nueva.motivo = f"Cese de {de}"[:200]
        _comprobar_cruces(nueva)
        nueva.save()
        anotar(accion="encargar rol", por=por, objeto=nueva, detalle=_detalle(nueva))
        cuantos += 1
    sincronizar_grupos(a)
    return cuantos
