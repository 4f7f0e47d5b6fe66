from .entidad import EntidadForm
from .modalidad import preguntar_modalidad
from .persona import ContactoForm, PersonaForm


class CorreccionForm(PersonaForm, EntidadForm, ContactoForm):
    """Corregir los datos de la propia inscripción, menos el documento: ese lo cambia el centro."""

    tipo_documento = None
    numero_documento = None
    DE_CONTACTO = ("correo", "telefono")
    field_order = ["nombres", "apellidos", *EntidadForm.base_fields, *DE_CONTACTO]

    def __init__(self, *args, inscripcion, **kwargs):
        self.inscripcion = inscripcion
        super().__init__(*args, initial=kwargs.pop("initial", None) or _escrito_en(inscripcion), **kwargs)
        preguntar_modalidad(self, inscripcion.capacitacion, rotulo="¿Cómo asistirá?")
        self.fields["correo"].help_text = "Si lo cambia, la confirmación irá al nuevo."

    @property
    def de_la_persona(self):
        return [self["nombres"], self["apellidos"]]

    @property
    def de_contacto(self):
        return [self[nombre] for nombre in (*self.DE_CONTACTO, "modalidad") if nombre in self.fields]

    def pide_entidad(self):
        return not self.inscripcion.es_ciudadano

    def clean(self):
        datos = super().clean()
        elegida = datos.get("entidad")
        if elegida and elegida.pk == self.inscripcion.entidad_id:
            # El centro la vinculó después: lo que la persona escribió se conserva.
            datos["entidad_texto"] = self.inscripcion.entidad_texto
            datos["entidad_distrito"] = self.inscripcion.entidad_distrito
        return datos


def _escrito_en(inscripcion) -> dict:
    campos = ("nombres", "apellidos", "entidad_texto", "cargo", "correo", "telefono")
    return {nombre: getattr(inscripcion, nombre) for nombre in campos} | {
        "entidad": inscripcion.entidad_id,
        "entidad_distrito": inscripcion.entidad_distrito_id,
        "modalidad": "virtual" if inscripcion.es_virtual else "presencial",
        "no_figura": not inscripcion.es_ciudadano and inscripcion.entidad_id is None,
    }
