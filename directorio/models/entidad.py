from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from comun.alcance import QuerySetConAlcance
from comun.busqueda import Buscable, filtrar_por_texto
from comun.validadores import validar_ruc, validar_siaf, validar_telefono

from .contacto import ConContactos
from .verificable import ConVerificacion, Verificable


class EntidadQuerySet(ConVerificacion, QuerySetConAlcance):
    def activas(self):
        return self.filter(esta_activa=True)

    def buscar(self, consulta: str):
        """Por nombre sin tildes, ubigeo o código SIAF; «muni prov cusco» encuentra la provincial de Cusco."""
        return filtrar_por_texto(self, consulta)


class Entidad(ConContactos, Buscable, Verificable):
    """Entidad pública que un centro atiende: gobierno nacional, regional o local, empresa, o una unidad ejecutora."""

    class Tipo(models.TextChoices):
        GN = "GN", "Gobierno Nacional (G.N.)"
        GR = "GR", "Gobierno Regional (G.R.)"
        GL = "GL", "Gobierno Local (G.L.)"
        ETE = "ETE", "Entidad de Tratamiento Empresarial (ETE)"

    nombre = models.CharField("nombre", max_length=200)
    tipo = models.CharField("tipo", max_length=3, choices=Tipo)
    # Llave de la carga de datos («MD-080102»); vacía en las que crea el personal.
    codigo = models.CharField("código de origen", max_length=20, blank=True, editable=False)
    codigo_siaf = models.CharField("código SIAF", max_length=6, blank=True, validators=[validar_siaf])
    ruc = models.CharField("RUC", max_length=11, blank=True, validators=[validar_ruc])
    padre = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unidades",
        verbose_name="entidad de la que depende",
        help_text="Solo para unidades ejecutoras: hospitales, UGEL, universidades.",
    )
    distrito = models.ForeignKey("organizacion.Distrito", models.PROTECT, related_name="entidades")
    centro = models.ForeignKey(
        "organizacion.Centro", models.PROTECT, related_name="entidades", verbose_name="centro que la atiende"
    )
    direccion = models.CharField("dirección", max_length=160, blank=True)
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    correo = models.EmailField("correo", blank=True)
    esta_activa = models.BooleanField("activa", default=True)
    # Era la misma que otra fila: sus enlaces llevan a la que se conservó.
    fusionada_en = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="absorbidas"
    )

    tiene_indice_de_busqueda = True
    campos_de_busqueda = (
        "nombre",
        "distrito.nombre_completo",
        "distrito_id",
        "codigo_siaf",
        "ruc",
        "nombres_de_antes",
        "contactos_en_texto",
    )
    objects = EntidadQuerySet.as_manager()

    class Meta:
        verbose_name = "entidad"
        permissions = [("exportar_entidad", "Puede llevarse las entidades, con su motivo")]
        verbose_name_plural = "entidades"
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(fields=["codigo"], condition=~Q(codigo=""), name="entidad_codigo_unico"),
            models.UniqueConstraint(
                fields=["codigo_siaf"],
                condition=~Q(codigo_siaf=""),
                name="entidad_siaf_unico",
                violation_error_message="Otra entidad ya tiene ese código SIAF.",
            ),
            models.UniqueConstraint(
                fields=["ruc"],
                condition=~Q(ruc="") & Q(padre__isnull=True),
                name="entidad_ruc_unico",
                violation_error_message="Otra entidad ya tiene ese RUC.",
            ),
        ]
        indexes = [models.Index(fields=["centro", "nombre"], name="entidad_por_centro")]

    def __str__(self):
        return self.nombre

    @property
    def nombre_completo(self):
        """«Municipalidad Distrital de Anta (Anta, Carhuaz, Áncash)»: hay nombres que se repiten en el país."""
        return f"{self.nombre} ({self.distrito.nombre_completo})"

    @property
    def nombres_de_antes(self) -> str:
        """Los que llevó, del último al primero, separados por comas."""
        return ", ".join(fila.nombre for fila in self.nombres_anteriores.all()) if self.pk else ""

    def clean(self):
        if not self.padre_id:
            return
        if self.padre_id == self.pk:
            raise ValidationError({"padre": "Una entidad no puede depender de sí misma."})
        if self.padre.padre_id:
            raise ValidationError({"padre": f"{self.padre} es una unidad ejecutora: elija la entidad principal."})
        if self.pk and self.unidades.exists():
            raise ValidationError({"padre": "De esta entidad dependen otras: no puede ser una unidad ejecutora."})
