"""Las pruebas de entrada y salida que define el ente rector (R89)."""

from django.urls import reverse

from eventos import permissions
from eventos.models import NotaDePrueba

from .paso import Boton, Estado, Mirada, Paso, cuantos


def pruebas(mirada: Mirada) -> Paso | None:
    """``None`` si no hay prueba y quien mira no la puede definir: no toda capacitación lleva."""
    capacitacion, usuario = mirada.capacitacion, mirada.usuario
    definidas = list(capacitacion.pruebas.definidas().select_related("sistema"))
    puede_definir = any(permissions.puede_definir_prueba(usuario, capacitacion, s) for s in capacitacion.sistemas.all())
    if not permissions.puede_ver_pruebas(usuario) or not (definidas or puede_definir):
        return None
    notas = _notas(definidas)
    return Paso(
        "pruebas",
        "Pruebas de entrada y salida",
        _estado(mirada, definidas, notas),
        lineas=_lineas(definidas, notas),
        botones=[_boton(capacitacion, definidas)],
    )


def _notas(definidas) -> dict[str, int]:
    momentos = NotaDePrueba.objects.filter(prueba__in=definidas).values_list("momento", flat=True)
    return {momento: list(momentos).count(momento) for momento in NotaDePrueba.Momento}


def _estado(mirada, definidas, notas) -> Estado:
    if mirada.capacitacion.esta_cancelada:
        return Estado.NO_APLICA
    if not definidas or not mirada.en_pie or not mirada.ya_empezo:
        return Estado.ESPERA
    if mirada.ya_termino:
        return Estado.HECHO if all(notas.values()) else Estado.TOCA
    return Estado.ESPERA if notas[NotaDePrueba.Momento.ENTRADA] else Estado.TOCA


def _lineas(definidas, notas) -> list[str]:
    if not definidas:
        return ["Aún no se define; es opcional."]
    sistemas = ", ".join(str(prueba.sistema) for prueba in definidas)
    partes = [f"{cuantos(n, 'nota', 'notas')} de {momento}" for momento, n in notas.items()]
    return [f"{sistemas}: {' y '.join(partes)}."]


def _boton(capacitacion, definidas) -> Boton:
    texto = "Notas y resultados" if definidas else "Definir la prueba"
    return Boton(texto, reverse("eventos_intranet:pruebas", args=[capacitacion.pk]))
