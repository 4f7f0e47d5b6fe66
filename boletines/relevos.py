"""Lo que una persona tiene a su cargo en la difusión, y pasa a otra cuando se va (registro ``relevos``)."""

from comun.registros import relevos
from comun.relevo import Relevo
from directorio.cuentas.rol_que_deja import relevo_de_rol
from organizacion.models import Asignacion, Rol, Usuario

from .models import Aporte, CorreoDifundido
from .permissions import ROLES_QUE_DIFUNDEN


def aportes(usuario):
    """Los que entrega el Coordinador de ese centro (R108): pasan con su rol."""
    suyos = usuario.asignaciones.vigentes().filter(rol=Rol.COORDINADOR).values("centro")
    return Aporte.objects.por_entregar().filter(incorporado_en__isnull=True, centro__in=suyos)


def borradores(usuario):
    return CorreoDifundido.objects.borradores().filter(creado_por=usuario)


def _quien_difunde(usuario):
    """Quienes hoy difunden en alguno de sus centros."""
    centros = usuario.asignaciones.vigentes().filter(centro__isnull=False).values("centro")
    roles = Asignacion.objects.vigentes().filter(centro__in=centros, rol__in=ROLES_QUE_DIFUNDEN)
    return Usuario.objects.filter(pk__in=roles.values("usuario")).exclude(pk=usuario.pk).order_by("last_name", "pk")


def pasar_borradores(*, de, a, por):
    borradores(de).update(creado_por=a)


relevos.append(
    relevo_de_rol(
        "aportes",
        "Aportes al boletín por entregar",
        aportes,
        rol=Rol.COORDINADOR,
        pueden=(Rol.COORDINADOR_ADMINISTRATIVO, Rol.ESPECIALISTA, Rol.IMPLANTADOR),
    )
)
relevos.append(Relevo("borradores", "Correos sin enviar", borradores, _quien_difunde, pasar_borradores))
