from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comun.validadores import validar_sin_control
from comun.vigencia import ConVigencia, fechas_en_orden


class Rol(models.TextChoices):
    """Los roles del personal (forms-and-roles de los Lineamientos). Los de centro siguen R2."""

    COORDINADOR = "coordinador", "Coordinador de Centro"
    COORDINADOR_ADMINISTRATIVO = "coordinador_administrativo", "Coordinador Administrativo"
    ASISTENTE = "asistente", "Asistente Administrativo"
    ESPECIALISTA = "especialista", "Especialista"
    IMPLANTADOR = "implantador", "Implantador MEF"
    RESPONSABLE_TECNICO = "responsable_tecnico", "Responsable Técnico"
    OGAUC = "ogauc", "OGAUC"
    COMUNICACIONES = "comunicaciones", "Oficina de Comunicaciones"
    OAUTDA = "oautda", "OAUTDA"
    OGTI = "ogti", "OGTI"
    ENTE_RECTOR = "ente_rector", "Ente rector"
    OGARH = "ogarh", "OGARH"
    ALIADO = "aliado", "Entidad aliada (OSCE, PROINVERSION)"
    ODP = "odp", "Oficial de Datos Personales"
    ADMINISTRADOR = "administrador", "Administrador técnico"


ROLES_DE_CENTRO = (Rol.COORDINADOR, Rol.COORDINADOR_ADMINISTRATIVO, Rol.ASISTENTE, Rol.ESPECIALISTA, Rol.IMPLANTADOR)
# Ven todos los centros en su propio sistema (R17).
ROLES_DE_SISTEMA = (Rol.RESPONSABLE_TECNICO, Rol.ENTE_RECTOR)
# A los demás un sistema no les dice nada: no distingue un rol de otro igual.
ROLES_QUE_LLEVAN_SISTEMA = (*ROLES_DE_SISTEMA, Rol.ESPECIALISTA, Rol.IMPLANTADOR)
# Quien responde uno solo por el lugar: no se encarga a dos a la vez.
ROLES_DE_UNO_SOLO = (Rol.COORDINADOR, Rol.COORDINADOR_ADMINISTRATIVO, Rol.RESPONSABLE_TECNICO)
# Un aliado ve los servicios conjuntos que llevan su nombre (R7), de cualquier centro, y nada más.
ROLES_SIN_ALCANCE = (Rol.ALIADO,)


class AsignacionQuerySet(ConVigencia, models.QuerySet):
    def encargaturas(self):
        return self.filter(es_encargatura=True)

    def iguales_a(self, asignacion):
        """Las del mismo rol en el mismo lugar, de cualquiera."""
        lugar = {"centro": asignacion.centro_id}
        if asignacion.rol in ROLES_QUE_LLEVAN_SISTEMA:
            lugar["sistema"] = asignacion.sistema_id
        return self.filter(rol=asignacion.rol, **lugar).exclude(pk=asignacion.pk)

    def que_se_cruzan(self, desde, hasta):
        """Las que rigen algún día entre esas fechas, ambas incluidas."""
        return self.filter(Q(hasta__isnull=True) | Q(hasta__gte=desde), desde__lte=hasta)


class Asignacion(models.Model):
    """Un rol que un usuario tiene en un centro o en la sede, entre fechas. Una encargatura es un rol prestado."""

    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="asignaciones")
    rol = models.CharField("rol", max_length=30, choices=Rol)
    centro = models.ForeignKey(
        "organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="asignaciones", verbose_name="centro"
    )
    sistema = models.ForeignKey(
        "organizacion.Sistema", models.PROTECT, null=True, blank=True, related_name="asignaciones"
    )
    organo = models.ForeignKey(
        "organizacion.Organo",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="asignaciones",
        verbose_name="entidad aliada",
    )
    desde = models.DateField("desde", default=timezone.localdate)
    hasta = models.DateField("hasta", null=True, blank=True)
    es_encargatura = models.BooleanField("es encargatura", default=False)
    motivo = models.CharField("motivo", max_length=200, blank=True, validators=[validar_sin_control])
    memorando = models.CharField(
        "memorando", max_length=60, blank=True, validators=[validar_sin_control], help_text="Su número, si lo hay."
    )
    encargada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = AsignacionQuerySet.as_manager()

    class Meta:
        verbose_name = "rol asignado"
        verbose_name_plural = "roles asignados"
        constraints = [
            models.CheckConstraint(
                name="asignacion_centro_segun_rol",
                condition=Q(rol__in=ROLES_DE_CENTRO, centro__isnull=False)
                | (~Q(rol__in=ROLES_DE_CENTRO) & Q(centro__isnull=True)),
                violation_error_message="Los roles de centro llevan un centro; los de la sede, ninguno.",
            ),
            models.CheckConstraint(
                name="asignacion_sistema_segun_rol",
                condition=~Q(rol__in=ROLES_DE_SISTEMA) | Q(sistema__isnull=False),
                violation_error_message="Este rol necesita el sistema administrativo a su cargo.",
            ),
            fechas_en_orden("asignacion_fechas_en_orden"),
        ]

    def __str__(self):
        lugar = self.centro or self.sistema
        return f"{self.get_rol_display()} – {lugar}" if lugar else self.get_rol_display()

    @property
    def situacion(self) -> str:
        """«vigente», «futura» o «pasada», hoy."""
        hoy = timezone.localdate()
        if self.desde > hoy:
            return "futura"
        return "pasada" if self.hasta and self.hasta < hoy else "vigente"

    @property
    def es_nacional(self):
        """Si abarca todos los centros: los roles de la sede que no se limitan a un sistema."""
        return not self.centro_id and self.rol not in ROLES_DE_SISTEMA and self.rol not in ROLES_SIN_ALCANCE

    def clean(self):
        if self.rol not in ROLES_QUE_LLEVAN_SISTEMA:
            self.sistema = None
        if self.rol in ROLES_DE_CENTRO and not self.centro_id:
            raise ValidationError({"centro": "Elija el centro de este rol."})
        if self.rol == Rol.RESPONSABLE_TECNICO and not self.es_encargatura and self._otro_titular():
            raise ValidationError({"sistema": f"{self.sistema} ya tiene Responsable Técnico: {self._otro_titular()}."})

    def _otro_titular(self):
        """Quien ya es titular de este rol y sistema en alguna de estas fechas: cada ente designa uno solo (R17)."""
        otras = Asignacion.objects.filter(rol=self.rol, sistema=self.sistema_id, es_encargatura=False)
        otras = otras.filter(Q(hasta__isnull=True) | Q(hasta__gte=self.desde)).exclude(usuario=self.usuario_id)
        otra = (otras.filter(desde__lte=self.hasta) if self.hasta else otras).select_related("usuario").first()
        return otra.usuario if otra else None
