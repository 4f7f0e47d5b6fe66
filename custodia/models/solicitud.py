import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.busqueda import Buscable
from comun.expediente_personal import Titular
from comun.validadores import validar_sin_control, validar_telefono
from organizacion.models import Persona
from organizacion.models.persona import TipoDocumento

CUENTA = settings.AUTH_USER_MODEL


class SolicitudQuerySet(QuerySetConAlcance):
    """Las que entraron por la web no son de ningún centro: las ve la sede."""

    def abiertas(self):
        return self.filter(estado__in=SolicitudDeDerechos.ABIERTAS)

    def vencidas(self, hoy=None):
        return self.abiertas().filter(vence_el__lt=hoy or timezone.localdate(), pausada_el__isnull=True)


class SolicitudDeDerechos(Buscable):
    """Lo que una persona pide sobre sus datos (derechos ARCO, portabilidad e información; Ley 29733)."""

    class Derecho(models.TextChoices):
        ACCESO = "acceso", "Acceso: saber qué datos míos tienen"
        RECTIFICACION = "rectificacion", "Rectificación: corregir mis datos"
        CANCELACION = "cancelacion", "Cancelación: borrar mis datos"
        OPOSICION = "oposicion", "Oposición: que dejen de usarlos"
        PORTABILIDAD = "portabilidad", "Portabilidad: llevarme mis datos"
        INFORMACION = "informacion", "Información: saber para qué los usan"

    class Estado(models.TextChoices):
        RECIBIDA = "recibida", "Recibida"
        EN_VERIFICACION = "en_verificacion", "En verificación"
        POR_SUBSANAR = "por_subsanar", "Por subsanar"
        EN_ATENCION = "en_atencion", "En atención"
        ATENDIDA = "atendida", "Atendida"
        DENEGADA = "denegada", "Denegada"
        ANULADA = "anulada", "Anulada"

    class Canal(models.TextChoices):
        WEB = "web", "Formulario web"
        MESA = "mesa", "Mesa de partes de un centro"

    class Identidad(models.TextChoices):
        DOCUMENTO = "documento", "Mostró su documento en la mesa de partes"
        COPIA = "copia", "Copia de su documento adjunta"

    ABIERTAS = (Estado.RECIBIDA, Estado.EN_VERIFICACION, Estado.POR_SUBSANAR, Estado.EN_ATENCION)

    numero = models.CharField("número", max_length=20, unique=True, editable=False)
    derecho = models.CharField("derecho", max_length=15, choices=Derecho)
    estado = models.CharField("estado", max_length=16, choices=Estado, default=Estado.RECIBIDA)
    canal = models.CharField("canal", max_length=5, choices=Canal, default=Canal.WEB)
    # Donde se presentó en papel, o donde se entregará la copia de los datos.
    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="+")
    tipo_documento = models.CharField("tipo de documento", max_length=10, choices=TipoDocumento)
    numero_documento = models.CharField("número de documento", max_length=12)
    nombres = models.CharField("nombres", max_length=100, validators=[validar_sin_control])
    apellidos = models.CharField("apellidos", max_length=120, validators=[validar_sin_control])
    representante = models.CharField("representante", max_length=200, blank=True, validators=[validar_sin_control])
    correo = models.EmailField("correo", blank=True)
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    pedido = models.TextField("qué pide", max_length=3000)
    aviso = models.ForeignKey("custodia.Aviso", models.PROTECT, null=True, blank=True, related_name="+")
    # Un mismo formulario enviado dos veces es una sola solicitud.
    envio = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    copia_de_documento = models.ForeignKey(
        "custodia.ArchivoPrivado", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    recibida_el = models.DateField("recibida", default=timezone.localdate)
    creada_en = models.DateTimeField("anotada", auto_now_add=True)
    registrada_por = models.ForeignKey(CUENTA, models.SET_NULL, null=True, blank=True, related_name="+")
    # El reloj: días hábiles. En pausa guarda los que faltaban.
    vence_el = models.DateField("vence")
    ampliada_el = models.DateField("ampliada", null=True, blank=True, editable=False)
    pausada_el = models.DateField("en pausa desde", null=True, blank=True, editable=False)
    dias_que_faltaban = models.PositiveSmallIntegerField(default=0, editable=False)
    subsanar_hasta = models.DateField("subsanar hasta", null=True, blank=True, editable=False)
    identidad = models.CharField("cómo se verificó su identidad", max_length=10, choices=Identidad, blank=True)
    verificada_en = models.DateTimeField("identidad verificada", null=True, blank=True, editable=False)
    correos_confirmados = models.TextField("correos que son suyos", blank=True, help_text="Uno por línea.")
    paquete = models.ForeignKey(
        "custodia.ArchivoPrivado", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    paquete_hasta = models.DateField("el paquete vence", null=True, blank=True, editable=False)
    respuesta = models.TextField("respuesta", max_length=3000, blank=True)
    cerrada_en = models.DateTimeField("cerrada", null=True, blank=True, editable=False)
    # Qué se corrigió, borró o conservó: [[clave, título, qué, cuántas, por qué]…].
    resultado = models.JSONField("resultado", default=list, editable=False)

    campos_de_busqueda = ("numero", "apellidos", "nombres", "numero_documento")
    objects = SolicitudQuerySet.as_manager()

    class Meta:
        verbose_name = "solicitud sobre datos personales"
        verbose_name_plural = "solicitudes sobre datos personales"
        ordering = ["vence_el", "pk"]
        indexes = [models.Index(fields=["estado", "vence_el"], name="solicitud_por_estado")]
        constraints = [
            models.CheckConstraint(
                name="solicitud_en_pausa_por_subsanar",
                condition=Q(estado="por_subsanar", pausada_el__isnull=False)
                | (~Q(estado="por_subsanar") & Q(pausada_el__isnull=True)),
            )
        ]

    def __str__(self):
        return self.numero

    @property
    def nombre(self):
        return f"{self.nombres} {self.apellidos}"

    @property
    def que_derecho(self):
        """«Acceso», sin la explicación que lee el público."""
        return self.get_derecho_display().partition(":")[0]

    @property
    def esta_abierta(self):
        return self.estado in self.ABIERTAS

    @property
    def correos(self) -> frozenset[str]:
        return frozenset(self.correos_confirmados.lower().split())

    @property
    def titular(self) -> Titular:
        """De quién se reúnen los datos; solo vale con la identidad verificada."""
        return Titular(self.tipo_documento, self.numero_documento, self.correos, self.nombre)

    @property
    def persona(self) -> Persona | None:
        return Persona.objects.filter(
            tipo_documento=self.tipo_documento, numero_documento=self.numero_documento
        ).first()


class PasoQuerySet(QuerySetConAlcance):
    ruta_centro = "solicitud__centro"
    permiso_de = "custodia.solicituddederechos"


class PasoDeSolicitud(models.Model):
    """Cada cosa que se hizo con una solicitud; ninguno se cambia ni se borra."""

    solicitud = models.ForeignKey(SolicitudDeDerechos, models.PROTECT, related_name="pasos")
    que = models.CharField("qué", max_length=60)
    texto = models.TextField("detalle", blank=True)
    ocurrido_en = models.DateTimeField("cuándo", auto_now_add=True)
    por = models.ForeignKey(CUENTA, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PasoQuerySet.as_manager()

    class Meta:
        verbose_name = "paso de una solicitud"
        verbose_name_plural = "pasos de solicitudes"
        ordering = ["ocurrido_en", "pk"]

    def __str__(self):
        return f"{self.solicitud}: {self.que}"
