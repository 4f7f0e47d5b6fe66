from django.db import models
from django.db.models import Q
from django.utils import timezone

from comun.alcance import CUALQUIER_ROL, Alcance, QuerySetConAlcance
from comun.busqueda import palabras_de
from comun.texto import normalizar
from comun.validadores import validar_telefono
from comun.vigencia import ConVigencia, fechas_en_orden

from .territorio import Provincia


class CentroQuerySet(QuerySetConAlcance):
    permiso_de = CUALQUIER_ROL
    ruta_centro = "pk"

    def activos(self):
        return self.filter(esta_activo=True)

    def que_atiende(self, provincia: Provincia, en=None):
        """El centro cuya jurisdicción incluye ``provincia`` en la fecha ``en`` (hoy si no se dice), o ``None``."""
        vigentes = Jurisdiccion.objects.vigentes(en).filter(provincia=provincia)
        return self.filter(jurisdicciones__in=vigentes).first()

    def que_atienden(self, departamento: str, en=None):
        """Los que tienen a su cargo alguna provincia de ``departamento`` (su código) en la fecha ``en``."""
        vigentes = Jurisdiccion.objects.vigentes(en).filter(provincia__departamento=departamento)
        return self.filter(pk__in=vigentes.values("centro"))

    def buscar(self, consulta: str):
        """Por el nombre de hoy o por uno de antes, sin tildes."""
        palabras = palabras_de(consulta)
        filas = self.order_by().values_list("pk", "nombre", "slug", "nombres_anteriores__nombre")
        textos = ((pk, normalizar(" ".join(filter(None, partes)))) for pk, *partes in filas)
        return self.filter(pk__in=[pk for pk, texto in textos if all(palabra in texto for palabra in palabras)])

    def condicion(self, alcance: Alcance) -> Q:
        # Un Responsable Técnico trabaja con todos los centros (R17).
        return Q() if alcance.sistemas else super().condicion(alcance)


class Centro(models.Model):
    """Un centro CONECTAMEF. Su página pública (``directorio.CentroPage``) solo lleva contenido."""

    slug = models.SlugField("identificador", unique=True, help_text="Va en la dirección web; no lo cambie.")
    nombre = models.CharField("nombre", max_length=60, help_text="La ciudad; por ejemplo, Cusco.")
    direccion = models.CharField("dirección", max_length=160, blank=True)
    distrito = models.ForeignKey("organizacion.Distrito", models.PROTECT, null=True, blank=True, related_name="centros")
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    correo = models.EmailField("correo", blank=True)
    horario = models.CharField("horario", max_length=120, blank=True)
    aforo = models.PositiveSmallIntegerField("aforo de capacitación", null=True, blank=True)  # R10
    esta_activo = models.BooleanField("atiende", default=True)

    objects = CentroQuerySet.as_manager()

    class Meta:
        verbose_name = "centro"
        verbose_name_plural = "centros"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre

    @property
    def nombre_completo(self):
        return f"CONECTAMEF {self.nombre}"

    @property
    def nombres_de_antes(self) -> list[str]:
        """Los que llevó y ya no lleva, del último al primero y sin repetir."""
        return list(dict.fromkeys(fila.nombre for fila in self.nombres_anteriores.all() if fila.nombre != self.nombre))

    @property
    def departamentos(self) -> list[str]:
        """Nombres de los departamentos que atiende hoy, en orden."""
        hoy = timezone.localdate()
        vigentes = (j for j in self.jurisdicciones.all() if j.desde <= hoy and (j.hasta is None or j.hasta >= hoy))
        return sorted({j.provincia.departamento.nombre for j in vigentes}, key=normalizar)

    def get_absolute_url(self):
        return f"/centros/{self.slug}/"


class JurisdiccionQuerySet(ConVigencia, QuerySetConAlcance):
    permiso_de = CUALQUIER_ROL


class Jurisdiccion(models.Model):
    """Provincia que un centro atiende, entre fechas. Una provincia tiene a lo más un centro abierto."""

    centro = models.ForeignKey(Centro, models.CASCADE, related_name="jurisdicciones")
    provincia = models.ForeignKey(Provincia, models.PROTECT, related_name="jurisdicciones")
    desde = models.DateField("desde", default=timezone.localdate)
    hasta = models.DateField("hasta", null=True, blank=True)
    # Falso mientras llega el día de un traspaso programado: ese día sus entidades pasan al centro.
    entidades_al_dia = models.BooleanField(default=True, editable=False)

    objects = JurisdiccionQuerySet.as_manager()

    class Meta:
        verbose_name = "jurisdicción"
        verbose_name_plural = "jurisdicciones"
        constraints = [
            fechas_en_orden("jurisdiccion_fechas_en_orden"),
            models.UniqueConstraint(
                fields=["provincia"], condition=Q(hasta__isnull=True), name="provincia_con_un_centro_vigente"
            ),
        ]

    def __str__(self):
        return f"{self.provincia} → {self.centro}"
