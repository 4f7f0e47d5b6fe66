from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.busqueda import Buscable
from comun.validadores import validar_sin_control, validar_telefono
from comun.vigencia import ConVigencia, fechas_en_orden

from .verificable import ConVerificacion, Verificable


class PersonalQuerySet(ConVigencia, ConVerificacion, QuerySetConAlcance):
    ruta_sistemas = "sistema"

    def publicos(self, en=None):
        """Los que figuran en el directorio de la web."""
        return self.vigentes(en).filter(es_publico=True)

    def del_directorio(self):
        """Los públicos que la web puede mostrar: de la sede, o de un centro con su página publicada."""
        return self.publicos().filter(Q(centro__isnull=True) | Q(centro__pagina__live=True))

    def a_la_vista_de(self, usuario, en=None):
        """Los que ``usuario`` consulta en el directorio interno: los suyos y, de los demás, los que muestra la web."""
        return self.vigentes(en).filter(Q(pk__in=self.model.objects.para(usuario).values("pk")) | Q(es_publico=True))

    def por_centro(self):
        """Por centro, al final la sede, y en cada uno por cargo."""
        return self.por_cargo(F("centro__nombre").asc(nulls_last=True))

    def por_cargo(self, *antes):
        """En el orden de los Lineamientos (R2): primero quien coordina. ``antes``: lo que ordena primero."""
        orden = [When(cargo=cargo, then=posicion) for posicion, cargo in enumerate(self.model.Cargo.values)]
        return self.order_by(*antes, Case(*orden, default=len(orden)), "sistema__orden", "apellidos", "nombres")


class Personal(Buscable, Verificable):
    """Miembro del personal de un centro (R2) o de la sede."""

    class Cargo(models.TextChoices):
        COORDINADOR = "coordinador", "Coordinador de Centro"
        COORDINADOR_ADMINISTRATIVO = "coordinador_administrativo", "Coordinador Administrativo"
        ASISTENTE = "asistente", "Asistente Administrativo"
        ESPECIALISTA = "especialista", "Especialista"
        IMPLANTADOR = "implantador", "Implantador MEF"
        RESPONSABLE_TECNICO = "responsable_tecnico", "Responsable Técnico"
        SEDE = "sede", "Personal de la sede"

    persona = models.ForeignKey(
        "organizacion.Persona", models.PROTECT, null=True, blank=True, editable=False, related_name="personal"
    )
    nombres = models.CharField("nombres", max_length=100, validators=[validar_sin_control])
    apellidos = models.CharField("apellidos", max_length=120, validators=[validar_sin_control])
    cargo = models.CharField("cargo", max_length=30, choices=Cargo)
    centro = models.ForeignKey(
        "organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="personal", help_text="Vacío: sede."
    )
    sistema = models.ForeignKey("organizacion.Sistema", models.PROTECT, null=True, blank=True, related_name="personal")
    organo = models.ForeignKey(
        "organizacion.Organo", models.PROTECT, null=True, blank=True, related_name="personal", verbose_name="órgano"
    )
    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="personal", editable=False
    )
    correo = models.EmailField("correo institucional", blank=True)
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    anexo = models.CharField("anexo", max_length=6, blank=True)
    desde = models.DateField("desde", default=timezone.localdate)
    hasta = models.DateField("hasta", null=True, blank=True)
    es_publico = models.BooleanField("figura en la web", default=True)

    tiene_indice_de_busqueda = True
    # Solo lo que la web muestra: por aquí busca también el público, y un teléfono de casa no se adivina buscándolo.
    campos_de_busqueda = ("apellidos", "nombres", "correo", "anexo")
    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = "miembro del personal"
        permissions = [("exportar_personal", "Puede llevarse el personal, con su motivo")]
        verbose_name_plural = "miembros del personal"
        ordering = ["apellidos", "nombres"]
        constraints = [fechas_en_orden("personal_fechas_en_orden")]

    def __str__(self):
        return f"{self.nombres} {self.apellidos}"

    @property
    def cargo_completo(self):
        """«Especialista en Presupuesto Público», «Coordinador de Centro»."""
        if self.cargo == self.Cargo.ESPECIALISTA and self.sistema:
            return f"Especialista en {self.sistema}"
        return self.get_cargo_display()

    @property
    def depende_de(self) -> str:
        """Sigla del órgano que lo orienta en lo técnico; en lo administrativo todo centro depende de la OGAUC (R3)."""
        if self.organo_id:
            return self.organo.sigla
        if self.sistema_id:
            return self.sistema.organo.sigla
        return "OAUTDA" if self.cargo == self.Cargo.ASISTENTE else "OGAUC"

    @property
    def dependencia_administrativa(self) -> str:
        """Sigla de quien lo dirige en lo administrativo: de un centro, la OGAUC; de la sede, su órgano (R3)."""
        return "OGAUC" if self.centro_id else (self.organo.sigla if self.organo_id else "")

    @property
    def dependencias(self) -> str:
        """Las dos, en una frase."""
        administrativa = self.dependencia_administrativa
        en_lo_administrativo = f"; en lo administrativo, de {administrativa}" if administrativa else ""
        return f"Depende en lo técnico de {self.depende_de}{en_lo_administrativo}"

    @property
    def tiene_acceso(self):
        """Si hoy puede entrar a la intranet."""
        return bool(self.usuario_id and self.usuario.is_active)

    def clean(self):
        de_sistema = {self.Cargo.ESPECIALISTA, self.Cargo.IMPLANTADOR, self.Cargo.RESPONSABLE_TECNICO}
        if self.cargo in de_sistema and not self.sistema_id:
            raise ValidationError({"sistema": "Elija el sistema administrativo de este cargo."})
        if self.cargo and self.cargo not in {self.Cargo.SEDE, self.Cargo.RESPONSABLE_TECNICO} and not self.centro_id:
            raise ValidationError({"centro": "Elija el centro donde trabaja."})
