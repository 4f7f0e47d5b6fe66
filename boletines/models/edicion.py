"""La edición de un mes como registro: sus pedidos, sus plazos y a quién se remitió (R105–R110)."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.dates import MONTHS

from comun.alcance import QuerySetConAlcance


class EdicionQuerySet(models.QuerySet):
    def del_mes(self, anio: int, mes: int):
        return self.filter(anio=anio, mes=mes)


class Edicion(models.Model):
    """El boletín de un mes. Su parte del MEF se escribe en la ``BoletinPage`` del mismo mes; las demás, en ``Aporte``.

    Los plazos quedan anotados al pedir: un feriado que se decreta después no los mueve sin que alguien lo decida.
    """

    anio = models.PositiveSmallIntegerField("año")
    mes = models.PositiveSmallIntegerField(
        "mes", choices=[(n, str(nombre).capitalize()) for n, nombre in MONTHS.items()]
    )
    pedida_en = models.DateTimeField("pedida", null=True, blank=True)
    # Lo que mostraban los gráficos el día en que se publicó: lo publicado no cambia (invariante 10).
    cifras = models.JSONField("cifras publicadas", default=dict, blank=True)
    remitida_en = models.DateTimeField("remitida a los centros", null=True, blank=True)
    remitida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="ediciones_remitidas"
    )
    ogti_en = models.DateTimeField("archivos enviados a la OGTI", null=True, blank=True)

    objects = EdicionQuerySet.as_manager()

    class Meta:
        verbose_name = "edición"
        verbose_name_plural = "ediciones"
        ordering = ["-anio", "-mes"]
        constraints = [models.UniqueConstraint(fields=["anio", "mes"], name="edicion_una_por_mes")]

    def __str__(self):
        return f"Edición de {self.periodo}"

    @property
    def periodo(self):
        """«noviembre de 2026»."""
        return f"{str(MONTHS[self.mes]).lower()} de {self.anio}"

    @property
    def slug(self):
        """«2026-11»: el de su página."""
        return f"{self.anio}-{self.mes:02d}"

    @property
    def primer_dia(self) -> dt.date:
        return dt.date(self.anio, self.mes, 1)

    @property
    def mes_siguiente(self) -> dt.date:
        """Primer día del mes que anuncia."""
        return dt.date(self.anio + self.mes // 12, self.mes % 12 + 1, 1)


class RemisionQuerySet(QuerySetConAlcance):
    def por_difundir(self):
        return self.filter(difundida_en__isnull=True)


class Remision(models.Model):
    """La edición de un centro, entregada a él para que la difunda entre sus usuarios (R110)."""

    edicion = models.ForeignKey(Edicion, models.PROTECT, related_name="remisiones")
    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, related_name="remisiones_de_boletin")
    remitida_en = models.DateTimeField("remitida", auto_now_add=True)
    envio = models.OneToOneField(
        "correo.Envio", models.SET_NULL, null=True, blank=True, related_name="remision", verbose_name="envío"
    )
    difundida_en = models.DateTimeField("difundida", null=True, blank=True)
    difundida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # La envió Comunicaciones en nombre del centro, con el ajuste nacional encendido.
    por_delegacion = models.BooleanField("por delegación", default=False)

    objects = RemisionQuerySet.as_manager()

    class Meta:
        verbose_name = "remisión"
        verbose_name_plural = "remisiones"
        ordering = ["-edicion__anio", "-edicion__mes", "centro__nombre"]
        constraints = [models.UniqueConstraint(fields=["edicion", "centro"], name="remision_una_por_centro")]

    def __str__(self):
        return f"{self.edicion}, {self.centro}"
