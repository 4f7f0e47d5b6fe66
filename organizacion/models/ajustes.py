from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from comun.validadores import validar_telefono

AVISO_DEMOSTRACION = "Sitio de demostración; no es un portal oficial del MEF"
# Lo que frena un envío no lo afloja quien los prepara: lo mueven la OGAUC y el administrador (ADR 0020).
FRENA_ENVIOS = "organizacion.change_centro"


@register_setting(icon="cog")
class AjustesPortal(BaseGenericSetting):
    """Nombre y textos del portal. No lleva logotipo ni lema oficiales: los pone la oficina que lo use."""

    nombre_sitio = models.CharField("nombre del sitio", max_length=80, default="Portal CONECTAMEF")
    institucion = models.CharField("institución", max_length=120, default="Ministerio de Economía y Finanzas")
    lema = models.CharField(
        "lema", max_length=160, blank=True, default="Capacitación y asistencia para la gestión pública"
    )
    correo = models.EmailField("correo de la sede", blank=True, help_text="Recibe lo que no es de ningún centro.")
    correo_seguridad = models.EmailField(
        "correo de seguridad",
        blank=True,
        help_text="A quién avisa quien halla una vulnerabilidad (/.well-known/security.txt). Si no, el de la sede.",
    )
    telefono = models.CharField("teléfono de la sede", max_length=20, blank=True, validators=[validar_telefono])
    horas_de_oferta = models.PositiveSmallIntegerField(
        "horas para aceptar un cupo",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text="Corren de 8:00 a. m. a 6:00 p. m. en días hábiles: diez horas son un día hábil.",
    )
    dias_de_invitacion = models.PositiveSmallIntegerField(
        "días de anticipación de la invitación",
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="El lineamiento dice ocho (R76).",
    )
    invitacion_en_dias_habiles = models.BooleanField(
        "contarlos en días hábiles", default=False, help_text="El lineamiento no lo dice; si no, son días calendario."
    )
    baja_acogida = models.PositiveSmallIntegerField(
        "baja acogida: porcentaje de los cupos",
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="Con menos inscritos que esto se arma la lista de llamadas (R78).",
    )
    dias_de_baja_acogida = models.PositiveSmallIntegerField(
        "baja acogida: días antes",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text="Desde cuántos días antes del evento se vigila.",
    )
    dias_de_reafirmacion = models.PositiveSmallIntegerField(
        "reafirmar: días antes",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text="Desde cuántos días antes se pide a los especialistas reafirmar la participación (R79).",
    )
    firma_por_turno = models.BooleanField(
        "firmar mañana y tarde también en eventos de varios días",
        default=False,
        help_text="Si no, en un evento de dos o más días se firma una vez por día (R81).",
    )
    firma_en_pantalla = models.BooleanField(
        "admitir la firma con el dedo",
        default=False,
        help_text="No la encienda mientras la OAUTDA no la acepte: el archivo pide la firma original (R93).",
    )
    tope_sin_segunda_firma = models.PositiveIntegerField(
        "destinatarios sin segunda firma",
        default=1000,
        validators=[MinValueValidator(1)],
        help_text="Un envío masivo a más personas espera que otra cuenta lo apruebe.",
    )
    minutos_de_reposo = models.PositiveSmallIntegerField(
        "minutos de reposo",
        default=10,
        validators=[MaxValueValidator(1440)],
        help_text="Lo que un envío masivo espera antes de salir, por si hay que cancelarlo. Cero, nada.",
    )
    boletin_por_todos = models.BooleanField(
        "Comunicaciones puede enviar la edición por todos los centros",
        default=False,
        help_text="Si no, cada centro difunde la suya (R110). Queda anotado que se hizo por delegación.",
    )
    correo_ogti = models.EmailField(
        "correo de la OGTI", blank=True, help_text="Recibe los archivos de cada edición para la web (R110)."
    )
    imagen_social = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="imagen para redes",
        help_text="La que muestran WhatsApp y las redes al compartir una página que no tiene la suya.",
    )
    es_demostracion = models.BooleanField(
        "es una demostración", default=False, help_text="Lo pone y lo quita la carga de datos de demostración."
    )

    panels = [
        MultiFieldPanel([FieldPanel("nombre_sitio"), FieldPanel("institucion"), FieldPanel("lema")], "Identidad"),
        MultiFieldPanel([FieldPanel("correo"), FieldPanel("telefono"), FieldPanel("correo_seguridad")], "Sede"),
        FieldPanel("horas_de_oferta"),
        MultiFieldPanel(
            [
                FieldPanel("dias_de_invitacion"),
                FieldPanel("invitacion_en_dias_habiles"),
                FieldPanel("baja_acogida"),
                FieldPanel("dias_de_baja_acogida"),
                FieldPanel("dias_de_reafirmacion"),
            ],
            "Convocatoria",
        ),
        MultiFieldPanel([FieldPanel("firma_por_turno"), FieldPanel("firma_en_pantalla")], "Firma de asistencia"),
        MultiFieldPanel(
            [
                FieldPanel("tope_sin_segunda_firma", permission=FRENA_ENVIOS),
                FieldPanel("minutos_de_reposo", permission=FRENA_ENVIOS),
            ],
            "Envíos masivos",
        ),
        MultiFieldPanel(
            [FieldPanel("boletin_por_todos", permission=FRENA_ENVIOS), FieldPanel("correo_ogti")], "Boletín"
        ),
        FieldPanel("imagen_social"),
        FieldPanel("es_demostracion", read_only=True),
    ]

    class Meta:
        verbose_name = "ajustes del portal"

    @property
    def aviso_demostracion(self) -> str:
        return AVISO_DEMOSTRACION if self.es_demostracion else ""
