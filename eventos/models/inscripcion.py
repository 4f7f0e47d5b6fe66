import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comun.busqueda import Buscable
from comun.texto import normalizar
from comun.validadores import validar_sin_control, validar_telefono

from .programa import PorCapacitacionQuerySet

# Sin 0/O ni 1/I/L: el código se dicta por teléfono.
_ALFABETO = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def codigo_nuevo() -> str:
    """Ocho caracteres al azar (39 bits), fáciles de dictar."""
    return "".join(secrets.choice(_ALFABETO) for _ in range(8))


class InscripcionQuerySet(PorCapacitacionQuerySet):
    def vigentes(self):
        return self.exclude(estado=Inscripcion.Estado.ANULADA)

    def confirmadas(self):
        return self.filter(estado=Inscripcion.Estado.CONFIRMADA)

    def que_ocupan_cupo(self):
        """Las confirmadas y las que tienen un cupo ofrecido: mientras corre su plazo, nadie más lo toma."""
        return self.filter(estado__in=(Inscripcion.Estado.CONFIRMADA, Inscripcion.Estado.OFRECIDA))

    def ofrecidas(self):
        """Con un cupo ofrecido, la que vence antes primero."""
        return self.filter(estado=Inscripcion.Estado.OFRECIDA).order_by("oferta_vence_en", "orden")

    def ofertas_vencidas(self, en=None):
        return self.filter(estado=Inscripcion.Estado.OFRECIDA, oferta_vence_en__lte=en or timezone.now())

    def en_espera(self):
        """La lista de espera, en orden de llegada."""
        return self.filter(estado=Inscripcion.Estado.EN_ESPERA).order_by("orden")

    def virtuales(self):
        """Quienes asisten por internet: los de una virtual y, en una híbrida, los que eligieron así (R58)."""
        return self.filter(
            Q(capacitacion__modalidad="virtual") | Q(capacitacion__modalidad="hibrida", modalidad="virtual")
        )

    def presenciales(self):
        return self.exclude(pk__in=self.virtuales().values("pk"))

    def sin_entidad(self):
        """Las que escribieron una entidad que no figura y nadie ha vinculado todavía."""
        return self.filter(entidad__isnull=True).exclude(entidad_texto="")


