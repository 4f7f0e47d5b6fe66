"""El informe del evento (Anexo 8, R91) y el expediente (R92)."""

from django.urls import reverse

from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.expediente import Estado as DeAnexo
from eventos.expediente import faltas_para_cerrar, lista_de_control
from eventos.informe import diferencias, partes_pendientes
from eventos.models import Informe

from .paso import Boton, Estado, Mirada, Paso, cuantos


def informe(mirada: Mirada) -> Paso:
    capacitacion = mirada.capacitacion
    guardado = Informe.objects.filter(capacitacion=capacitacion).select_related("capacitacion").first()
    presentado = guardado is not None and guardado.esta_presentado
    pendientes = partes_pendientes(capacitacion) if mirada.ya_termino and mirada.en_pie and not presentado else []
    return Paso(
        "informe",
        "Informe del evento",
        _estado_del_informe(mirada, presentado),
        lineas=_como_va(guardado, presentado),
        faltas=[f"Falta la parte de {expositor}." for expositor in pendientes],
        botones=_boton(mirada, "Ver el informe" if presentado else "Preparar el informe", "informe"),
    )


def _estado_del_informe(mirada, presentado) -> Estado:
    if presentado:
        return Estado.HECHO
    if mirada.capacitacion.esta_cancelada:
        return Estado.NO_APLICA
    return Estado.TOCA if mirada.en_pie and mirada.ya_termino else Estado.ESPERA


def _como_va(guardado, presentado) -> list[str]:
    if not presentado:
        return ["En preparación."] if guardado else []
    lineas = [f"Presentado el {fecha_media(guardado.presentado_en)}."]
    cambios = diferencias(guardado)
    return [*lineas, "Después cambiaron sus cifras: se muestran como diferencia."] if cambios else lineas


def expediente(mirada: Mirada) -> Paso:
    capacitacion = mirada.capacitacion
    if capacitacion.esta_cerrada:
        lineas = [f"Cerrado el {fecha_media(capacitacion.cerrada_en)}."]
        return Paso("expediente", "Expediente", Estado.HECHO, lineas=lineas, botones=_ver_expediente(mirada))
    if capacitacion.esta_cancelada:
        return Paso("expediente", "Expediente", Estado.NO_APLICA)
    if not (mirada.en_pie and mirada.ya_termino):
        return Paso("expediente", "Expediente", Estado.ESPERA)
    controles = lista_de_control(capacitacion)
    faltan = sum(control.estado == DeAnexo.PENDIENTE for control in controles)
    listo = not faltas_para_cerrar(capacitacion, controles)
    linea = "Están los Anexos 4 a 8: se puede cerrar." if listo else f"{cuantos(faltan, 'anexo', 'anexos')} por reunir."
    return Paso("expediente", "Expediente", Estado.TOCA, lineas=[linea], botones=_ver_expediente(mirada))


def _ver_expediente(mirada) -> list[Boton]:
    return _boton(mirada, "Ver el expediente", "expediente")


def _boton(mirada, texto, ruta) -> list[Boton]:
    puede = permissions.puede_ver_informe if ruta == "informe" else permissions.puede_ver_expediente
    if not puede(mirada.usuario) or not mirada.en_pie:
        return []
    return [Boton(texto, reverse(f"eventos_intranet:{ruta}", args=[mirada.capacitacion.pk]))]
