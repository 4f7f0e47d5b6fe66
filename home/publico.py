"""Qué cambia lo que el público ve fuera de las capacitaciones: al guardarlo, la caché pública se renueva (ADR 0007).

Las capacitaciones lo dicen en sus acciones. Lo de aquí lo guardan Wagtail y los registros, donde no hay una acción que
llame a ``subir_version_publica``: por eso se oye a las señales de Django y de Wagtail.
"""

from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from directorio.models import Personal
from organizacion.models import AjustesPortal, Centro, DiaNoLaborable, HorarioEspecial, Jurisdiccion, Organo, Sistema
from organizacion.publico import subir_version_publica

from .models import AvisoDeMural, Navegacion, Norma, Sinonimo

REGISTROS = (
    AjustesPortal,
    AvisoDeMural,
    Centro,
    DiaNoLaborable,
    HorarioEspecial,
    Jurisdiccion,
    Navegacion,
    Norma,
    Organo,
    PageViewRestriction,
    Personal,
    Redirect,
    Sinonimo,
    Sistema,
    get_document_model(),
    get_image_model(),
)


def cambio(**kwargs):
    """Recibe cualquiera de las señales de abajo."""
    subir_version_publica()


for _modelo in REGISTROS:
    post_save.connect(cambio, sender=_modelo)
    post_delete.connect(cambio, sender=_modelo)

# Guardar un borrador de página no cambia nada para el público; publicarlo, sí.
for _senal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    _senal.connect(cambio)
post_delete.connect(cambio, sender=Page)
