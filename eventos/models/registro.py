from django.conf import settings
from django.db import models
from django.utils import timezone

from comun.alcance import QuerySetConAlcance

from .convocatoria import clave_nueva
from .inscripcion import codigo_nuevo
from .programa import PorCapacitacionQuerySet


class PorSesionQuerySet(QuerySetConAlcance):
    ruta_centro = "sesion__capacitacion__centro"
    ruta_sistemas = "sesion__capacitacion__sistemas"


class DeAsistenciaQuerySet(PorSesionQuerySet):
    """Las hojas y los enlaces con que se toma."""

    permiso_de = "eventos.asistencia"


class HojaDeRegistro(models.Model):
    """Una hoja impresa del registro de participantes (Anexo 6), con su código y a quiénes lista."""

    sesion = models.ForeignKey("eventos.Sesion", models.CASCADE, related_name="hojas")
    codigo = models.CharField("código", max_length=8, unique=True, default=codigo_nuevo, editable=False)
    # Cada vez que se emite el registro. Las de antes siguen valiendo: puede haber papel firmado con ellas.
    emision = models.PositiveSmallIntegerField("emisión", default=1)
    numero = models.PositiveSmallIntegerField("hoja")
    inscripciones = models.ManyToManyField("eventos.Inscripcion", related_name="hojas", blank=True)
    emitida_en = models.DateTimeField("emitida", auto_now_add=True)
    emitida_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = DeAsistenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "hoja de registro"
        verbose_name_plural = "hojas de registro"
        ordering = ["sesion", "emision", "numero"]
        constraints = [models.UniqueConstraint(fields=["sesion", "emision", "numero"], name="hoja_unica_por_emision")]

    def __str__(self):
        return f"Hoja {self.numero} ({self.codigo})"

    def listadas(self):
        """Las inscripciones en el orden en que se imprimieron."""
        return [
            fila.inscripcion for fila in self.lineas().select_related("inscripcion__persona", "inscripcion__entidad")
        ]

    def lineas(self):
        return HojaDeRegistro.inscripciones.through.objects.filter(hojaderegistro=self).order_by("pk")


class Escaneo(models.Model):
    """El registro firmado de una sesión, escaneado o fotografiado, en un PDF en orden (R93, R94)."""

    sesion = models.ForeignKey("eventos.Sesion", models.PROTECT, related_name="escaneos")
    archivo = models.OneToOneField("custodia.ArchivoPrivado", models.PROTECT, related_name="escaneo")
    hojas = models.ManyToManyField(HojaDeRegistro, related_name="escaneos", blank=True)
    paginas = models.PositiveSmallIntegerField("páginas")
    subido_en = models.DateTimeField("subido", auto_now_add=True)
    subido_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PorSesionQuerySet.as_manager()

    class Meta:
        verbose_name = "registro escaneado"
        verbose_name_plural = "registros escaneados"
        ordering = ["sesion", "subido_en"]

    def __str__(self):
        return f"Registro de {self.sesion}"


class FirmaEnPantalla(models.Model):
    """El trazo de una firma hecha con el dedo, con su hora y su SHA-256; solo si el ajuste del portal la admite."""

    asistencia = models.OneToOneField("eventos.Asistencia", models.CASCADE, related_name="firma_en_pantalla")
    archivo = models.OneToOneField("custodia.ArchivoPrivado", models.PROTECT, related_name="firma_en_pantalla")
    firmada_en = models.DateTimeField("firmada")

    class Meta:
        verbose_name = "firma en pantalla"
        verbose_name_plural = "firmas en pantalla"

    def __str__(self):
        return f"Firma de {self.asistencia}"


class EnlaceDeAsistencia(models.Model):
    """El enlace de un solo uso y con vencimiento que vale por la firma en una sesión virtual."""

    inscripcion = models.ForeignKey("eventos.Inscripcion", models.CASCADE, related_name="enlaces_de_asistencia")
    sesion = models.ForeignKey("eventos.Sesion", models.CASCADE, related_name="enlaces_de_asistencia")
    clave = models.CharField(max_length=40, unique=True, default=clave_nueva, editable=False)
    vence_en = models.DateTimeField("vence")
    usado_en = models.DateTimeField("usado", null=True, blank=True)
    creado_en = models.DateTimeField("enviado", auto_now_add=True)

    objects = DeAsistenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "enlace de asistencia"
        verbose_name_plural = "enlaces de asistencia"
        constraints = [
            models.UniqueConstraint(fields=["inscripcion", "sesion"], name="enlace_de_asistencia_unico"),
        ]

    def __str__(self):
        return f"{self.inscripcion} – {self.sesion}"

    def se_puede_usar(self, en=None):
        return self.usado_en is None and (en or timezone.now()) < self.vence_en


class VistoBueno(models.Model):
    """El visto bueno que se puso en la papeleta de comisión de un participante (R85)."""

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="vistos_buenos")
    inscripcion = models.OneToOneField("eventos.Inscripcion", models.PROTECT, related_name="visto_bueno")
    papeleta = models.CharField("papeleta", max_length=60, blank=True, help_text="Su número, si lo tiene.")
    sellado_en = models.DateTimeField("sellado", auto_now_add=True)
    sellado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PorCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "visto bueno"
        verbose_name_plural = "vistos buenos"
        ordering = ["sellado_en"]

    def __str__(self):
        return f"Visto bueno a {self.inscripcion}"
