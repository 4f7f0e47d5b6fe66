from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.fields import RichTextField

from comun.busqueda import Buscable
from comun.validadores import validar_sin_control
from eventos.querysets import CapacitacionQuerySet

from .horario import ConHorario
from .lugar import ConLugar

TEXTO_SIMPLE = ["bold", "italic", "link", "ul", "ol", "document-link"]


class Capacitacion(ConHorario, ConLugar, Buscable):
    """Una capacitación (§5.2.4). Es un registro y no una página: su fecha no vuelve atrás con un borrador."""

    class Tipo(models.TextChoices):  # R56
        INFORMATIVA = "informativa", "General informativa"
        BASICA = "basica", "General básica"
        ESPECIALIZADA = "especializada", "Especializada"

    class Modalidad(models.TextChoices):  # R58
        PRESENCIAL = "presencial", "Presencial"
        VIRTUAL = "virtual", "Virtual"
        HIBRIDA = "hibrida", "Híbrida"  # cada quien elige una de las dos, y en ellas se informa

    class Organizador(models.TextChoices):  # R60
        CENTRO = "centro", "El CONECTAMEF"
        SEDE = "sede", "La sede central del MEF"
        OTRA = "otra", "Otra entidad"

    class Origen(models.TextChoices):  # R60
        OFERTA = "oferta", "Oferta (iniciativa del MEF)"
        DEMANDA = "demanda", "Demanda (a solicitud)"

    class Estado(models.TextChoices):
        BORRADOR = "borrador", "Borrador"
        PUBLICADA = "publicada", "Publicada"
        CANCELADA = "cancelada", "Cancelada"

    class Situacion(models.TextChoices):
        """En qué está su inscripción; se calcula, no se guarda."""

        ABIERTA = "abierta", "La inscripción está abierta."
        LLENA = "llena", "Ya no quedan cupos; puede anotarse en la lista de espera."
        AUN_NO = "aun_no", "La inscripción todavía no abre."
        CERRADA = "cerrada", "La inscripción ya cerró."
        SIN_FECHA = "sin_fecha", "Todavía no tiene fecha."
        EMPEZADA = "empezada", "Esta capacitación ya empezó."
        REALIZADA = "realizada", "Esta capacitación ya se realizó."
        CANCELADA = "cancelada", "Esta capacitación se canceló."

    titulo = models.CharField("título", max_length=160, validators=[validar_sin_control])
    slug = models.SlugField("dirección web", max_length=180, unique=True, editable=False)
    tipo = models.CharField("tipo", max_length=15, choices=Tipo)
    modalidad = models.CharField("modalidad", max_length=12, choices=Modalidad)
    organizador = models.CharField("organiza", max_length=10, choices=Organizador, default=Organizador.CENTRO)
    organizador_nombre = models.CharField("nombre de la otra entidad", max_length=160, blank=True)
    origen = models.CharField("origen", max_length=10, choices=Origen, default=Origen.OFERTA)
    entidad_solicitante = models.ForeignKey(
        "directorio.Entidad", models.PROTECT, null=True, blank=True, related_name="capacitaciones_solicitadas"
    )
    solicitud = models.ForeignKey(
        "eventos.Solicitud", models.PROTECT, null=True, blank=True, editable=False, related_name="capacitaciones"
    )
    aliado = models.ForeignKey(  # R7
        "organizacion.Organo",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="capacitaciones_conjuntas",
        limit_choices_to={"tipo": "aliado"},
        verbose_name="servicio conjunto con",
        help_text="OSCE o PROINVERSION, si se hace con ellos.",
    )
    aliado_privado = models.CharField(
        "entidad privada aliada", max_length=160, blank=True, validators=[validar_sin_control]
    )
    convenio = models.CharField(
        "convenio con el MEF",
        max_length=120,
        blank=True,
        help_text="Número y fecha. Sin él no hay alianza (R68).",
    )
    centro = models.ForeignKey(
        "organizacion.Centro",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="capacitaciones",
        help_text="Vacío solo si la organiza la sede para todos los centros.",
    )
    sistemas = models.ManyToManyField("organizacion.Sistema", related_name="capacitaciones", verbose_name="sistemas")
    objetivo = models.TextField("objetivo", blank=True)  # R71
    publico_objetivo = models.TextField("público", blank=True)
    metodologia = models.TextField("metodología", blank=True)
    descripcion = RichTextField("descripción", blank=True, features=TEXTO_SIMPLE)
    lugar = models.CharField("lugar", max_length=160, blank=True)
    direccion = models.CharField("dirección", max_length=200, blank=True)
    distrito = models.ForeignKey(
        "organizacion.Distrito",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="capacitaciones",
        help_text="Solo si se realiza fuera de la ciudad del centro.",
    )
    como_llegar = models.TextField(
        "cómo llegar", blank=True, help_text="Referencias, puerta, piso; lo que la dirección no dice."
    )
    enlace_virtual = models.URLField("enlace de la sesión virtual", blank=True)
    cupos = models.PositiveIntegerField("cupos", null=True, blank=True, help_text="Vacío: sin límite.")
    maximo_por_entidad = models.PositiveSmallIntegerField(
        "máximo por entidad", null=True, blank=True, help_text="Vacío: sin máximo."
    )
    abierta_a_ciudadania = models.BooleanField("abierta a la ciudadanía", default=False)
    apertura_pedida_por = models.CharField(
        "quién pidió abrirla", max_length=160, blank=True, help_text="Entidad, espacio de concertación o evento (R59)."
    )
    inscripcion_abre_en = models.DateTimeField("la inscripción abre", null=True, blank=True)
    inscripcion_cierra_en = models.DateTimeField("la inscripción cierra", null=True, blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.BORRADOR, editable=False)
    motivo_cancelacion = models.CharField("motivo de la cancelación", max_length=255, blank=True, editable=False)
    publicada_en = models.DateTimeField(null=True, blank=True, editable=False)
    # Desde que se cierra su expediente, nada de ella cambia.
    cerrada_en = models.DateTimeField("expediente cerrado", null=True, blank=True, editable=False)
    # Copias de la primera y la última sesión, para ordenar y filtrar; las pone eventos.actions.
    fecha_inicio = models.DateField("desde", null=True, editable=False, db_index=True)
    fecha_fin = models.DateField("hasta", null=True, editable=False, db_index=True)
    # SEQUENCE del .ics (RFC 5545): crece con cada cambio de fecha, lugar o estado.
    secuencia = models.PositiveIntegerField(default=0, editable=False)
    creada_en = models.DateTimeField(auto_now_add=True)
    actualizada_en = models.DateTimeField(auto_now=True)
    creada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="capacitaciones_creadas"
    )

    campos_de_busqueda = ("titulo", "objetivo", "lugar", "centro")
    objects = CapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "capacitación"
        verbose_name_plural = "capacitaciones"
        ordering = ["-fecha_inicio", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="capacitacion_con_centro_o_de_la_sede",
                condition=Q(centro__isnull=False) | Q(organizador="sede"),
                violation_error_message="Solo una capacitación de la sede puede quedar sin centro.",
            ),
            models.CheckConstraint(
                name="capacitacion_ciudadania_pedida",
                condition=Q(abierta_a_ciudadania=False) | ~Q(apertura_pedida_por=""),
                violation_error_message="Diga quién pidió abrirla a la ciudadanía (R59).",
            ),
            models.CheckConstraint(
                name="capacitacion_privado_con_convenio",
                condition=Q(aliado_privado="") | ~Q(convenio=""),
                violation_error_message="Con una entidad privada hace falta el convenio con el MEF (R68).",
            ),
            models.CheckConstraint(
                name="capacitacion_plazo_en_orden",
                condition=Q(inscripcion_abre_en__isnull=True)
                | Q(inscripcion_cierra_en__isnull=True)
                | Q(inscripcion_cierra_en__gt=F("inscripcion_abre_en")),
            ),
        ]
        indexes = [models.Index(fields=["estado", "fecha_inicio"], name="capacitacion_calendario")]

    def __str__(self):
        return self.titulo

    def get_absolute_url(self):
        return reverse("eventos:capacitacion", args=[self.slug])

    def clean(self):
        if self.origen == self.Origen.DEMANDA and not self.entidad_solicitante_id:
            raise ValidationError({"entidad_solicitante": "Elija la entidad que pidió la capacitación (R94)."})
        if self.organizador == self.Organizador.OTRA and not self.organizador_nombre:
            raise ValidationError({"organizador_nombre": "Escriba la entidad que organiza."})
        if self.aliado_privado and not self.convenio:
            raise ValidationError({"convenio": "Con una entidad privada hace falta el convenio con el MEF (R68)."})
        abre, cierra = self.inscripcion_abre_en, self.inscripcion_cierra_en
        if abre and cierra and cierra <= abre:
            raise ValidationError({"inscripcion_cierra_en": "El cierre debe ser posterior a la apertura."})

    @property
    def esta_publicada(self):
        return self.estado == self.Estado.PUBLICADA

    @property
    def esta_cancelada(self):
        return self.estado == self.Estado.CANCELADA

    @property
    def esta_cerrada(self):
        """Si su expediente se cerró: ya no cambia."""
        return self.cerrada_en is not None

    @property
    def lleva_encuesta(self):
        """La informativa no lleva encuesta (R57, R87)."""
        return self.tipo != self.Tipo.INFORMATIVA

    @property
    def ultima_reprogramacion(self):
        """El último cambio de fecha, hora o lugar que el público vio, o ``None`` (R67)."""
        return next(iter(self.reprogramaciones.all()), None)

    def cupos_libres(self):
        """Cuántos cupos quedan, o ``None`` si no hay límite."""
        if self.cupos is None:
            return None
        ocupados = getattr(self, "ocupados", None)
        if ocupados is None:
            ocupados = self.inscripciones.que_ocupan_cupo().count()
        return max(self.cupos - ocupados, 0)

    def tiene_cupo(self):
        return self.cupos is None or self.cupos_libres() > 0

    def situacion(self, en=None):
        """La ``Situacion`` de su inscripción en el momento ``en``."""
        en = en or timezone.now()
        if self.esta_cancelada:
            return self.Situacion.CANCELADA
        if self.comienza_en is None:
            return self.Situacion.SIN_FECHA
        if en >= self.comienza_en:
            return self.Situacion.REALIZADA if en >= self.termina_en else self.Situacion.EMPEZADA
        if self.inscripcion_abre_en and en < self.inscripcion_abre_en:
            return self.Situacion.AUN_NO
        if self.inscripcion_cierra_en and en >= self.inscripcion_cierra_en:
            return self.Situacion.CERRADA
        return self.Situacion.ABIERTA if self.tiene_cupo() else self.Situacion.LLENA

    def admite_inscripcion(self, en=None):
        """Si en el momento ``en`` alguien puede inscribirse, aunque sea en la lista de espera."""
        return self.esta_publicada and self.situacion(en) in {self.Situacion.ABIERTA, self.Situacion.LLENA}
