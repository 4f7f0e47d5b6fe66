import re
from dataclasses import dataclass
from itertools import count

from django.db import models
from django.utils.functional import cached_property
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.bloques import PreguntasBlock

from .texto import sin_html

LARGO_DE_ANCLA = 60
# El espacio que deja una etiqueta al quitarse.
ANTES_DE_SIGNO = re.compile(r" (?=[.,;:)])")


@dataclass(frozen=True)
class Pregunta:
    """Una pregunta con su respuesta; ``ancla`` es su enlace directo dentro de la página."""

    ancla: str
    pregunta: str
    respuesta: object

    @property
    def texto(self) -> str:
        """La respuesta sin formato."""
        return ANTES_DE_SIGNO.sub("", " ".join(sin_html(self.respuesta.source).split()))


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

    @cached_property
    def secciones(self) -> list[tuple[str, list[Pregunta]]]:
        """Pares (tema, preguntas); las anclas no se repiten en la página."""
        usadas = set()
        return [
            (tema.value["titulo"], [_con_ancla(valor, usadas) for valor in tema.value["preguntas"]])
            for tema in self.temas
        ]

    @property
    def preguntas(self) -> list[Pregunta]:
        return [pregunta for _, suyas in self.secciones for pregunta in suyas]

    @property
    def datos_estructurados(self) -> dict:
        """FAQPage de schema.org."""
        return {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": pregunta.pregunta,
                    "acceptedAnswer": {"@type": "Answer", "text": pregunta.texto},
                }
                for pregunta in self.preguntas
            ],
        }


def _con_ancla(valor, usadas: set[str]) -> Pregunta:
    base = slugify(valor["pregunta"])[:LARGO_DE_ANCLA].strip("-") or "pregunta"
    ancla = next(a for n in count(1) if (a := base if n == 1 else f"{base}-{n}") not in usadas)
    usadas.add(ancla)
    return Pregunta(ancla, valor["pregunta"], valor["respuesta"])
