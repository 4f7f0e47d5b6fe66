"""Buscar en el rastro y decirlo en palabras."""

import datetime as dt
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from organizacion.models import Usuario

from .afectados import Afectado
from .models import Huella
from .nombres import nombres_de

USUARIOS = 50
ACCIONES_RECIENTES = 2000


def buscar_huellas(datos: dict, afectado: Afectado | None = None) -> QuerySet[Huella]:
    """Las que cumplen ``datos`` (de ``RastroForm``) y tratan de ``afectado``; las más nuevas primero."""
    huellas = Huella.objects.select_related("usuario").order_by("-ocurrida_en", "-pk")
    if afectado:
        huellas = huellas.filter(afectado.huellas())
    if quien := datos.get("usuario"):
        huellas = huellas.filter(_de_usuario(quien))
    if datos.get("accion"):
        huellas = huellas.filter(accion__icontains=datos["accion"])
    if datos.get("motivo"):
        huellas = huellas.filter(motivo__icontains=datos["motivo"])
    if datos.get("desde"):
        huellas = huellas.filter(ocurrida_en__gte=_comienzo(datos["desde"]))
    if datos.get("hasta"):
        huellas = huellas.filter(ocurrida_en__lt=_comienzo(datos["hasta"]) + dt.timedelta(days=1))
    return huellas


def _de_usuario(texto: str) -> Q:
    """Por el nombre de usuario que guardó la huella o por el nombre de la persona de esa cuenta."""
    cuentas = Usuario.objects.all()
    for palabra in texto.split()[:5]:
        cuentas = cuentas.filter(Q(first_name__icontains=palabra) | Q(last_name__icontains=palabra))
    return Q(usuario_nombre__icontains=texto) | Q(usuario__in=list(cuentas.values_list("pk", flat=True)[:USUARIOS]))


def _comienzo(fecha: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(fecha, dt.time.min))


def acciones_recientes() -> list[str]:
    """Para sugerir al escribir: las distintas entre las últimas, sin recorrer la tabla entera."""
    return sorted(set(Huella.objects.order_by("-ocurrida_en").values_list("accion", flat=True)[:ACCIONES_RECIENTES]))


def en_palabras(huellas: Iterable[Huella], para: Usuario) -> list[dict]:
    """Lo que la tabla muestra de cada huella a ``para``: quién, qué y sobre qué."""
    huellas = list(huellas)
    nombres = nombres_de(huellas, para)
    return [
        {
            "huella": huella,
            "quien": quien_lo_hizo(huella),
            "que": capfirst(huella.accion),
            "sobre": _sobre(huella, nombres.get((huella.modelo, huella.objeto), "")),
        }
        for huella in huellas
    ]


def quien_lo_hizo(huella: Huella) -> str:
    if huella.usuario:
        return str(huella.usuario)
    if huella.usuario_nombre:
        return f"{huella.usuario_nombre} (cuenta retirada)"
    return "Una persona, desde la web" if huella.ip else "El portal, solo"


def _sobre(huella: Huella, de_la_fila: str) -> str:
    """«Inscripción 12: Mamani, Rosa»; si la fila ya no está, sin su nombre, y si el modelo tampoco, el técnico."""
    if not huella.modelo:
        return ""
    try:
        nombre = capfirst(apps.get_model(huella.modelo)._meta.verbose_name)
    except (LookupError, ValueError):
        nombre = huella.modelo
    return f"{nombre} {huella.objeto}".strip() + (f": {de_la_fila}" if de_la_fila else "")


def detalle_en_palabras(huella: Huella) -> list[tuple[str, str]]:
    return [(capfirst(llave.replace("_", " ")), _texto(valor)) for llave, valor in huella.detalle.items()]


def _texto(valor) -> str:
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if isinstance(valor, list):
        return ", ".join(_texto(uno) for uno in valor) or "—"
    if isinstance(valor, dict):
        return "; ".join(f"{llave}: {_texto(uno)}" for llave, uno in valor.items()) or "—"
    return "—" if valor in (None, "") else str(valor)
