from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from comun.alcance import QuerySetConAlcance

from .programa import PorCapacitacionQuerySet


class PruebaQuerySet(PorCapacitacionQuerySet):
    ruta_sistemas = "sistema"

    def definidas(self):
        """Las que ya tienen preguntas."""
        return self.filter(Exists(PreguntaDePrueba.objects.filter(prueba=OuterRef("pk"))))


class Prueba(models.Model):
    """La prueba de entrada y salida que define el ente rector (R89): la misma al empezar y al terminar."""

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="pruebas")
    sistema = models.ForeignKey("organizacion.Sistema", models.PROTECT, related_name="pruebas")
    instrucciones = models.TextField("instrucciones", blank=True)
    definida_en = models.DateTimeField("definida", auto_now=True)
    definida_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PruebaQuerySet.as_manager()

    class Meta:
        verbose_name = "prueba"
        verbose_name_plural = "pruebas"
        ordering = ["sistema__orden", "pk"]
        constraints = [models.UniqueConstraint(fields=["capacitacion", "sistema"], name="prueba_por_sistema")]

    def __str__(self):
        return f"Prueba de {self.sistema}: {self.capacitacion}"

    @property
    def puntaje_maximo(self) -> int:
        return sum(pregunta.puntaje for pregunta in self.preguntas.all())

    @property
    def estructura(self) -> list:
        """Lo que decide una nota: cuánto vale cada pregunta y cuál es su alternativa correcta."""
        return [(p.puntaje, [a.es_correcta for a in p.alternativas.all()]) for p in self.preguntas.all()]


class PreguntaDePrueba(models.Model):
    prueba = models.ForeignKey(Prueba, models.CASCADE, related_name="preguntas")
    texto = models.TextField("pregunta")
    puntaje = models.PositiveSmallIntegerField("puntaje", default=1, validators=[MinValueValidator(1)])
    orden = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "pregunta de prueba"
        verbose_name_plural = "preguntas de prueba"
        ordering = ["orden", "pk"]

    def __str__(self):
        return self.texto


class AlternativaDePrueba(models.Model):
    pregunta = models.ForeignKey(PreguntaDePrueba, models.CASCADE, related_name="alternativas")
    texto = models.CharField("alternativa", max_length=300)
    es_correcta = models.BooleanField("correcta", default=False)
    orden = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "alternativa"
        verbose_name_plural = "alternativas"
        ordering = ["orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pregunta"], condition=Q(es_correcta=True), name="pregunta_con_una_alternativa_correcta"
            )
        ]

    def __str__(self):
        return self.texto


class NotaDePrueba(models.Model):
    """El puntaje que una persona sacó al entrar o al salir."""

    class Momento(models.TextChoices):
        ENTRADA = "entrada", "Entrada"
        SALIDA = "salida", "Salida"

    class QuerySet(QuerySetConAlcance):
        ruta_centro = "prueba__capacitacion__centro"
        ruta_sistemas = "prueba__sistema"

    prueba = models.ForeignKey(Prueba, models.PROTECT, related_name="notas")
    inscripcion = models.ForeignKey("eventos.Inscripcion", models.PROTECT, related_name="notas")
    momento = models.CharField("momento", max_length=8, choices=Momento)
    puntaje = models.PositiveSmallIntegerField("puntaje")
    maximo = models.PositiveSmallIntegerField("sobre")
    registrada_en = models.DateTimeField("registrada", auto_now=True)
    # Vacío: la contestó la propia persona por su enlace.
    registrada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = QuerySet.as_manager()

    class Meta:
        verbose_name = "nota de prueba"
        verbose_name_plural = "notas de prueba"
        constraints = [
            models.UniqueConstraint(fields=["prueba", "inscripcion", "momento"], name="nota_unica_por_momento"),
            models.CheckConstraint(name="nota_dentro_del_maximo", condition=Q(puntaje__lte=F("maximo"))),
        ]

    def __str__(self):
        return f"{self.inscripcion}: {self.puntaje} de {self.maximo}"
