"""Lo que se ve antes de enviar un correo de difusión: qué dice, a cuántos llega, quiénes van en copia y qué revisar."""

import json
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from correo.plantillas import Mensaje
from correo.revision import Comprobacion, impedimentos, revisar
from organizacion.models import Centro, Usuario

from .copias import Copia, copias_de
from .difusion import componer_comunicado, componer_informativo
from .models import ComunicadoPage, CorreoDifundido
from .previas import direcciones_que_lo_tienen
from .segmentos import Segmento


@dataclass(frozen=True)
class Revision:
    """``nuevas``: direcciones a las que saldrá. ``ya_lo_tienen``: las que se saltan porque lo recibieron antes."""

    segmento: Segmento
    centro: Centro | None
    mensaje: Mensaje
    copias: list[Copia]
    comprobaciones: list[Comprobacion]
    nuevas: int
    ya_lo_tienen: int = 0
    sin_espera: bool = False

    @property
    def descripcion(self) -> str:
        return self.segmento.describir()

    @property
    def vista(self) -> str:
        """El HTML con las imágenes de donde se abrió la intranet, que puede no ser la dirección pública."""
        return self.mensaje.html.replace(f'src="{settings.URL_DEL_SITIO}/', 'src="/')

    @property
    def se_puede_enviar(self) -> bool:
        return bool(self.nuevas) and not impedimentos(self.comprobaciones)

    @property
    def reciben_copia(self) -> int:
        return sum(bool(copia.correo) for copia in self.copias)

    @property
    def huella(self) -> str:
        """Distinta si cambia lo que se iba a enviar o a cuántos: lo que sale es lo que se revisó."""
        partes = [self.segmento.a_json(), self.nuevas, list(self.mensaje)]
        return sha256(json.dumps(partes, sort_keys=True).encode()).hexdigest()[:32]


def revisar_reenvio(comunicado: ComunicadoPage, segmento: Segmento, usuario: Usuario) -> Revision:
    centro = _centro_de(segmento)
    mensaje = componer_comunicado(comunicado, centro=centro, por=usuario)
    nuevas = segmento.contar(usuario, salvo=direcciones_que_lo_tienen(comunicado))
    return Revision(
        segmento=segmento,
        centro=centro,
        mensaje=mensaje,
        copias=copias_de(centro),
        comprobaciones=comprobar(mensaje),
        nuevas=nuevas,
        ya_lo_tienen=segmento.contar(usuario) - nuevas,
    )


def revisar_informativo(correo: CorreoDifundido, segmento: Segmento, usuario: Usuario) -> Revision:
    mensaje = componer_informativo(correo, por=usuario)
    return Revision(
        segmento=segmento,
        centro=correo.centro,
        mensaje=mensaje,
        copias=copias_de(correo.centro),
        comprobaciones=comprobar(mensaje),
        nuevas=segmento.contar(usuario),
        sin_espera=segmento.es_de_un_centro(),
    )


def comprobar(mensaje: Mensaje) -> list[Comprobacion]:
    """La lista de lo que conviene revisar. Es el único sitio de Difusión que la pide."""
    return revisar(asunto=mensaje.asunto, texto=mensaje.texto, html=mensaje.html)


def _centro_de(segmento: Segmento) -> Centro | None:
    return Centro.objects.filter(pk=segmento.centro).first() if segmento.centro else None
