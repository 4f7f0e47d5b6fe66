"""Lo que una persona tiene a su cargo en la difusión, y pasa a otra cuando se va (registro ``relevos``)."""

from comun.registros import relevos
from comun.relevo import Relevo
from directorio.cuentas.encargaturas import por_cese
from organizacion.models import Rol, Usuario

from .models import Aporte, CorreoDifundido
from .permissions import ROLES_QUE_DIFUNDEN


def aportes(usuario):
    """Los que entrega el Coordinador de ese centro (R108): pasan con el encargo de su rol."""
    suyos = usuario.asignaciones.vigentes().filter(rol=Rol.COORDINADOR).values("centro")
    return Aporte.objects.por_entregar().filter(incorporado_en__isnull=True, centro__in=suyos)


def _del_centro(usuario, roles):
    centros = usuario.asignaciones.vigentes().filter(centro__isnull=False).values("centro")
    cuentas = Usuario.objects.filter(asignaciones__centro__in=centros, asignaciones__rol__in=roles)
    return cuentas.exclude(pk=usuario.pk).order_by("last_name", "pk")


def _quien_coordina(usuario):
    return _del_centro(usuario, (Rol.COORDINADOR_ADMINISTRATIVO, Rol.ESPECIALISTA, Rol.IMPLANTADOR))


def pasar_aportes(*, de, a, por):
    cuantos = aportes(de).count()
    por_cese(rol=Rol.COORDINADOR, de=de, a=a, por=por)
    return cuantos


def borradores(usuario):
    return CorreoDifundido.objects.borradores().filter(creado_por=usuario)


def _quien_difunde(usuario):
    return _del_centro(usuario, ROLES_QUE_DIFUNDEN)


def pasar_borradores(*, de, a, por):
    return borradores(de).update(creado_por=a)


relevos.append(Relevo("aportes", "Aportes al boletín por entregar", aportes, _quien_coordina, pasar_aportes))
relevos.append(Relevo("borradores", "Correos sin enviar", borradores, _quien_difunde, pasar_borradores))
