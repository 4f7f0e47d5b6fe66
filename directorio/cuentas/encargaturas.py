"""Prestar un rol entre dos fechas: empieza y termina solo (``sincronizar_grupos_de_hoy``)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from organizacion.actions import sincronizar_grupos
from organizacion.models import (
    ROLES_DE_CENTRO,
    ROLES_DE_UNO_SOLO,
    ROLES_QUE_LLEVAN_SISTEMA,
    Asignacion,
    Centro,
    Rol,
    Sistema,
    Usuario,
)

UN_ANIO = dt.timedelta(days=366)
DA_CUENTAS = "organizacion.change_usuario"
A_SI_MISMO = "No puede encargarse un rol a sí mismo: pídaselo a otra persona."
# El de administrar solo lo da un superusuario; el de aliado es de otra entidad y no se presta.
NO_SE_PRESTAN = (Rol.ADMINISTRADOR, Rol.ALIADO)


class EncargoImposible(Exception):
    """El rol no se puede encargar o terminar; el mensaje dice por qué y se muestra tal cual."""


def tomar_turno(asignacion: Asignacion) -> None:
    """Quienes reparten roles en el mismo lugar esperan aquí, y el segundo ve lo que hizo el primero."""
    for modelo, llave in ((Centro, asignacion.centro_id), (Sistema, asignacion.sistema_id)):
        if llave:
            # Sin estorbar a las filas que solo apuntan a ese lugar.
            modelo.objects.select_for_update(no_key=True).get(pk=llave)


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
    # Dos a la vez sobre el mismo lugar o la misma persona esperan turno, y la segunda ve a la primera.
    tomar_turno(asignacion)
    Usuario.objects.select_for_update().get(pk=asignacion.usuario_id)
    if asignacion.usuario_id == por.pk:
        raise EncargoImposible(A_SI_MISMO)
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
    if problemas := problemas_de(asignacion):
        raise EncargoImposible(" ".join(problemas.values()))
    _comprobar_cruces(asignacion)


def problemas_de(asignacion: Asignacion) -> dict[str, str]:
    """Lo que impide el encargo por lo que dice él mismo: el campo y por qué. Sin «desde» no se miran las fechas."""
    desde, hasta, rol, problemas = asignacion.desde, asignacion.hasta, asignacion.rol, {}
    if desde and desde < timezone.localdate():
        problemas["desde"] = "Un encargo no empieza antes de hoy."
    if desde and (not hasta or hasta < desde):
        problemas["hasta"] = "Diga hasta qué día, que no puede ser anterior al primero."
    elif desde and hasta - desde > UN_ANIO:
        problemas["hasta"] = "Un encargo dura a lo más un año: después se renueva."
    if rol in ROLES_DE_CENTRO and not asignacion.centro_id:
        problemas["centro"] = "Elija el centro de este rol."
    if rol in ROLES_QUE_LLEVAN_SISTEMA and not asignacion.sistema_id:
        problemas["sistema"] = "Elija el sistema administrativo de este rol."
    return problemas


def _comprobar_cruces(asignacion: Asignacion) -> None:
    """Que no lo tenga ya, y que no lo tenga encargado otro si responde uno solo (R17)."""
    iguales = Asignacion.objects.iguales_a(asignacion).que_se_cruzan(asignacion.desde, asignacion.hasta)
    if suya := iguales.filter(usuario=asignacion.usuario_id).first():
        fin = f"hasta el {suya.hasta:%d/%m/%Y}" if suya.hasta else "sin fecha de fin"
        raise EncargoImposible(f"Ya tiene ese rol desde el {suya.desde:%d/%m/%Y}, {fin}.")
    otra = iguales.encargaturas().select_related("usuario").first()
    if otra and asignacion.rol in ROLES_DE_UNO_SOLO:
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


def prestar_por_cese(*, suya: Asignacion, a: Usuario, por: Usuario | None, hasta: dt.date) -> Asignacion:
    """Encarga a ``a``, desde hoy, el rol que deja quien se va. Quien llama vio que nadie más lo tenga ahí."""
    nueva = Asignacion(usuario=a, rol=suya.rol, centro=suya.centro, sistema=suya.sistema, hasta=hasta)
    nueva.es_encargatura, nueva.encargada_por, nueva.motivo = True, por, f"Cese de {suya.usuario}"[:200]
    nueva.save()
    sincronizar_grupos(a)
    anotar(accion="encargar rol", por=por, objeto=nueva, detalle=_detalle(nueva))
    return nueva
