"""El rol que deja quien se va: si otro lo tiene en el mismo lugar, sigue él; si no, se presta a quien se elija."""

import datetime as dt
from functools import partial

from django.db.models import BooleanField, Case, When
from django.utils import timezone

from comun.relevo import SE_QUEDA_IGUAL, Relevo
from organizacion.models import Asignacion, Usuario

from .encargaturas import prestar_por_cese, tomar_turno

DIAS = 90


def relevo_de_rol(clave: str, titulo: str, filas, *, rol: str, pueden: tuple) -> Relevo:
    """Lo que no es de una cuenta sino de quien tenga ``rol`` en el lugar; ``pueden``: los roles a que se les presta."""
    con = {"rol": rol, "pueden": pueden}
    return Relevo(
        clave, titulo, filas, partial(_candidatos, **con), partial(_pasar, **con), prever=partial(_prever, **con)
    )


def _que_deja(de: Usuario, rol: str):
    """Las de hoy, aunque su cuenta ya esté cerrada: así se reintenta un cese que falló."""
    return de.asignaciones.vigentes().filter(rol=rol).select_related("usuario", "centro", "sistema").order_by("pk")


def _con_rol(asignaciones, suya: Asignacion):
    """Las cuentas abiertas, menos la de quien se va, que tienen alguna de ``asignaciones``."""
    otras = asignaciones.exclude(usuario=suya.usuario_id).values("usuario")
    return Usuario.objects.filter(pk__in=otras, is_active=True).order_by("last_name", "pk")


def _lo_tienen(suya):
    return _con_rol(Asignacion.objects.vigentes().iguales_a(suya), suya)


def _podrian(suya, pueden):
    """Quienes hoy tienen alguno de esos roles ahí."""
    lugar = {"centro": suya.centro_id} if suya.centro_id else {"sistema": suya.sistema_id}
    return _con_rol(Asignacion.objects.vigentes().filter(rol__in=pueden, **lugar), suya)


def _candidatos(usuario, *, rol, pueden):
    """Primero quienes ya lo tienen y con ello no reciben ninguno (``lo_tiene``); donde alguien lo tiene, nadie más."""
    lo_tienen, otros = set(), set()
    for suya in _que_deja(usuario, rol):
        if tienen := _llaves(_lo_tienen(suya)):
            lo_tienen |= tienen
        else:
            otros |= _llaves(_podrian(suya, pueden))
    lo_tiene = Case(When(pk__in=lo_tienen - otros, then=True), default=False, output_field=BooleanField())
    cuentas = Usuario.objects.filter(pk__in=lo_tienen | otros).annotate(lo_tiene=lo_tiene)
    return cuentas.order_by("-lo_tiene", "last_name", "pk")


def _llaves(cuentas) -> set[int]:
    return set(cuentas.values_list("pk", flat=True))


def _hasta(suya, desde: dt.date) -> dt.date:
    """Noventa días, o hasta que empiece quien ya está designado."""
    fin = desde + dt.timedelta(days=DIAS)
    otras = Asignacion.objects.iguales_a(suya).exclude(usuario=suya.usuario_id).filter(desde__gt=desde)
    proxima = otras.order_by("desde").first()
    return min(fin, proxima.desde - dt.timedelta(days=1)) if proxima else fin


def _prever(*, de, a, desde, rol, pueden) -> str:
    dichas = [_como_queda(suya, a, desde, pueden) for suya in _que_deja(de, rol)]
    donde = " (cada rol, solo donde ya trabaje)" if a == "" and len(dichas) > 1 else ""
    return "; ".join(dichas) + donde


def _como_queda(suya, a, desde, pueden) -> str:
    if tienen := list(_lo_tienen(suya)):
        return f"{suya}: sigue con {', '.join(map(str, tienen))}, que ya tiene ese rol"
    hasta = f"{_hasta(suya, desde):%d/%m/%Y}"
    if a == "":
        return f"Quien elija recibirá el rol {suya} hasta el {hasta}, si el cese es hoy"
    if a is None or not _podrian(suya, pueden).filter(pk=a.pk).exists():
        return f"{suya}: {SE_QUEDA_IGUAL}"
    return f"{suya}: {a} recibe el rol hasta el {hasta}"


def _pasar(*, de, a, por, rol, pueden) -> str:
    """Presta el rol a ``a`` donde puede tenerlo y nadie más lo tiene. Dice cómo queda cada lugar."""
    hoy, dichas = timezone.localdate(), []
    for suya in _que_deja(de, rol):
        tomar_turno(suya)
        dichas.append(_como_queda(suya, a, hoy, pueden))
        if a and not _lo_tienen(suya).exists() and _podrian(suya, pueden).filter(pk=a.pk).exists():
            prestar_por_cese(suya=suya, a=a, por=por, hasta=_hasta(suya, hoy))
    return "; ".join(dichas)
