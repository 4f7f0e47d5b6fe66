"""Campañas de actualización: a quién se le pidió corregir sus datos, y qué respondió (R114)."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comun.alcance import QuerySetConAlcance, alcance_de
from comun.validadores import validar_sin_control

from .contacto import correo_a_mano, telefono_a_mano


def clave_nueva() -> str:
    """32 caracteres al azar (192 bits) para un enlace personal."""
    return secrets.token_urlsafe(24)


class CampaniaQuerySet(QuerySetConAlcance):
    def para(self, usuario):
        """Las de su centro, las de todos los centros y la de otro que le pide algo a una entidad que ahora es suya."""
        alcance = alcance_de(usuario)
        if alcance.nacional:
            return self.all()
        if not alcance.centros:
            return self.none()
        piden = Pedido.objects.filter(centro__in=alcance.centros).values("campania")
        return self.filter(Q(centro__in=alcance.centros) | Q(centro__isnull=True) | Q(pk__in=piden.order_by()))

    def abiertas(self, en=None):
        return self.filter(cerrada_en__isnull=True, vence_el__gte=en or timezone.localdate())

    def por_cerrar(self, en=None):
        """Abiertas cuyo plazo ya pasó."""
        return self.filter(cerrada_en__isnull=True, vence_el__lt=en or timezone.localdate())


class Campania(models.Model):
    """Pide a entidades y operadores que revisen sus datos hasta una fecha; sin centro, la hace la sede en todos."""

    nombre = models.CharField("nombre", max_length=120, validators=[validar_sin_control])
    motivo = models.CharField("motivo", max_length=300, validators=[validar_sin_control])
    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="campanias")
    # Con qué se eligió: dict(a_quienes, tipos, provincias, sistemas, solo_vencidos).
    criterio = models.JSONField("criterio", default=dict, blank=True)
    vence_el = models.DateField("responder hasta")
    iniciada_en = models.DateTimeField("iniciada", auto_now_add=True)
    iniciada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    recordada_a_la_mitad = models.DateTimeField("primer recordatorio", null=True, blank=True, editable=False)
    recordada_al_final = models.DateTimeField("último recordatorio", null=True, blank=True, editable=False)
    cerrada_en = models.DateTimeField("cerrada", null=True, blank=True, editable=False)

    objects = CampaniaQuerySet.as_manager()

    class Meta:
        verbose_name = "campaña de actualización"
        verbose_name_plural = "campañas de actualización"
        ordering = ["-iniciada_en", "-pk"]

    def __str__(self):
        return self.nombre

    @property
    def termino_el(self) -> dt.date:
        """El último día en que se pudo responder: el de su plazo, o antes si la cerraron."""
        return min(self.vence_el, timezone.localdate(self.cerrada_en)) if self.cerrada_en else self.vence_el

    def esta_abierta(self, en: dt.date | None = None) -> bool:
        return self.cerrada_en is None and self.vence_el >= (en or timezone.localdate())


# Lo mismo que ``not pedido.se_fue``: el de la entidad, o el de un operador que sigue en ella.
SIGUE = Q(operador__isnull=True) | Q(operador__esta_activo=True, operador__entidad=F("entidad"))


class PedidoQuerySet(QuerySetConAlcance):
    def con_a_quien_llamar(self):
        """Con lo que preguntan ``correo_de_hoy``, ``telefono`` y ``autoridad_a_llamar``."""
        return self.select_related("entidad", "operador").prefetch_related(
            "entidad__contactos", "operador__contactos", "entidad__autoridades__contactos"
        )

    def pendientes(self):
        return self.filter(estado=Pedido.Estado.PENDIENTE)

    def que_faltan(self):
        """Los que ni respondieron por el enlace ni dieron el dato por teléfono, y siguen en su entidad."""
        return self.pendientes().exclude(llamada=Pedido.Llamada.DIO_EL_DATO).filter(SIGUE)

    def que_se_fueron(self):
        return self.pendientes().exclude(llamada=Pedido.Llamada.DIO_EL_DATO).exclude(SIGUE)

    def con_correo(self):
        return self.exclude(correo="")

    def sin_correo(self):
        return self.filter(correo="")


class Pedido(models.Model):
    """Lo que una campaña pide a una entidad, o a un operador de ella, con su propio enlace.

    El correo nunca dice quién es: el enlace de la entidad muestra lo de la entidad; el del operador, solo lo suyo.
    """

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Sin respuesta"
        CONFORME = "conforme", "Todo estaba bien"
        CORREGIDO = "corregido", "Envió correcciones"
        ANULADO = "anulado", "Enlace anulado"

    class Llamada(models.TextChoices):
        CONTESTO = "contesto", "Contestó"
        NO_CONTESTA = "no_contesta", "No contesta"
        DIO_EL_DATO = "dio_el_dato", "Pasó el dato"

    campania = models.ForeignKey(Campania, models.CASCADE, related_name="pedidos")
    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, related_name="+")
    entidad = models.ForeignKey("directorio.Entidad", models.PROTECT, related_name="pedidos")
    operador = models.ForeignKey("directorio.Operador", models.CASCADE, null=True, blank=True, related_name="pedidos")
    correo = models.EmailField("correo al que se pidió", blank=True)
    clave = models.CharField(max_length=40, unique=True, default=clave_nueva, editable=False)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDIENTE)
    respondido_en = models.DateTimeField("respondió", null=True, blank=True)
    # La versión del aviso de privacidad que tenía delante.
    aviso = models.ForeignKey("custodia.Aviso", models.PROTECT, null=True, blank=True, related_name="+")
    llamada = models.CharField("llamada", max_length=12, choices=Llamada, blank=True)
    nota = models.CharField("nota", max_length=200, blank=True, validators=[validar_sin_control])
    llamada_en = models.DateTimeField("llamado", null=True, blank=True)
    llamada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PedidoQuerySet.as_manager()

    class Meta:
        verbose_name = "pedido de actualización"
        verbose_name_plural = "pedidos de actualización"
        ordering = ["entidad__nombre", "operador__apellidos", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campania", "entidad"], condition=Q(operador__isnull=True), name="pedido_unico_por_entidad"
            ),
            models.UniqueConstraint(
                fields=["campania", "operador"],
                condition=Q(operador__isnull=False),
                name="pedido_unico_por_operador",
            ),
        ]

    def __str__(self):
        return self.a_quien

    @property
    def a_quien(self) -> str:
        """«Pedro Condori» o el nombre de la entidad."""
        return f"{self.operador.nombres} {self.operador.apellidos}" if self.operador_id else self.entidad.nombre

    @property
    def se_fue(self) -> bool:
        """Si es de un operador que ya no está en esa entidad: su enlace no se usa."""
        return bool(self.operador_id) and not (
            self.operador.esta_activo and self.operador.entidad_id == self.entidad_id
        )

    @property
    def correo_de_hoy(self) -> str:
        """El que dice el directorio; ``correo`` es al que se escribió."""
        return correo_a_mano(self.operador if self.operador_id else self.entidad)

    @property
    def telefono(self) -> str:
        """El suyo o, si no tiene, el de su entidad."""
        return (telefono_a_mano(self.operador) if self.operador_id else "") or telefono_a_mano(self.entidad)

    @property
    def autoridad_a_llamar(self):
        """La de hoy con teléfono, si ni el operador ni su entidad tienen; ``None`` si tampoco."""
        if self.telefono:
            return None
        return next((una for una in self.entidad.autoridades.all() if una.rige() and telefono_a_mano(una)), None)
