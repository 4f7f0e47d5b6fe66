"""El correo con el enlace de asistencia de una sesión virtual: uno por persona, por la bandeja de salida."""

from collections.abc import Sequence

from correo.actions import Destinatario, poner_en_cola
from correo.plantillas import componer
from organizacion.models import AjustesPortal

from .enlaces import token_de_asistencia, url_absoluta
from .models import Capacitacion, EnlaceDeAsistencia, Sesion


def enviar(capacitacion: Capacitacion, sesion: Sesion, enlaces: Sequence[EnlaceDeAsistencia], *, clave: str) -> None:
    """Deja en la bandeja un envío con el enlace propio de cada quien. ``clave``: repetirla no envía otra vez."""
    centro = capacitacion.centro
    contexto = {
        "capacitacion": capacitacion,
        "sesion": sesion,
        "centro": centro,
        "cierra": enlaces[0].vence_en,
        "url_propia": "%URL_BAJA%",  # cada entrega la reemplaza por la suya (correo.mensaje.MARCAS)
        "motivo": f"Lo recibe porque este correo se escribió al inscribirse en «{capacitacion.titulo}».",
    }
    poner_en_cola(
        clave=f"asistencia:{sesion.pk}:{clave}",
        **componer("eventos/correo/enlace_de_asistencia", contexto)._asdict(),
        destinatarios=[_destinatario(enlace) for enlace in enlaces],
        responder_a=(centro and centro.correo) or AjustesPortal.load().correo,
        centro=centro,
    )


def _destinatario(enlace) -> Destinatario:
    inscripcion = enlace.inscripcion
    return Destinatario(
        inscripcion.correo,
        nombre=f"{inscripcion.nombres} {inscripcion.apellidos}",
        clave=f"inscripcion:{inscripcion.pk}",
        url_baja=url_absoluta("eventos:asistencia", token_de_asistencia(enlace)),
    )
