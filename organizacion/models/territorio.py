from django.db import models

from comun.busqueda import palabras_de
from comun.texto import normalizar
from comun.validadores import validar_ubigeo


class Departamento(models.Model):
    """Departamento del INEI. Llave: los dos primeros dígitos del ubigeo."""

    codigo = models.CharField("código", max_length=2, primary_key=True)
    nombre = models.CharField("nombre", max_length=60)

    class Meta:
        verbose_name = "departamento"
        verbose_name_plural = "departamentos"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre


class Provincia(models.Model):
    """Provincia del INEI. Llave: los cuatro primeros dígitos del ubigeo."""

    codigo = models.CharField("código", max_length=4, primary_key=True)
    nombre = models.CharField("nombre", max_length=60)
    departamento = models.ForeignKey(Departamento, models.PROTECT, related_name="provincias")

    class Meta:
        verbose_name = "provincia"
        verbose_name_plural = "provincias"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre


class DistritoQuerySet(models.QuerySet):
    def buscar(self, consulta: str):
        """Por ubigeo o por nombre de distrito, provincia o departamento, sin tildes: «san jeronimo cusco»."""
        palabras = palabras_de(consulta)
        caminos = ("pk", "nombre", "provincia__nombre", "provincia__departamento__nombre")
        # Son menos de dos mil filas que casi no cambian: se comparan aquí y no en una columna aparte.
        textos = ((fila[0], normalizar(" ".join(fila))) for fila in self.order_by().values_list(*caminos))
        return self.filter(pk__in=[pk for pk, texto in textos if all(palabra in texto for palabra in palabras)])


class Distrito(models.Model):
    """Distrito del INEI. Llave: el ubigeo de seis dígitos; «01» al final es la capital de la provincia."""

    ubigeo = models.CharField("ubigeo", max_length=6, primary_key=True, validators=[validar_ubigeo])
    nombre = models.CharField("nombre", max_length=60)
    provincia = models.ForeignKey(Provincia, models.PROTECT, related_name="distritos")

    objects = DistritoQuerySet.as_manager()

    class Meta:
        verbose_name = "distrito"
        verbose_name_plural = "distritos"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre

    @property
    def es_capital_de_provincia(self):
        return self.ubigeo.endswith("01")

    @property
    def nombre_completo(self):
        """«San Jerónimo, Cusco, Cusco»: distrito, provincia, departamento."""
        return f"{self.nombre}, {self.provincia.nombre}, {self.provincia.departamento.nombre}"
