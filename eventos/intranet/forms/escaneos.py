"""Subir el registro firmado: un PDF, o las fotos de sus hojas en orden."""

from django import forms
from django.core.exceptions import ValidationError

from comun.subidas import leer_escaneo
from comun.varios_archivos import CampoDeArchivos, VariosArchivos
from eventos.models import HojaDeRegistro

EN_TOTAL = 100 * 1024 * 1024  # octetos


class CampoDeEscaneo(CampoDeArchivos):
    """Los archivos como llegaron; se leen cuando ya se sabe su orden."""

    a_la_vez = 30

    def revisar(self, archivos) -> None:
        if sum(archivo.size for archivo in archivos) > EN_TOTAL:
            raise ValidationError("Pesan más de 100 MB en total: súbalos en dos partes.")


class EscaneoForm(forms.Form):
    """Ya válido, ``contenido`` es el PDF en orden y ``paginas`` cuántas tiene."""

    archivos = CampoDeEscaneo(
        label="PDF o fotos de las hojas firmadas",
        max_length=200,
        help_text="Un PDF, o las fotos de todas las hojas a la vez (JPG, PNG o WebP), de hasta 20 MB cada una.",
        widget=VariosArchivos(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        error_messages={"required": "Elija el PDF o las fotos."},
    )
    orden = forms.CharField(
        label="Orden, si no es el de la lista de archivos",
        required=False,
        max_length=120,
        help_text="Por ejemplo «2, 1, 3»: primero la segunda que eligió.",
    )
    hojas = forms.ModelMultipleChoiceField(
        HojaDeRegistro.objects.none(),
        label="Qué hojas trae",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, sesion, **kwargs):
        super().__init__(*args, **kwargs)
        hojas = self.fields["hojas"]
        hojas.queryset = sesion.hojas.all()
        if not sesion.hojas.exists():
            del self.fields["hojas"]
        else:
            hojas.initial = list(sesion.hojas.filter(escaneos__isnull=True))

    def clean(self):
        datos = super().clean()
        archivos = datos.get("archivos")
        if not archivos:
            return datos
        posiciones = self._posiciones(datos.get("orden", ""), len(archivos))
        if posiciones is None:
            self.add_error("orden", f"Escriba cada número del 1 al {len(archivos)} una sola vez, con comas.")
            return datos
        try:
            self.contenido, self.paginas = leer_escaneo([archivos[n] for n in posiciones])
        except ValidationError as error:
            self.add_error("archivos", error)
        return datos

    @staticmethod
    def _posiciones(orden: str, cuantos: int) -> list[int] | None:
        """«2, 1, 3» → [1, 0, 2]; ``None`` si no nombra cada archivo una vez."""
        partes = orden.replace(",", " ").split()
        if not partes:
            return list(range(cuantos))
        numeros = [int(parte) - 1 for parte in partes if parte.isdecimal() and len(parte) < 4]
        return numeros if sorted(numeros) == list(range(cuantos)) and len(partes) == cuantos else None