class Inscripcion(Buscable):
    """Inscripción de una persona en una capacitación, con su copia de los datos (invariante 11)."""

    class Estado(models.TextChoices):
        CONFIRMADA = "confirmada", "Confirmada"
        EN_ESPERA = "en_espera", "En lista de espera"
        OFRECIDA = "ofrecida", "Con un cupo ofrecido"
        ANULADA = "anulada", "Anulada"

    class Modalidad(models.TextChoices):
        """Las dos oficiales (R58): en ellas se informa también la híbrida."""

        PRESENCIAL = "presencial", "Presencial"
        VIRTUAL = "virtual", "Virtual"

    class MotivoAnulacion(models.TextChoices):
        PERSONA = "persona", "La persona liberó su cupo"
        PERSONAL = "personal", "La anuló el personal"
        OFERTA_VENCIDA = "oferta_vencida", "No aceptó a tiempo el cupo que se le ofreció"

    class Canal(models.TextChoices):
        WEB = "web", "Formulario web"
        PERSONAL = "personal", "La registró el personal"  # R82
        TELEFONO = "telefono", "Avisó por teléfono"
        CORREO = "correo", "Avisó por correo"
        MESA = "mesa", "Llegó a la puerta"

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.PROTECT, related_name="inscripciones")
    persona = models.ForeignKey("organizacion.Persona", models.PROTECT, related_name="inscripciones")
    codigo = models.CharField("código", max_length=8, unique=True, default=codigo_nuevo, editable=False)
    nombres = models.CharField("nombres", max_length=100, validators=[validar_sin_control])
    apellidos = models.CharField("apellidos", max_length=120, validators=[validar_sin_control])
    es_ciudadano = models.BooleanField("no trabaja en una entidad pública", default=False)
    entidad = models.ForeignKey(
        "directorio.Entidad", models.PROTECT, null=True, blank=True, related_name="inscripciones"
    )
    entidad_texto = models.CharField("entidad que escribió", max_length=200, blank=True)
    entidad_distrito = models.ForeignKey(
        "organizacion.Distrito", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="distrito"
    )
    cargo = models.CharField("cargo", max_length=120, blank=True)
    # Obligatorio en la web; quien llega a la puerta puede no tenerlo y se le avisa por teléfono.
    correo = models.EmailField("correo", blank=True)
    telefono = models.CharField("teléfono", max_length=20, validators=[validar_telefono])
    estado = models.CharField("estado", max_length=12, choices=Estado)
    # En una híbrida, cómo asiste; en las demás no cuenta y vale la de la capacitación.
    modalidad = models.CharField("cómo asiste", max_length=12, choices=Modalidad, blank=True)
    # Orden de llegada dentro de la capacitación; no se reutiliza.
    orden = models.PositiveIntegerField("orden")
    canal = models.CharField("canal", max_length=10, choices=Canal, default=Canal.WEB)
    aviso = models.ForeignKey("custodia.Aviso", models.PROTECT, null=True, blank=True, related_name="+")
    creada_en = models.DateTimeField("inscrita", auto_now_add=True)
    anulada_en = models.DateTimeField("anulada", null=True, blank=True)
    motivo_anulacion = models.CharField(
        "por qué se anuló", max_length=15, choices=MotivoAnulacion, blank=True, editable=False
    )
    # Hasta cuándo puede aceptar el cupo que se le ofreció; solo lo tiene una ofrecida.
    oferta_vence_en = models.DateTimeField("la oferta vence", null=True, blank=True, editable=False)
    # Un mismo envío del formulario: repetirlo devuelve lo mismo, y reúne a los colegas inscritos juntos.
    envio = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    registrada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    campos_de_busqueda = ("apellidos", "nombres", "numero_documento", "codigo", "correo", "nombre_de_entidad")
    objects = InscripcionQuerySet.as_manager()

    class Meta:
        verbose_name = "inscripción"
        permissions = [("exportar_inscripcion", "Puede llevarse las inscripciones, con su motivo")]
        verbose_name_plural = "inscripciones"
        ordering = ["capacitacion", "orden"]
        constraints = [
            models.UniqueConstraint(
                fields=["capacitacion", "persona"], condition=~Q(estado="anulada"), name="inscripcion_unica_vigente"
            ),
            models.UniqueConstraint(fields=["capacitacion", "orden"], name="inscripcion_orden_unico"),
            models.CheckConstraint(
                name="inscripcion_ofrecida_con_plazo",
                condition=Q(estado="ofrecida", oferta_vence_en__isnull=False)
                | (~Q(estado="ofrecida") & Q(oferta_vence_en__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["capacitacion", "estado"], name="inscripcion_por_estado")]

    @property
    def texto_a_la_vista(self) -> str:
        """Por lo que el navegador filtra una lista: lo que ya se ve y el final del documento (ADR 0029)."""
        partes = (self.apellidos, self.nombres, self.codigo, self.nombre_de_entidad, self.numero_documento[-4:])
        return normalizar(" ".join(str(parte) for parte in partes if parte))

    def __str__(self):
        return f"{self.apellidos}, {self.nombres}"

    @property
    def numero_documento(self):
        return self.persona.numero_documento

    @property
    def sin_busqueda(self):
        return self.persona.sin_busqueda

    @property
    def nombre_de_entidad(self):
        return self.entidad.nombre if self.entidad_id else self.entidad_texto

    @property
    def tiene_cupo(self):
        return self.estado == self.Estado.CONFIRMADA

    @property
    def es_virtual(self):
        """Si asiste por internet. En una híbrida, quien no eligió va en persona."""
        capacitacion = self.capacitacion
        return capacitacion.es_virtual or (capacitacion.es_hibrida and self.modalidad == self.Modalidad.VIRTUAL)

    @property
    def donde(self):
        """Adónde va esta persona, en una línea."""
        return "Virtual" if self.es_virtual else self.capacitacion.lugar_en_una_linea

    @property
    def enlace_virtual(self):
        """El enlace con que entra esta persona; «» si va en persona."""
        return self.capacitacion.enlace_virtual if self.es_virtual else ""

    @property
    def como_llegar(self):
        return "" if self.es_virtual else self.capacitacion.como_llegar

    def se_puede_cambiar(self, en=None):
        """Si su dueño todavía la corrige o la libera: vigente, con la capacitación en pie y sin empezar."""
        capacitacion = self.capacitacion
        vigente = self.estado != self.Estado.ANULADA
        return vigente and capacitacion.esta_publicada and not capacitacion.ya_empezo(en)

    def tiene_oferta(self, en=None):
        """Si en el momento ``en`` puede aceptar un cupo que se le ofreció."""
        return self.estado == self.Estado.OFRECIDA and (en or timezone.now()) < self.oferta_vence_en

    def numero_en_espera(self):
        """Su lugar en la lista de espera, desde 1; ``None`` si no está en ella."""
        if self.estado != self.Estado.EN_ESPERA:
            return None
        return Inscripcion.objects.en_espera().filter(capacitacion=self.capacitacion_id, orden__lte=self.orden).count()
