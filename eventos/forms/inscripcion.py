from django import forms
from django.core.exceptions import ValidationError

from comun.antiabuso import SinRobots

from .colega import ColegaForm, inicial_de, numeros_en, primer_libre
from .entidad import EntidadForm
from .modalidad import preguntar_modalidad
from .persona import ContactoForm, PersonaForm

SI_NO = [("si", "Sí"), ("no", "No")]
COMPARTIDOS = ("es_ciudadano", "entidad", "entidad_texto", "entidad_distrito")


class InscripcionForm(SinRobots, PersonaForm, EntidadForm, ContactoForm):
    """Inscripción pública de una persona y, en ``colegas``, de otras de su entidad.

    La entidad de la primera vale para todas, y también su correo y su teléfono si la fila no trae otros.
    """

    trabaja_en_entidad = forms.ChoiceField(
        label="¿Trabaja en una entidad pública?", choices=SI_NO, widget=forms.RadioSelect, initial="si"
    )
    acepta_aviso = forms.BooleanField(
        label="Leí el aviso y acepto que usen mis datos para esto",
        error_messages={"required": "Para inscribirse debe aceptar el uso de sus datos."},
    )
    # De qué invitación viene (``enlaces.sello_de``): lo que salga queda unido a ella. Uno que no vale no estorba.
    invitacion = forms.CharField(required=False, widget=forms.HiddenInput)
    DE_LA_PERSONA = ("tipo_documento", "numero_documento", "nombres", "apellidos", "trabaja_en_entidad")
    DE_ENTIDAD = tuple(EntidadForm.base_fields)
    field_order = [*DE_LA_PERSONA, *DE_ENTIDAD, "correo", "telefono", "acepta_aviso"]

    def __init__(self, *args, capacitacion, **kwargs):
        super().__init__(*args, **kwargs)
        self.capacitacion = capacitacion
        preguntar_modalidad(self, capacitacion, rotulo="¿Cómo asistirá?")
        for nombre, valor in (("nombres", "given-name"), ("apellidos", "family-name"), ("numero_documento", "off")):
            self.fields[nombre].widget.attrs["autocomplete"] = valor
        self.colegas = [self._colega(n) for n in numeros_en(self.data if self.is_bound else self.initial)]

    def _colega(self, numero):
        if self.is_bound:
            return ColegaForm(self.data, numero=numero, capacitacion=self.capacitacion)
        inicial = inicial_de(self.initial, numero)
        return ColegaForm(initial=inicial, numero=numero, capacitacion=self.capacitacion)

    @property
    def de_la_persona(self):
        return [self[nombre] for nombre in self.DE_LA_PERSONA]

    @property
    def colega_en_blanco(self):
        """La fila que el JavaScript copia al agregar."""
        return ColegaForm(numero=0, capacitacion=self.capacitacion)

    @property
    def siguiente_colega(self) -> int | None:
        return primer_libre([colega.numero for colega in self.colegas])

    @property
    def llenas(self):
        """Las filas de colegas en que se escribió algo."""
        return [colega for colega in self.colegas if colega.has_changed()]

    def pide_entidad(self):
        return self.cleaned_data.get("trabaja_en_entidad") == "si"

    def clean_trabaja_en_entidad(self):
        respuesta = self.cleaned_data["trabaja_en_entidad"]
        if respuesta == "no" and not self.capacitacion.abierta_a_ciudadania:
            raise ValidationError(self.solo_entidades)
        return respuesta

    @property
    def solo_entidades(self):
        centro = self.capacitacion.centro
        donde = f" al {centro.nombre_completo}: {centro.correo or centro.telefono}" if centro else " al centro"
        return f"Esta capacitación es para personal de entidades públicas. Si usted no lo es, escriba{donde}."

    def clean(self):
        datos = super().clean()
        vistos = {self._documento(datos)}
        for colega in self.llenas:
            if colega.is_valid() and self.pide_entidad() and not colega.cleaned_data["cargo"]:
                colega.add_error("cargo", "Escriba su cargo.")
            documento = self._documento(colega.cleaned_data)
            if documento in vistos and None not in documento:
                colega.add_error("numero_documento", "Ya escribió este documento en otra fila.")
            vistos.add(documento)
        return datos

    @staticmethod
    def _documento(datos):
        return datos.get("tipo_documento"), datos.get("numero_documento")

    def is_valid(self):
        return super().is_valid() and not self.hay_errores_en_filas

    @property
    def hay_errores_en_filas(self) -> bool:
        return any(colega.errors for colega in self.llenas)

    @property
    def filas(self) -> list:
        """Los formularios de cada persona, en el orden de ``personas``."""
        return [self, *self.llenas]

    @property
    def personas(self) -> list[dict]:
        """Cada persona como la pide ``actions.inscripcion.inscribir``."""
        primera = self.cleaned_data | {"es_ciudadano": not self.pide_entidad()}
        comunes = {nombre: primera[nombre] for nombre in COMPARTIDOS}
        return [primera, *(self._con_lo_comun(colega.cleaned_data, comunes) for colega in self.llenas)]

    def _con_lo_comun(self, propios, comunes):
        contacto = {nombre: propios[nombre] or self.cleaned_data[nombre] for nombre in ("correo", "telefono")}
        cargo = propios["cargo"] if self.pide_entidad() else ""
        return propios | comunes | contacto | {"cargo": cargo}
