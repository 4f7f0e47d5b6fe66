from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.validadores import validar_sin_control

from .programa import PorCapacitacionQuerySet


class Expediente(models.Model):
    """El legajo de una capacitación (R92): sus anexos 4 a 8, en qué está cada uno y el PDF único que lo cierra."""

    capacitacion = models.OneToOneField("eventos.Capacitacion", models.PROTECT, related_name="expediente")
    archivo = models.OneToOneField(
        "custodia.ArchivoPrivado", models.PROTECT, null=True, blank=True, related_name="expediente"
    )
    folios = models.PositiveIntegerField("folios", null=True, blank=True)
    creado_en = models.DateTimeField("abierto", auto_now_add=True)
    # R90: al terminar el evento, los documentos pasan a la Asistente.
    recibido_en = models.DateTimeField("documentos recibidos", null=True, blank=True)
    recibido_de = models.CharField("quién los entregó", max_length=160, blank=True, validators=[validar_sin_control])
    recibido_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    cerrado_en = models.DateTimeField("cerrado", null=True, blank=True)
    cerrado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PorCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "expediente de capacitación"
        verbose_name_plural = "expedientes de capacitación"
        constraints = [
            models.CheckConstraint(
                name="expediente_cerrado_con_archivo",
                condition=Q(cerrado_en__isnull=True) | Q(archivo__isnull=False, folios__isnull=False),
            )
        ]

    def __str__(self):
        return f"Expediente de {self.capacitacion}"


class PiezaDeExpediente(models.Model):
    """Un documento del expediente: qué anexo es, en qué está y su archivo si se subió firmado o escaneado."""

    class Anexo(models.TextChoices):
        INVITACION = "4", "Anexo 4. Invitación"
        PROGRAMA = "5", "Anexo 5. Programa"
        REGISTRO = "6", "Anexo 6. Registro de participantes"
        ENCUESTA = "7", "Anexo 7. Encuestas"
        INFORME = "8", "Anexo 8. Informe del evento"

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        GENERADO = "generado", "Generado"
        FIRMADO = "firmado", "Firmado"
        ESCANEADO = "escaneado", "Escaneado"
        NO_APLICA = "no_aplica", "No aplica"

    class QuerySet(QuerySetConAlcance):
        permiso_de = "eventos.expediente"
        ruta_centro = "expediente__capacitacion__centro"
        ruta_sistemas = "expediente__capacitacion__sistemas"

    expediente = models.ForeignKey(Expediente, models.CASCADE, related_name="piezas")
    anexo = models.CharField("anexo", max_length=1, choices=Anexo)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDIENTE)
    motivo = models.CharField("por qué no aplica", max_length=200, blank=True)
    archivo = models.OneToOneField(
        "custodia.ArchivoPrivado", models.PROTECT, null=True, blank=True, related_name="pieza_de_expediente"
    )
    actualizada_en = models.DateTimeField("actualizada", auto_now=True)
    actualizada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = QuerySet.as_manager()

    class Meta:
        verbose_name = "pieza del expediente"
        verbose_name_plural = "piezas del expediente"
        ordering = ["anexo"]
        constraints = [models.UniqueConstraint(fields=["expediente", "anexo"], name="pieza_por_anexo")]

    def __str__(self):
        return f"{self.get_anexo_display()} – {self.get_estado_display()}"


class ParteDeExpediente(models.Model):
    """Un documento tal como entró al archivo que cerró el expediente: sus etiquetas, su SHA-256 y sus folios."""

    class QuerySet(QuerySetConAlcance):
        permiso_de = "eventos.expediente"
        ruta_centro = "expediente__capacitacion__centro"
        ruta_sistemas = "expediente__capacitacion__sistemas"

    expediente = models.ForeignKey(Expediente, models.CASCADE, related_name="partes")
    anexo = models.CharField("anexo", max_length=1, choices=PiezaDeExpediente.Anexo)
    titulo = models.CharField("título", max_length=200)
    archivo = models.OneToOneField(
        "custodia.ArchivoPrivado", models.PROTECT, related_name="parte_de_expediente", verbose_name="archivo"
    )
    desde = models.PositiveIntegerField("del folio")
    hasta = models.PositiveIntegerField("al folio")

    objects = QuerySet.as_manager()

    class Meta:
        verbose_name = "parte del expediente"
        verbose_name_plural = "partes del expediente"
        ordering = ["desde"]
        constraints = [
            models.CheckConstraint(name="parte_de_expediente_folios_en_orden", condition=Q(hasta__gte=F("desde")))
        ]

    def __str__(self):
        return self.titulo


class CierreAnulado(models.Model):
    """Un cierre que la OGAUC reabrió: el archivo de entonces se conserva, con el motivo (ADR 0016)."""

    class QuerySet(QuerySetConAlcance):
        permiso_de = "eventos.expediente"
        ruta_centro = "expediente__capacitacion__centro"
        ruta_sistemas = "expediente__capacitacion__sistemas"

    expediente = models.ForeignKey(Expediente, models.CASCADE, related_name="cierres_anulados")
    archivo = models.OneToOneField("custodia.ArchivoPrivado", models.PROTECT, related_name="cierre_anulado")
    folios = models.PositiveIntegerField("folios")
    cerrado_en = models.DateTimeField("cerrado")
    cerrado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    motivo = models.CharField("por qué se reabrió", max_length=255)
    reabierto_en = models.DateTimeField("reabierto", auto_now_add=True)
    reabierto_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = QuerySet.as_manager()

    class Meta:
        verbose_name = "cierre anulado"
        verbose_name_plural = "cierres anulados"
        ordering = ["-reabierto_en"]

    def __str__(self):
        return f"{self.expediente}, cerrado el {timezone.localtime(self.cerrado_en):%d/%m/%Y}"
