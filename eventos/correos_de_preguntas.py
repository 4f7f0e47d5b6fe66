"""Los dos correos de una pregunta: al centro, que responde a la persona; y a la persona, que su pregunta llegó."""

from correo.actions import Destinatario, poner_en_cola
from correo.plantillas import componer
from organizacion.models import AjustesPortal

from .enlaces import url_absoluta
from .models import Pregunta


def avisar_al_centro(pregunta: Pregunta) -> None:
    """Al responder ese correo se le escribe a la persona. Si nadie tiene correo, la pregunta espera en la bandeja."""
    if direccion := _correo_de(pregunta):
        _enviar(
            pregunta,
            "pregunta",
            Destinatario(direccion),
            responder_a=pregunta.correo,
            motivo="Lo recibe porque alguien preguntó a este centro desde el portal.",
            url_atender=url_absoluta("eventos_intranet:pregunta-atender", pregunta.pk),
        )


def dar_acuse(pregunta: Pregunta) -> None:
    _enviar(
        pregunta,
        "pregunta_acuse",
        Destinatario(pregunta.correo, nombre=pregunta.nombre),
        responder_a=_correo_de(pregunta),
        motivo="Lo recibe porque este correo se escribió al hacer una pregunta en el portal.",
    )


def _correo_de(pregunta) -> str:
    return (pregunta.centro.correo if pregunta.centro else "") or AjustesPortal.load().correo


def _enviar(pregunta, plantilla, destinatario, *, responder_a, **contexto) -> None:
    capacitacion = pregunta.capacitacion
    contexto |= {
        "pregunta": pregunta,
        "centro": pregunta.centro,
        "capacitacion": capacitacion,
        "url_capacitacion": url_absoluta("eventos:capacitacion", capacitacion.slug) if capacitacion else "",
    }
    poner_en_cola(
        clave=f"{plantilla}:{pregunta.pk}",
        **componer(f"eventos/correo/{plantilla}", contexto)._asdict(),
        destinatarios=[destinatario],
        responder_a=responder_a,
        centro=pregunta.centro,
    )
