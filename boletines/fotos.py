"""Las fotos de los aportes: cada centro y cada sistema tiene su colección, y de ella elige."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from wagtail.images import get_image_model
from wagtail.models import Collection

from custodia.actions import anotar

from .models import Aporte

COLECCION = "Fotos del boletín"
A_ELEGIR = 60


def fotos_de(aporte: Aporte) -> list:
    """Las últimas que subió su centro o su sistema; las de otros no se eligen."""
    if (coleccion := _coleccion(aporte)) is None:
        return []
    return list(get_image_model().objects.filter(collection=coleccion).order_by("-created_at", "-pk")[:A_ELEGIR])


@transaction.atomic
def subir_foto(*, aporte: Aporte, contenido: bytes, titulo: str, texto_alternativo: str, por):
    """Guarda la foto, un JPEG ya leído con ``comun.subidas.leer_imagen``, en la colección de su centro o sistema."""
    titulo = titulo or f"Foto de {aporte.de_quien}"
    archivo = ContentFile(contenido, name=f"{slugify(titulo)[:60] or 'foto'}.jpg")
    foto = get_image_model().objects.create(
        title=titulo,
        description=texto_alternativo,
        file=archivo,
        collection=_coleccion(aporte, crear=True),
        uploaded_by_user=por,
    )
    anotar(accion="subir foto del boletín", por=por, objeto=foto, detalle={"aporte": aporte.pk})
    return foto


def _coleccion(aporte, *, crear=False) -> Collection | None:
    """«Fotos del boletín › CONECTAMEF Cusco»."""
    madre = Collection.get_first_root_node()
    if crear:  # de a uno, para que dos personas no creen la misma
        madre = Collection.objects.select_for_update().get(pk=madre.pk)
    for nombre in (COLECCION, aporte.de_quien):
        hija = madre.get_children().filter(name=nombre).first()
        if hija is None and not crear:
            return None
        madre = hija or madre.add_child(name=nombre)
    return madre
