"""Lo que cada centro y cada Responsable Técnico aporta a una edición (R107–R109)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.validadores import validar_sin_control


class AporteQuerySet(QuerySetConAlcance):
    ruta_sistemas = "sistema"

    def de_centros(self):
        return self.filter(centro__isnull=False)

    def tecnicos(self):
        return self.filter(sistema__isnull=False)

    def propias(self, usuario):
        """También por el sistema: el aporte de un sistema es de su Responsable Técnico, no de un centro."""
        return self.en(self.alcance_para(usuario, self.acciones_propias))

    def por_entregar(self):
        """Los que alguien tiene que escribir: pedidos o devueltos."""
        return self.filter(estado__in=(Aporte.Estado.PEDIDO, Aporte.Estado.DEVUELTO))

    def que_faltan(self):
        """Los que nadie entregó ni Comunicaciones suplió con el borrador automático."""
        return self.por_entregar().filter(es_automatico=False)

    def por_llevar(self):
        """Lo entregado o suplido que todavía no se llevó a la edición."""
        listos = Q(estado=Aporte.Estado.ENTREGADO) | Q(es_automatico=True)
        return self.filter(listos, incorporado_en__isnull=True)

    def atrasados(self, en=None):
        return self.que_faltan().filter(plazo__lt=en or timezone.localdate())


class Aporte(models.Model):
    """La parte de un centro (editorial, actividades, programación y novedades, R107) o lo que un Responsable Técnico
    remite de su sistema (normas, disposiciones y noticias, R109). Es de un centro o de un sistema, nunca de los dos.
    """

    class Estado(models.TextChoices):
        PEDIDO = "pedido", "Pedido"
        ENTREGADO = "entregado", "Entregado"
        DEVUELTO = "devuelto", "Devuelto"

    class Situacion(models.TextChoices):
        """En qué está, como lo dice el tablero; se calcula, no se guarda."""

        PEDIDO = "pedido", "Pedido"
        BORRADOR = "borrador", "En borrador"
        DEVUELTO = "devuelto", "Devuelto"
        ENTREGADO = "entregado", "Entregado"
        AUTOMATICO = "automatico", "Borrador automático"
        INCORPORADO = "incorporado", "En la edición"

    edicion = models.ForeignKey("boletines.Edicion", models.PROTECT, related_name="aportes")
    centro = models.ForeignKey(
        "organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="aportes_de_boletin"
    )
    sistema = models.ForeignKey(
        "organizacion.Sistema", models.PROTECT, null=True, blank=True, related_name="aportes_de_boletin"
    )
    plazo = models.DateField("plazo")
    # La última vez que se pidió: al abrir la edición, al devolverlo o al ampliarle el plazo.
    pedido_en = models.DateTimeField("pedido", default=timezone.now)
    recordado_en = models.DateTimeField("último recordatorio", null=True, blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PEDIDO)
    editorial = models.TextField("editorial", blank=True, max_length=3000, validators=[validar_sin_control])
    # Lo que se está escribiendo (``boletines.borradores``). ``editorial`` y ``notas`` son lo entregado o lo automático:
    # escribir no cambia lo entregado, y el borrador automático no pisa lo que el centro tenía a medias.
    borrador = models.JSONField("borrador", null=True, blank=True)
    # Sube al guardar: quien abrió el formulario con otra no pisa lo que alguien guardó entretanto.
    version = models.PositiveIntegerField("versión", default=0)
    guardado_en = models.DateTimeField("guardado", null=True, blank=True)
    guardado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # Comunicaciones usó el borrador que sale de los datos porque el centro no contestó.
    es_automatico = models.BooleanField("automático", default=False)
    entregado_en = models.DateTimeField("entregado", null=True, blank=True)
    entregado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    observacion = models.CharField("observación al devolverlo", max_length=500, blank=True)
    # Cuándo Comunicaciones lo llevó a la edición.
    incorporado_en = models.DateTimeField("incorporado", null=True, blank=True)

    objects = AporteQuerySet.as_manager()

    class Meta:
        verbose_name = "aporte"
        verbose_name_plural = "aportes"
        ordering = ["-edicion__anio", "-edicion__mes", "centro__nombre", "sistema__orden"]
        constraints = [
            models.UniqueConstraint(
                fields=["edicion", "centro"], condition=Q(centro__isnull=False), name="aporte_uno_por_centro"
            ),
            models.UniqueConstraint(
                fields=["edicion", "sistema"], condition=Q(sistema__isnull=False), name="aporte_uno_por_sistema"
            ),
            models.CheckConstraint(
                condition=Q(centro__isnull=False, sistema__isnull=True) | Q(centro__isnull=True, sistema__isnull=False),
                name="aporte_de_centro_o_de_sistema",
            ),
        ]

    def __str__(self):
        return f"{self.de_quien}, {self.edicion.periodo}"

    @property
    def de_quien(self) -> str:
        return self.centro.nombre_completo if self.centro_id else str(self.sistema)

    @property
    def situacion(self) -> "Aporte.Situacion":
        if self.incorporado_en:
            return self.Situacion.INCORPORADO
        if self.estado == self.Estado.ENTREGADO:
            return self.Situacion.ENTREGADO
        if self.es_automatico:
            return self.Situacion.AUTOMATICO
        if self.estado == self.Estado.DEVUELTO:
            return self.Situacion.DEVUELTO
        return self.Situacion.BORRADOR if self.borrador else self.Situacion.PEDIDO

    @property
    def tiene_cambios_sin_entregar(self) -> bool:
        """Si se escribió después de la última entrega."""
        return bool(self.guardado_en and self.entregado_en and self.guardado_en > self.entregado_en)

    def falta(self) -> bool:
        return self.estado != self.Estado.ENTREGADO and not self.es_automatico

    def esta_atrasado(self, en=None) -> bool:
        return self.falta() and self.plazo < (en or timezone.localdate())


class NotaDeAporte(models.Model):
    """Una pieza de un aporte."""

    class Tipo(models.TextChoices):
        ACTIVIDAD = "actividad", "Actividad"
        NOVEDAD = "novedad", "Novedad"
        NOTICIA = "noticia", "Noticia"
        NORMA = "norma", "Norma"
        DISPOSICION = "disposicion", "Disposición"

    aporte = models.ForeignKey(Aporte, models.CASCADE, related_name="notas")
    tipo = models.CharField("tipo", max_length=12, choices=Tipo)
    titulo = models.CharField("título", max_length=120, validators=[validar_sin_control])
    fecha = models.DateField("fecha", null=True, blank=True)
    texto = models.TextField("texto", max_length=2000, blank=True)
    enlace = models.URLField("enlace", blank=True)
    imagen = models.ForeignKey("wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+")
    texto_alternativo = models.CharField("qué muestra la imagen", max_length=255, blank=True)
    # De dónde salió lo que el portal propuso; lo escrito a mano no tiene.
    capacitacion = models.ForeignKey("eventos.Capacitacion", models.SET_NULL, null=True, blank=True, related_name="+")
    orden = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "nota de un aporte"
        verbose_name_plural = "notas de un aporte"
        ordering = ["orden", "pk"]

    def __str__(self):
        return self.titulo

    def clean(self):
        if self.imagen_id and not self.texto_alternativo.strip():
            raise ValidationError({"texto_alternativo": "Escriba qué muestra la imagen: lo oye quien no puede verla."})
