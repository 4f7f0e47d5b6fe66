from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from organizacion.models import Rol

from .capacitacion import Capacitacion
from .programa import PorCapacitacionQuerySet


def sistemas_que_valida(usuario) -> frozenset[int]:
    """Las llaves de los sistemas de que ``usuario`` es hoy Responsable Técnico, titular o encargado (R17, R74)."""
    if not usuario.is_authenticated or not usuario.is_active:
        return frozenset()
    asignaciones = usuario.asignaciones_vigentes
    return frozenset(a.sistema_id for a in asignaciones if a.rol == Rol.RESPONSABLE_TECNICO)


class ValidacionQuerySet(PorCapacitacionQuerySet):
    ruta_sistemas = "sistema"

    def vigentes(self):
        """Las que cuentan: de una capacitación que no se canceló y de un sistema que sigue siendo suyo."""
        suyos = Capacitacion.sistemas.through.objects
        es_suyo = suyos.filter(capacitacion=OuterRef("capacitacion"), sistema=OuterRef("sistema"))
        return self.exclude(capacitacion__estado=Capacitacion.Estado.CANCELADA).filter(Exists(es_suyo))

    def por_decidir(self, usuario):
        """Las pendientes de los sistemas en que ``usuario`` es hoy Responsable Técnico; el plazo más corto primero."""
        sistemas = sistemas_que_valida(usuario)
        filas = self.vigentes().pendientes().filter(sistema__in=sistemas, capacitacion__cerrada_en__isnull=True)
        return filas.order_by("vence_el", "pk")

    def pendientes(self):
        return self.filter(estado=Validacion.Estado.PENDIENTE)

    def por_corregir(self):
        return self.filter(estado=Validacion.Estado.DEVUELTA)

    def atrasadas(self, en=None):
        """Sin aprobar y con el plazo vencido en la fecha ``en``."""
        return self.exclude(estado=Validacion.Estado.APROBADA).filter(vence_el__lt=en or timezone.localdate())


class Validacion(models.Model):
    """La validación del contenido por el Responsable Técnico de un sistema (R74), con su plazo (R75)."""

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Por validar"
        APROBADA = "aprobada", "Aprobada"
        DEVUELTA = "devuelta", "Devuelta con observación"

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="validaciones")
    sistema = models.ForeignKey("organizacion.Sistema", models.PROTECT, related_name="validaciones")
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDIENTE)
    # El último día en que el contenido validado llega a tiempo al especialista: un día hábil antes (R75).
    vence_el = models.DateField("vence el", null=True, blank=True)
    # Resumen SHA-256 de lo que se aprobó: si los temas o los materiales cambian después, se nota.
    huella_contenido = models.CharField(max_length=64, blank=True, editable=False)
    pedida_en = models.DateTimeField("pedida", auto_now_add=True)
    pedida_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decidida_en = models.DateTimeField("decidida", null=True, blank=True)

    objects = ValidacionQuerySet.as_manager()

    class Meta:
        verbose_name = "validación de contenido"
        verbose_name_plural = "validaciones de contenido"
        ordering = ["vence_el", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["capacitacion", "sistema"], name="validacion_por_sistema"),
            models.CheckConstraint(
                name="validacion_decidida_con_fecha",
                condition=Q(estado="pendiente") | Q(decidida_en__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.capacitacion} – {self.sistema}"

    @property
    def esta_aprobada(self):
        return self.estado == self.Estado.APROBADA

    @property
    def esta_devuelta(self):
        return self.estado == self.Estado.DEVUELTA

    def esta_atrasada(self, en=None):
        """Sin aprobar y con el plazo vencido en la fecha ``en``."""
        return not self.esta_aprobada and self.vence_el is not None and self.vence_el < (en or timezone.localdate())

    @property
    def ultima_decision(self):
        """La más reciente, o ``None``; si hay varias filas, con ``decisiones`` ya traídas."""
        return next(iter(self.decisiones.all()), None)


class DecisionDeValidacion(models.Model):
    """Cada vez que un Responsable Técnico aprueba o devuelve el contenido; no se borra ni se cambia."""

    validacion = models.ForeignKey(Validacion, models.CASCADE, related_name="decisiones")
    resultado = models.CharField("resultado", max_length=10, choices=Validacion.Estado)
    observacion = models.TextField("observación", blank=True)
    tomada_en = models.DateTimeField("tomada", auto_now_add=True)
    tomada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "decisión de validación"
        verbose_name_plural = "decisiones de validación"
        ordering = ["-tomada_en", "-pk"]

    def __str__(self):
        return f"{self.get_resultado_display()} – {self.validacion}"
