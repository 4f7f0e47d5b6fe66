from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.utils import timezone

from comun.alcance import QuerySetConAlcance, alcance_de, solo_de_centro


class ImportacionQuerySet(QuerySetConAlcance):
    def propias(self, usuario):
        """Las de cada registro que puede cambiar, de los centros en que lo cambia."""
        return self.filter(reduce(or_, (self._de(tipo, usuario) for tipo in Importacion.Tipo.values)))

    para = propias

    def _de(self, tipo, usuario):
        alcance = solo_de_centro(alcance_de(usuario, f"directorio.change_{tipo}"))
        return models.Q(tipo=tipo) & self.condicion(alcance)


class Importacion(models.Model):
    """Un archivo con filas de un registro del directorio: se empareja, se ensaya, se confirma y se puede deshacer."""

    class Tipo(models.TextChoices):
        ENTIDAD = "entidad", "Entidades"
        OPERADOR = "operador", "Operadores"
        AUTORIDAD = "autoridad", "Autoridades"
        MEDIO = "medio", "Medios"
        PERSONAL = "personal", "Personal"

    class Estado(models.TextChoices):
        SUBIDA = "subida", "Por emparejar"
        ENSAYADA = "ensayada", "Ensayada, por confirmar"
        APLICANDO = "aplicando", "Guardándose"
        APLICADA = "aplicada", "Guardada"
        DESHECHA = "deshecha", "Deshecha"
        DESCARTADA = "descartada", "Descartada"

    tipo = models.CharField("registro", max_length=10, choices=Tipo)
    # El de quien la subió; vacío, de la sede. Solo lo suyo se importa y solo ellos la ven.
    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="+")
    # Vacío en la que se descartó: sus datos ya no hacen falta.
    archivo = models.ForeignKey("custodia.ArchivoPrivado", models.PROTECT, null=True, blank=True, related_name="+")
    encabezados = models.JSONField("encabezados", default=list)
    # Encabezado → campo; el que no está no se importa.
    mapeo = models.JSONField("columnas", default=dict)
    borra_vacias = models.BooleanField("una celda vacía borra el dato", default=False)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.SUBIDA)
    cuentas = models.JSONField("cuentas", default=dict)
    subida_en = models.DateTimeField("subida", auto_now_add=True)
    subida_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    confirmada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Cuándo se guardó la última tanda: si pasa mucho sin otra, se la despierta.
    avanzo_en = models.DateTimeField("avanzó", null=True, blank=True)
    aplicada_en = models.DateTimeField("guardada", null=True, blank=True)
    deshecha_en = models.DateTimeField("deshecha", null=True, blank=True)

    objects = ImportacionQuerySet.as_manager()

    class Meta:
        verbose_name = "importación del directorio"
        verbose_name_plural = "importaciones del directorio"
        ordering = ["-subida_en", "-pk"]

    def total(self) -> int:
        """Cuántas filas trae."""
        return sum(n for resultado, n in self.cuentas.items() if resultado in RenglonDeImportacion.Resultado)

    def hechas(self) -> int:
        """Cuántas ya se guardaron o se vio que no hacía falta."""
        return self.renglones.filter(hecho=True).count()

    def __str__(self):
        return f"{self.get_tipo_display()}, {timezone.localtime(self.subida_en):%d/%m/%Y %H:%M}"


class RenglonDeImportacion(models.Model):
    """Qué pasa, o pasó, con una fila del archivo."""

    class Resultado(models.TextChoices):
        NUEVA = "nueva", "Nueva"
        ACTUALIZA = "actualiza", "Actualiza"
        IGUAL = "igual", "Igual"
        ERROR = "error", "Error"
        QUEDA = "queda", "No se deshizo"

    importacion = models.ForeignKey(Importacion, models.CASCADE, related_name="renglones")
    numero = models.PositiveIntegerField("fila")
    resultado = models.CharField("resultado", max_length=10, choices=Resultado)
    nombre = models.CharField("de quién", max_length=240, blank=True)
    # Campo → [antes, después]; en una nueva, antes es nulo. Una clave foránea va por su llave.
    cambios = models.JSONField("cambios", default=dict)
    motivos = models.JSONField("motivos", default=list)
    objeto = models.BigIntegerField("fila del directorio", null=True, blank=True)
    # Ya se guardó, o se vio que no hacía falta: al retomar una importación cortada, se salta.
    hecho = models.BooleanField("hecho", default=False)

    class Meta:
        verbose_name = "fila importada"
        verbose_name_plural = "filas importadas"
        ordering = ["numero"]
        constraints = [models.UniqueConstraint(fields=["importacion", "numero"], name="renglon_de_importacion_unico")]

    def __str__(self):
        return f"Fila {self.numero}: {self.get_resultado_display()}"


class ColumnasRecordadas(models.Model):
    """Cómo se emparejó la última vez un archivo con estos mismos encabezados."""

    tipo = models.CharField("registro", max_length=10, choices=Importacion.Tipo)
    huella = models.CharField("encabezados", max_length=64)
    mapeo = models.JSONField("columnas", default=dict)

    class Meta:
        verbose_name = "columnas recordadas"
        verbose_name_plural = "columnas recordadas"
        constraints = [models.UniqueConstraint(fields=["tipo", "huella"], name="columnas_recordadas_unicas")]

    def __str__(self):
        return f"{self.get_tipo_display()} ({self.huella[:8]})"
