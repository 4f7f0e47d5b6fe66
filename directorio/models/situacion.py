"""Lo que un centro sabe de una entidad antes de visitarla (R102): indicadores y temas de interés."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format

from comun.alcance import QuerySetConAlcance
from comun.validadores import validar_sin_control

SOLES = "S/"


class Indicador(models.Model):
    """Una medida de la gestión de una entidad o de su distrito: qué es y en qué unidad se dice."""

    class Ambito(models.TextChoices):
        ENTIDAD = "entidad", "De la entidad"
        DISTRITO = "distrito", "Del distrito"

    nombre = models.CharField("nombre", max_length=120, unique=True)
    unidad = models.CharField("unidad", max_length=30, help_text="Por ejemplo: %, S/, habitantes.")
    ambito = models.CharField("de qué es", max_length=8, choices=Ambito, default=Ambito.ENTIDAD)
    orden = models.PositiveSmallIntegerField("orden", default=100)
    esta_activo = models.BooleanField("en uso", default=True)

    class Meta:
        verbose_name = "indicador de gestión"
        verbose_name_plural = "indicadores de gestión"
        ordering = ["ambito", "orden", "nombre"]

    def __str__(self):
        return f"{self.nombre} ({self.unidad})"


class ValorDeIndicador(models.Model):
    """Cuánto midió un indicador en un periodo, según quién y cuándo se consultó."""

    indicador = models.ForeignKey(Indicador, models.PROTECT, related_name="valores")
    entidad = models.ForeignKey("directorio.Entidad", models.CASCADE, null=True, blank=True, related_name="valores")
    distrito = models.ForeignKey("organizacion.Distrito", models.CASCADE, null=True, blank=True, related_name="valores")
    periodo = models.CharField("periodo", max_length=20, help_text="Un año o un mes: 2026 o 2026-06.")
    valor = models.DecimalField("valor", max_digits=18, decimal_places=2)
    fuente = models.CharField("fuente", max_length=160, validators=[validar_sin_control])
    fecha = models.DateField("fecha de la fuente", default=timezone.localdate)
    anotado_en = models.DateTimeField("anotado", auto_now=True)
    anotado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "valor de un indicador"
        verbose_name_plural = "valores de indicadores"
        ordering = ["indicador", "-periodo"]
        constraints = [
            models.CheckConstraint(
                name="valor_de_entidad_o_distrito",
                condition=Q(entidad__isnull=True, distrito__isnull=False)
                | Q(entidad__isnull=False, distrito__isnull=True),
            ),
            models.UniqueConstraint(fields=["indicador", "entidad", "periodo"], name="valor_unico_de_entidad"),
            models.UniqueConstraint(fields=["indicador", "distrito", "periodo"], name="valor_unico_de_distrito"),
        ]

    def __str__(self):
        return f"{self.indicador}, {self.periodo}: {self.valor}"

    @property
    def cifra(self) -> str:
        """«S/ 86,900,029.28», «40 proyectos», «75.27 %»: con su unidad, y sin decimales si es entero."""
        unidad, entero = self.indicador.unidad, self.valor == int(self.valor)
        if unidad == SOLES:
            return f"{unidad}\u00a0{number_format(self.valor, 2, force_grouping=True)}"
        return f"{number_format(self.valor, 0 if entero else 2, force_grouping=True)} {unidad}"

    def clean(self):
        if self.fecha and self.fecha > timezone.localdate():
            raise ValidationError({"fecha": "La fecha de la fuente no puede ser futura."})


class TemaDeInteresQuerySet(QuerySetConAlcance):
    ruta_centro = "entidad__centro"
    ruta_sistemas = "sistema"
    permiso_de = "directorio.entidad"

    def por_atender(self):
        return self.filter(atendido_en__isnull=True)


class TemaDeInteres(models.Model):
    """Algo que la entidad pidió o en que necesita ayuda, por sistema administrativo (R102)."""

    entidad = models.ForeignKey("directorio.Entidad", models.CASCADE, related_name="temas")
    sistema = models.ForeignKey(
        "organizacion.Sistema", models.PROTECT, null=True, blank=True, related_name="temas", help_text="Vacío: otro."
    )
    texto = models.CharField("tema", max_length=200, validators=[validar_sin_control])
    recogido_en = models.DateField("recogido el", default=timezone.localdate)
    recogido_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    atendido_en = models.DateField("atendido el", null=True, blank=True)
    como = models.CharField("cómo se atendió", max_length=200, blank=True, validators=[validar_sin_control])

    objects = TemaDeInteresQuerySet.as_manager()

    class Meta:
        verbose_name = "tema de interés"
        verbose_name_plural = "temas de interés"
        ordering = ["sistema__orden", "-recogido_en", "-pk"]

    def __str__(self):
        return self.texto
