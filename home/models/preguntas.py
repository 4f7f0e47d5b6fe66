from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.bloques import PreguntasBlock


class PreguntasFrecuentesPage(Page):
    """Preguntas frecuentes, agrupadas por tema."""

    resumen = models.CharField("resumen", max_length=255, blank=True)
    temas = StreamField(PreguntasBlock(), verbose_name="temas", default=list)

    content_panels = [*Page.content_panels, FieldPanel("resumen"), FieldPanel("temas")]
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    template = "home/preguntas_frecuentes_page.html"

    class Meta:
        verbose_name = "preguntas frecuentes"

    @property
    def texto_busqueda(self):
        return " ".join(self.temas.stream_block.get_searchable_content(self.temas))
