"""A quién se avisa de un cambio: por correo o, si no lo dio, por teléfono (R67)."""

from collections.abc import Iterable

from eventos.models import Capacitacion, Inscripcion, Llamada

from .llamada import poner_por_llamar

LARGO_DE_LA_NOTA = Llamada._meta.get_field("nota").max_length


def llamar_a_quien_no_tiene_correo(capacitacion: Capacitacion, asunto: str) -> int:
    """Pone por llamar, por ``asunto``, a cada persona inscrita que no dio correo; cuántas son."""
    filas = list(capacitacion.inscripciones.vigentes().filter(correo=""))
    return por_llamar(capacitacion, asunto, filas)


def por_llamar(capacitacion: Capacitacion, asunto: str, inscripciones: Iterable[Inscripcion], *, nota: str = "") -> int:
    """Las pone por llamar. A quien ya se llamó por un cambio anterior se le vuelve a llamar por este."""
    filas = list(inscripciones)
    suyas = Llamada.objects.filter(capacitacion=capacitacion, asunto=asunto, inscripcion__in=filas)
    pendiente = Llamada.Resultado.PENDIENTE
    suyas.exclude(resultado=pendiente).update(resultado=pendiente, llamada_en=None, llamada_por=None)
    poner_por_llamar(capacitacion=capacitacion, asunto=asunto, inscripciones=filas)
    if nota:
        suyas.update(nota=nota[:LARGO_DE_LA_NOTA])
    return len(filas)
