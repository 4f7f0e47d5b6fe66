"""Los comunicados que el centro aún no reenvió y los correos informativos sin enviar (R111, R112)."""

from django.urls import reverse

from boletines.models import CorreoDifundido
from boletines.permissions import difunde_en_todos, puede_difundir
from boletines.por_reenviar import nuevos_por_reenviar
from comun.templatetags.comun import fecha_media

from .asunto import Asunto, Linea, armar


def comunicados_nuevos(usuario) -> Asunto | None:
    """A quien difunde en un centro; Comunicaciones los publica, no los reenvía por él."""
    if not puede_difundir(usuario) or difunde_en_todos(usuario):
        return None
    return armar("Comunicados nuevos por reenviar", nuevos_por_reenviar(usuario), _comunicado, url=reverse("difusion"))


def _comunicado(fila):
    sistema = fila.sistema.nombre if fila.sistema else "General"
    return Linea(fila.title, reverse("difusion_reenviar", args=[fila.pk]), f"{fecha_media(fila.fecha)} · {sistema}")


def borradores_sin_enviar(usuario) -> Asunto | None:
    if not puede_difundir(usuario):
        return None
    suyos = CorreoDifundido.objects.propias(usuario).borradores().filter(creado_por=usuario)
    url = f"{reverse('difusion')}?ver=borradores"
    return armar("Correos informativos sin enviar", suyos, _borrador, url=url)


def _borrador(fila):
    url = reverse("difusion_editar", args=[fila.pk])
    return Linea(fila.asunto, url, f"Guardado el {fecha_media(fila.creado_en)}")
