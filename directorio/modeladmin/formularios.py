"""Formularios del directorio: los otros contactos van con su fila, y lo que se corrige corrige también la historia."""

from django.db import transaction
from django.utils.functional import cached_property
from wagtail.admin import messages

from comun.modeladmin import Alta, Edicion
from directorio.actions import (
    CambioImposible,
    cambiar_de_puesto,
    cerrar_puesto_de_operador,
    corregir_puesto,
    corregir_puesto_de_operador,
    refrescar_su_gente,
)
from directorio.forms.contactos import conjunto_de_contactos

PREFIJO = "contactos"


class ConContactos:
    """Guarda la fila y sus otros contactos, o nada."""

    @cached_property
    def contactos(self):
        datos = self.get_form_kwargs().get("data")
        if datos is not None and f"{PREFIJO}-TOTAL_FORMS" not in datos:
            datos = None  # quien no envía esa parte no la toca
        return conjunto_de_contactos(self.model)(datos, instance=self.get_instance(), prefix=PREFIJO)

    def lo_ajeno_aparte(self):
        suyos = self.contactos
        cambiaron = suyos.is_bound and suyos.estan_bien_escritos() and suyos.otra_persona_los_cambio()
        return "Lo que cambió de los otros correos y teléfonos ya está aquí." if cambiaron else ""

    def conservar_lo_aparte(self):
        if self.contactos.is_bound and self.contactos.estan_bien_escritos():
            self.contactos = self.contactos.con_lo_ajeno()

    def form_valid(self, form):
        if self.contactos.is_bound and not self.contactos.is_valid():
            return self.form_invalid(form)
        with transaction.atomic():
            respuesta = super().form_valid(form)
            if form.errors:
                transaction.set_rollback(True)
            elif self.contactos.is_bound:
                self._guardar_contactos(form.instance.pk)
        return respuesta

    def _guardar_contactos(self, pk):
        fila = self.model._default_manager.get(pk=pk)
        self.contactos.instance = fila
        if self.contactos.save() or self.contactos.deleted_objects:
            fila.save(update_fields=["texto_busqueda"])  # se encuentra también por ellos

    def get_context_data(self, **kwargs):
        return super().get_context_data(contactos=self.contactos, **kwargs)


class AltaConContactos(ConContactos, Alta):
    """«?entidad=» la trae elegida, si es del ámbito de quien la agrega."""

    def get_initial(self):
        entidad = self.request.GET.get("entidad", "")
        return super().get_initial() | ({"entidad": int(entidad)} if entidad.isdecimal() and len(entidad) < 19 else {})


class AltaDeOperador(AltaConContactos):
    """Quien entra ya inactivo tiene desde hoy su puesto en la historia: así corre el plazo de sus contactos.

    Si ya está alguien parecido, ofrece abrir su ficha en otra pestaña: aquí queda lo escrito.
    """

    @transaction.atomic
    def form_valid(self, form):
        respuesta = super().form_valid(form)
        if not form.errors and form.instance.pk and not form.instance.esta_activo:
            cerrar_puesto_de_operador(form.instance)
        return respuesta

    def form_invalid(self, form):
        botones = [messages.button(self._ficha(otro), f"Abrir la ficha de {otro}", True) for otro in form.parecidos]
        messages.validation_error(self.request, self.get_error_message(), form, buttons=botones)
        return self.render_to_response(self.get_context_data(form=form))

    def _ficha(self, operador):
        return self.url_helper.get_action_url("inspect", operador.pk)


class EdicionConContactos(ConContactos, Edicion):
    pass


class EdicionDeEntidad(EdicionConContactos):
    def form_valid(self, form):
        respuesta = super().form_valid(form)
        if "nombre" in form.changed_data and not form.errors:
            refrescar_su_gente([form.instance.pk])
        return respuesta


class _CorregirOperador:
    def form_valid(self, form):
        respuesta = super().form_valid(form)
        if "esta_activo" in form.changed_data and not form.instance.esta_activo:
            cerrar_puesto_de_operador(form.instance)
        corregir_puesto_de_operador(form.instance)
        return respuesta


class EdicionDeOperador(ConContactos, _CorregirOperador, Edicion):
    pass


class _CambiarDePuesto:
    """Lo que se pregunta en el formulario decide: se corrige la fila, o empieza otro puesto."""

    def form_valid(self, form):
        if not form.es_otro_puesto():
            respuesta = super().form_valid(form)
            corregir_puesto(form.instance)
            return respuesta
        try:
            pendiente = self._cambiar_de_puesto(form)
        except CambioImposible as error:
            form.add_error("cambia_desde", str(error))
            return self.form_invalid(form)
        form.instance.refresh_from_db()
        if pendiente:
            messages.warning(self.request, pendiente)
        return super().form_valid(form)

    def _cambiar_de_puesto(self, form) -> str:
        puesto = form.apartar_puesto()
        with transaction.atomic():
            form.save()
            return cambiar_de_puesto(
                personal=form.instance,
                puesto=puesto,
                desde=form.cleaned_data["cambia_desde"],
                por=self.request.user,
                con_rol=self.request.user.has_perm("organizacion.add_usuario"),
                request=self.request,
            )


class EdicionDePersonal(ConContactos, _CambiarDePuesto, Edicion):
    pass
