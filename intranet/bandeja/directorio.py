"""El directorio: lo que cada quien tiene sin verificar, lo que le propusieron y las campañas en curso (R114)."""

from django.urls import reverse

from comun.templatetags.comun import fecha_media
from directorio.campanias.avance import avance_de
from directorio.campanias.propuestas import las_que_resuelve
from directorio.frescura.clases import CLASES
from directorio.frescura.partes import partes_de
from directorio.frescura.tablero import cuentas_de
from directorio.models import Campania, Propuesta
from directorio.permissions import puede_hacer_campanias

from .asunto import Asunto, Linea, armar

A_LA_VISTA = 200


def propuestas(usuario) -> Asunto | None:
    """Una entidad se tomó el trabajo de responder: se mira pronto."""
    if not usuario.has_perm("directorio.change_propuesta"):
        return None
    filas = Propuesta.objects.propias(usuario).pendientes().con_lo_suyo()[:A_LA_VISTA]
    cuantas = len(las_que_resuelve(usuario, filas))
    if not cuantas:
        return None
    texto = "1 cambio propuesto" if cuantas == 1 else f"{cuantas} cambios propuestos"
    linea = Linea(texto, reverse("directorio_propuestas"), "Los enviaron las entidades por su enlace")
    return Asunto("Propuestas para el directorio", [linea])


def sin_verificar(usuario) -> Asunto | None:
    """Lo suyo que lleva más de seis meses sin verificar, por clase."""
    if not usuario.has_perm("directorio.view_cartera"):
        return None
    cuentas = cuentas_de(list(partes_de(usuario)))
    lineas = [_linea(CLASES[clave], *cuenta) for clave, cuenta in cuentas.items() if cuenta[1]]
    return Asunto("Su directorio, por verificar", lineas) if lineas else None


def _linea(clase, total, vencidos) -> Linea:
    url = reverse("mi_directorio", query={"ver": clase.clave})
    return Linea(f"{clase.titulo}: {vencidos} sin verificar hace 6 meses", url, f"De {total} que lleva")


def campanias(usuario) -> Asunto | None:
    """A quien las inicia: cuánto falta y hasta cuándo."""
    if not puede_hacer_campanias(usuario):
        return None
    abiertas = Campania.objects.propias(usuario).abiertas().order_by("vence_el")
    return armar("Campañas en curso", abiertas, _linea_de_campania, url=reverse("directorio_campanias"))


def _linea_de_campania(campania) -> Linea:
    avance = avance_de(campania.pedidos)
    detalle = f"{avance.hechos} de {avance.total} respondieron · hasta el {fecha_media(campania.vence_el)}"
    return Linea(campania.nombre, reverse("directorio_campania", args=[campania.pk]), detalle)
