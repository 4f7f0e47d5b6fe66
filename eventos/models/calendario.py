from django.db import models
from django.shortcuts import redirect
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class CalendarioPage(Page):
    """Textos y lugar en el menú del calendario; las capacitaciones son registros y las muestran vistas (ADR 0001)."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    subpage_types = []
    max_count = 1

    class Meta:
        verbose_name = "calendario de capacitaciones"

    def get_url_parts(self, request=None):
        partes = super().get_url_parts(request)
        if partes is None:
            return None
        sitio, raiz, _ = partes
        return sitio, raiz, "/capacitaciones/"

    def serve(self, request, *args, **kwargs):
        return redirect("eventos:calendario")
