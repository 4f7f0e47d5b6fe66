from django.db import models


class NombreDeCentro(models.Model):
    """Un nombre (y su identificador en la web) que un centro llevó antes: sus direcciones siguen llegando."""

    centro = models.ForeignKey("organizacion.Centro", models.CASCADE, related_name="nombres_anteriores")
    nombre = models.CharField("nombre", max_length=60)
    # Un centro puede repetir el suyo (cambió solo de nombre, o volvió a uno); que no sea de otro lo cuida la acción.
    slug = models.SlugField("identificador")
    desde = models.DateField("desde", null=True, blank=True)
    hasta = models.DateField("hasta")

    class Meta:
        verbose_name = "nombre anterior de un centro"
        verbose_name_plural = "nombres anteriores de centros"
        ordering = ["-hasta", "-pk"]

    def __str__(self):
        return self.nombre
