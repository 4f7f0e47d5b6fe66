import datetime as dt
import secrets
import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .convocatoria import clave_nueva
from .inscripcion import codigo_nuevo
from .programa import PorCapacitacionQuerySet


class DeEncuestaQuerySet(PorCapacitacionQuerySet):
    permiso_de = "eventos.respuestaencuesta"


class ItemEncuesta(models.TextChoices):
    """Preguntas del Anexo 7, en su orden. Las de EXPOSITOR se repiten por cada expositor."""

    APLICABILIDAD = "aplicabilidad", "Aplicabilidad del contenido en el trabajo"
    PROFUNDIDAD = "profundidad", "Profundidad del contenido"
    CASOS = "casos", "Utilidad de los casos prácticos"
    MATERIAL = "material", "Material proporcionado"
    CONOCIMIENTO = "conocimiento", "Conocimiento de la materia"
    METODO = "metodo", "Método de exposición y presentación"
    DUDAS = "dudas", "El expositor aclaró las dudas del participante"
    ACTITUD = "actitud", "Actitud del expositor"
    CONVOCATORIA = "convocatoria", "Convocatoria al evento"
    AMBIENTACION = "ambientacion", "Ambientación"
    PROYECCION = "proyeccion", "Calidad de la proyección"
    GENERAL = "general", "Satisfacción general con el evento"


ITEMS_CONTENIDO = (ItemEncuesta.APLICABILIDAD, ItemEncuesta.PROFUNDIDAD, ItemEncuesta.CASOS, ItemEncuesta.MATERIAL)
ITEMS_EXPOSITOR = (ItemEncuesta.CONOCIMIENTO, ItemEncuesta.METODO, ItemEncuesta.DUDAS, ItemEncuesta.ACTITUD)
ITEMS_LOGISTICA = (ItemEncuesta.CONVOCATORIA, ItemEncuesta.AMBIENTACION, ItemEncuesta.PROYECCION)
ITEMS_GENERAL = (ItemEncuesta.GENERAL,)

ESCALA = {1: "Insatisfecho", 2: "Poco satisfecho", 3: "Satisfecho", 4: "Muy satisfecho"}
# Con menos respuestas no se desglosa nada: se sabría quién contestó (invariante 6).
MINIMO_PARA_DESGLOSAR = 5
# Los días que la encuesta en línea queda abierta desde que el evento termina o se envía por correo.
DIAS_PARA_CONTESTAR = 7


def llave_al_azar() -> int:
    """Una llave que no crece con el orden de llegada: por él se sabría quién contestó primero (invariante 6)."""
    return secrets.randbelow(2**62)


class RespuestaEncuesta(models.Model):
    """Una encuesta contestada (Anexo 7). Anónima: llave al azar y fecha sin hora, sin lazo con la persona."""

    class Canal(models.TextChoices):
        PAPEL = "papel", "Papel"
        WEB = "web", "Web"

    clave = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    capacitacion = models.ForeignKey("eventos.Capacitacion", models.PROTECT, related_name="respuestas")
    fecha = models.DateField("fecha", default=timezone.localdate)
    canal = models.CharField("canal", max_length=10, choices=Canal, default=Canal.PAPEL)
    otros_temas = models.TextField("¿Qué otros temas se deberían dictar?", blank=True)
    recomendaciones = models.TextField("¿Qué recomendaría para mejorar el curso?", blank=True)

    objects = PorCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "respuesta de encuesta"
        verbose_name_plural = "respuestas de encuesta"

    def __str__(self):
        return f"Encuesta de {self.capacitacion}"


