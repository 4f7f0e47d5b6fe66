"""Un solo correo a quien está inscrito en varias capacitaciones que se cancelan o se mueven a la vez."""

from collections.abc import Mapping, Sequence

from correo.actions import Adjunto, Destinatario, poner_en_cola
from correo.plantillas import componer
from organizacion.models import AjustesPortal

from . import ical
from .correos import RUTAS, lo_que_necesita, lugar_de
from .enlaces import token_de, url_absoluta
from .models import Inscripcion, Reprogramacion


def avisar_cancelaciones(inscripciones: Sequence[Inscripcion], *, por) -> None:
    """``inscripciones``: las de una persona, cada una en una capacitación recién cancelada."""
    renglones = [{"capacitacion": i.capacitacion, "razon": i.capacitacion.motivo_cancelacion} for i in inscripciones]
    _enviar("eventos/correo/varias_canceladas", inscripciones, renglones, por=por)


def avisar_cambios(
    inscripciones: Sequence[Inscripcion], *, cambios: Mapping[int, Reprogramacion | None], razon: str, por
) -> None:
    """``cambios``: cómo era cada capacitación antes de moverse, por su llave."""
    renglones = [
        {
            "capacitacion": inscripcion.capacitacion,
            "estado": inscripcion.estado,
            "antes": cambio.antes if (cambio := cambios.get(inscripcion.capacitacion_id)) else "",
            "url_propia": url_absoluta(RUTAS[inscripcion.estado], token_de(inscripcion)),
            **lo_que_necesita(inscripcion),
        }
        for inscripcion in inscripciones
    ]
    _enviar("eventos/correo/varias_reprogramadas", inscripciones, renglones, por=por, razon=razon)


def _enviar(plantilla, inscripciones, renglones, *, por, **contexto) -> None:
    """A la dirección que todas comparten. Una vez por persona y por cambio (la secuencia de la primera)."""
    primera = inscripciones[0]
    ultima = max(inscripciones, key=lambda fila: fila.pk)
    centro = primera.capacitacion.centro
    for renglon in renglones:
        renglon["sesiones"] = renglon["capacitacion"].sesiones.all()
    contexto |= {
        "nombres": ultima.nombres,
        "renglones": renglones,
        "cuales": f"{primera.capacitacion} y {len(renglones) - 1} más",
        "centro": centro,
        "url_calendario": url_absoluta("eventos:calendario"),
        "motivo": f"Lo recibe porque este correo se escribió al inscribirse en «{primera.capacitacion}» y otras.",
    }
    poner_en_cola(
        clave=f"inscripcion:{primera.pk}:en-bloque:{primera.capacitacion.secuencia}",
        **componer(plantilla, contexto)._asdict(),
        destinatarios=[
            Destinatario(ultima.correo, nombre=f"{ultima.nombres} {ultima.apellidos}", clave=f"inscripcion:{ultima.pk}")
        ],
        adjuntos=[_agenda(inscripciones)],
        responder_a=(centro and centro.correo) or AjustesPortal.load().correo,
        centro=centro,
        por=por,
    )


def _agenda(inscripciones) -> Adjunto:
    suyos = {fila.capacitacion_id: lugar_de(fila) for fila in inscripciones}
    contenido = ical.agenda([fila.capacitacion for fila in inscripciones], lugar_de=lambda c: suyos[c.pk])
    return Adjunto("capacitaciones.ics", "text/calendar; method=PUBLISH; charset=utf-8", contenido)
