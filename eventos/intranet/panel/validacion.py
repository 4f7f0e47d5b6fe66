"""Validar el contenido: lo hace el Responsable Técnico de cada sistema, un día hábil antes (R74, R75)."""

from django.urls import reverse

from eventos import permissions
from eventos.correos_de_validacion import responsables_de
from eventos.validaciones import color_de, plazo_de, situacion_de

from .paso import Boton, Estado, Mirada, Paso


def validacion(mirada: Mirada) -> Paso:
    capacitacion = mirada.capacitacion
    filas = list(capacitacion.validaciones.vigentes().select_related("sistema").prefetch_related("decisiones"))
    for fila in filas:
        fila.capacitacion = capacitacion
    pedidas = {fila.sistema_id for fila in filas}
    sin_pedir = [sistema for sistema in capacitacion.sistemas.all() if sistema.pk not in pedidas]
    return Paso(
        "validacion",
        "Validar el contenido",
        _estado(mirada, filas, sin_pedir),
        lineas=_lineas(mirada, filas, sin_pedir),
        faltas=_faltas(filas),
        botones=_botones(mirada, filas, sin_pedir),
        plantilla="eventos/intranet/panel/validacion.html" if filas else "",
        contexto={"filas": [(fila, situacion_de(fila), color_de(fila)) for fila in filas]},
    )


def _estado(mirada, filas, sin_pedir) -> Estado:
    if mirada.capacitacion.esta_cancelada:
        return Estado.NO_APLICA
    if any(fila.esta_atrasada(mirada.hoy) for fila in filas):
        return Estado.ATRASADO
    if any(fila.esta_devuelta for fila in filas) or _decide_alguna(mirada, filas):
        return Estado.TOCA
    return Estado.HECHO if filas and not sin_pedir and all(fila.esta_aprobada for fila in filas) else Estado.ESPERA


def _decide_alguna(mirada, filas) -> bool:
    return any(_la_decide(mirada, fila) for fila in filas)


def _la_decide(mirada, fila) -> bool:
    return fila.estado == fila.Estado.PENDIENTE and permissions.puede_validar(mirada.usuario, fila)


def _lineas(mirada, filas, sin_pedir) -> list[str]:
    capacitacion = mirada.capacitacion
    if capacitacion.esta_cancelada or not sin_pedir:
        return []
    nombres = ", ".join(str(sistema) for sistema in sin_pedir)
    lineas = [f"Sin pedir: {nombres}." if filas else "Aún no se pide."]
    if mirada.es_borrador:
        plazo = plazo_de(capacitacion)
        hasta = f" Debe estar aprobada a más tardar el {plazo:%d/%m/%Y}." if plazo else ""
        lineas.append(f"Se pide sola al publicar; puede pedirla antes.{hasta}")
    return lineas


def _faltas(filas) -> list[str]:
    """Lo que corregir, y los sistemas en que nadie puede decidir."""
    devueltas = [f"{fila.sistema}: {fila.ultima_decision.observacion}" for fila in filas if fila.esta_devuelta]
    pendientes = [fila.sistema for fila in filas if fila.estado == fila.Estado.PENDIENTE]
    huerfanas = [
        f"{sistema} no tiene Responsable Técnico: pida a la OGAUC que lo registre."
        for sistema in pendientes
        if not responsables_de(sistema)
    ]
    return devueltas + huerfanas


def _botones(mirada, filas, sin_pedir) -> list[Boton]:
    capacitacion = mirada.capacitacion
    botones = [
        Boton(f"Revisar {fila.sistema}", reverse("eventos_intranet:validacion", args=[fila.pk]))
        for fila in filas
        if _la_decide(mirada, fila)
    ]
    devueltas = any(fila.esta_devuelta for fila in filas)
    if (devueltas or sin_pedir) and permissions.puede_pedir_validacion(mirada.usuario, capacitacion):
        texto = "Volver a pedir la validación" if devueltas else "Pedir validación"
        botones.append(Boton(texto, reverse("eventos_intranet:validacion-pedir", args=[capacitacion.pk]), es_post=True))
    return botones