class Calificacion(models.Model):
    """El valor (1 a 4) que una respuesta da a una pregunta y, si es de expositor, a quién."""

    id = models.BigAutoField(primary_key=True, default=llave_al_azar, editable=False)
    respuesta = models.ForeignKey(RespuestaEncuesta, models.CASCADE, related_name="calificaciones")
    item = models.CharField("pregunta", max_length=15, choices=ItemEncuesta)
    expositor = models.ForeignKey(
        "eventos.Expositor", models.PROTECT, null=True, blank=True, related_name="calificaciones"
    )
    valor = models.PositiveSmallIntegerField("valor", validators=[MinValueValidator(1), MaxValueValidator(4)])

    class Meta:
        verbose_name = "calificación"
        verbose_name_plural = "calificaciones"
        constraints = [
            models.CheckConstraint(name="calificacion_de_1_a_4", condition=Q(valor__gte=1, valor__lte=4)),
            # Dos, porque en SQL dos nulos no se repiten y SQLite no sabe NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["respuesta", "item", "expositor"],
                condition=Q(expositor__isnull=False),
                name="calificacion_unica_por_expositor",
            ),
            models.UniqueConstraint(
                fields=["respuesta", "item"], condition=Q(expositor__isnull=True), name="calificacion_unica"
            ),
            models.CheckConstraint(
                name="calificacion_expositor_segun_pregunta",
                condition=Q(item__in=ITEMS_EXPOSITOR, expositor__isnull=False)
                | (~Q(item__in=ITEMS_EXPOSITOR) & Q(expositor__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.get_item_display()}: {self.valor}"


class BoletaDeEncuesta(models.Model):
    """Un permiso de un solo uso para contestar por web: solo se sabe si ya se usó, no quién lo usó (invariante 6)."""

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="boletas")
    # SHA-256 de lo que lleva el enlace; el enlace mismo no se guarda.
    huella = models.CharField(max_length=64, primary_key=True)
    esta_usada = models.BooleanField("usada", default=False)

    objects = DeEncuestaQuerySet.as_manager()

    class Meta:
        verbose_name = "boleta de encuesta"
        verbose_name_plural = "boletas de encuesta"

    def __str__(self):
        return "Usada" if self.esta_usada else "Sin usar"


class AplicacionDeEncuesta(models.Model):
    """Cómo se aplica en línea la encuesta de una capacitación: la pantalla de la sala, el correo y hasta cuándo."""

    capacitacion = models.OneToOneField("eventos.Capacitacion", models.CASCADE, related_name="aplicacion_de_encuesta")
    clave = models.CharField("clave de la sala", max_length=8, unique=True, default=codigo_nuevo, editable=False)
    sala_hasta = models.DateTimeField("la sala cierra", null=True, blank=True)
    enviada_en = models.DateTimeField("enviada por correo", null=True, blank=True)
    sin_correo = models.BooleanField("no enviarla por correo", default=False)
    # Con ella y la clave del servidor sale la boleta de cada quien; se borra al cerrar y nadie puede rehacerla.
    sal = models.CharField(max_length=40, default=clave_nueva, blank=True, editable=False)
    cerrada_en = models.DateTimeField("cerrada", null=True, blank=True)

    objects = DeEncuestaQuerySet.as_manager()

    class Meta:
        verbose_name = "aplicación de encuesta"
        verbose_name_plural = "aplicaciones de encuesta"
        constraints = [
            models.CheckConstraint(name="encuesta_cerrada_sin_sal", condition=Q(cerrada_en__isnull=True) | Q(sal="")),
        ]

    def __str__(self):
        return f"Encuesta en línea de {self.capacitacion}"

    def sala_abierta(self, en=None) -> bool:
        en = en or timezone.now()
        return self.cerrada_en is None and self.sala_hasta is not None and en < self.sala_hasta

    @property
    def en_curso(self) -> bool:
        """Si alguien todavía puede contestar en línea: mientras tanto no hay resultados que comparar."""
        return self.cerrada_en is None and bool(self.enviada_en or self.sala_hasta)

    @property
    def vence_el(self) -> dt.date:
        """El último día en que se puede contestar."""
        momentos = [momento for momento in (self.enviada_en, self.sala_hasta) if momento]
        fechas = [self.capacitacion.fecha_fin or timezone.localdate(), *map(timezone.localdate, momentos)]
        return max(fechas) + dt.timedelta(days=DIAS_PARA_CONTESTAR)

    def vencio(self) -> bool:
        return self.vence_el < timezone.localdate()
