"""Ningún registro deja ver ni tocar filas de otro centro. Cubre solo cada registro nuevo: basta que tenga fábrica."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.forms import ModelChoiceField
from django.urls import reverse
from wagtail import hooks

from comun.modeladmin import RegistroAdmin
from directorio.models import Operador, Personal
from organizacion.actions import asignar_rol
from organizacion.models import Centro, Organo, Rol, Sistema, Usuario
from tests import fabricas, personas
from tests.custodia.motivo import PARA_ALGO

# Aquí se da más permiso que el del rol: lo que se niegue será por alcance, y no porque la cerca no lo declare.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sin_cerca")]

# Catálogos: no son de ningún centro y los ve quien tiene el permiso.
SIN_ALCANCE = {
    "directorio.Indicador",
    *("home.Norma", "home.Sinonimo"),
    *("organizacion.DiaNoLaborable", "organizacion.Organo", "organizacion.Sistema"),
}


def _registros():
    hooks.search_for_hooks()
    pendientes, halladas = [RegistroAdmin], []
    while pendientes:
        clase = pendientes.pop()
        pendientes += clase.__subclasses__()
        if clase.model is not None:
            halladas.append(clase)
    return sorted(halladas, key=lambda clase: clase.model._meta.label)


FABRICAS = {
    clase._meta.model: clase
    for clase in vars(fabricas).values()
    if isinstance(clase, type) and issubclass(clase, fabricas.DjangoModelFactory) and clase._meta.model
}
REGISTROS = _registros()
# La fábrica de un catálogo devuelve siempre la misma fila: su lista no crece.
DE_MUCHAS_FILAS = [clase for clase in REGISTROS if clase.model not in (Centro, Organo, Sistema)]
CON_ALCANCE = [clase for clase in REGISTROS if hasattr(clase.model._default_manager.all(), "para")]


def con_pantalla(clases, *acciones):
    """Parametriza por (registro, pantalla), solo con las pantallas que cada registro monta."""
    pares = []
    for clase in clases:
        montadas = {ruta.name for ruta in clase().get_admin_urls_for_registration()}
        pares += [(clase, a) for a in acciones if clase().url_helper.get_action_url_name(a) in montadas]
    return pytest.mark.parametrize(("clase", "accion"), pares, ids=[f"{c.model._meta.label}-{a}" for c, a in pares])


todos = pytest.mark.parametrize("clase", REGISTROS, ids=lambda clase: clase.model._meta.label)
con_alcance = pytest.mark.parametrize("clase", CON_ALCANCE, ids=lambda clase: clase.model._meta.label)


def fila_de(modelo, centro):
    """Una fila de ``modelo`` que pertenece a ``centro``."""
    ruta = modelo._default_manager.all().ruta_centro
    return FABRICAS[modelo](nombre=centro.nombre) if ruta == "pk" else FABRICAS[modelo](**{ruta: centro})


def direccion(clase, accion, fila=None):
    nombre = clase().url_helper.get_action_url_name(accion)
    return reverse(nombre, args=[fila.pk] if fila else None)


def con_todo_permiso(usuario, modelo):
    """Quien puede ver, agregar, cambiar y borrar: lo que se le niegue será por alcance y no por permiso.

    El permiso va en el grupo de su rol: suelto no abre filas (ADR 0027).
    """
    permisos = Permission.objects.filter(
        content_type__app_label=modelo._meta.app_label, codename__endswith=f"_{modelo._meta.model_name}"
    )
    for grupo in usuario.groups.all():
        grupo.permissions.add(*permisos)
    return Usuario.objects.get(pk=usuario.pk)


@pytest.fixture
def entrar(client, coordinadora):
    def como_coordinadora(clase):
        client.force_login(con_todo_permiso(coordinadora, clase.model))
        return client

    return como_coordinadora


def pks(respuesta):
    return {fila.pk for fila in respuesta.context["object_list"]}


def datos_de(form):
    """Lo que el navegador enviaría si nadie toca el formulario."""
    datos = {}
    for nombre, campo in form.fields.items():
        valor = form[nombre].value()
        if isinstance(valor, bool):
            datos |= {form.add_prefix(nombre): "on"} if valor else {}
        elif isinstance(valor, list | tuple) or hasattr(valor, "all"):
            datos[form.add_prefix(nombre)] = [getattr(v, "pk", v) for v in valor]
        elif valor is not None:
            valor = getattr(valor, "pk", valor)
            formateado = campo.widget.format_value(valor) if hasattr(campo.widget, "format_value") else valor
            formateado = formateado[0] if isinstance(formateado, list) else formateado
            datos[form.add_prefix(nombre)] = valor if formateado is None else formateado
    for conjunto in getattr(form, "formsets", {}).values():
        datos |= datos_de(conjunto.management_form)
        for subformulario in conjunto.forms:
            datos |= datos_de(subformulario)
    return datos


def selectores(form):
    """Los selectores de ``form`` sobre modelos con alcance."""
    return {
        nombre: campo
        for nombre, campo in form.fields.items()
        if isinstance(campo, ModelChoiceField) and hasattr(campo.queryset, "para")
    }


def test_hay_registros_que_probar():
    assert len(REGISTROS) >= 7


@todos
def test_cada_registro_tiene_su_fabrica(clase):
    assert clase.model in FABRICAS, f"Agregue una fábrica de {clase.model.__name__} en tests/fabricas.py"


def test_los_registros_sin_alcance_son_los_conocidos():
    assert {clase.model._meta.label for clase in REGISTROS if clase not in CON_ALCANCE} == SIN_ALCANCE


@con_alcance
def test_la_lista_no_trae_filas_de_otro_centro(clase, entrar, cusco, arequipa):
    propia, ajena = fila_de(clase.model, cusco), fila_de(clase.model, arequipa)
    respuesta = entrar(clase).get(direccion(clase, "index"))
    assert propia.pk in pks(respuesta)
    assert ajena.pk not in pks(respuesta)


@con_alcance
def test_la_busqueda_no_halla_filas_de_otro_centro(clase, entrar, arequipa):
    ajena = fila_de(clase.model, arequipa)
    texto = getattr(ajena, "texto_busqueda", "") or str(ajena)
    respuesta = entrar(clase).get(direccion(clase, "index"), {"q": texto}, follow=True)
    assert ajena.pk not in pks(respuesta)


@con_alcance
def test_los_filtros_no_ofrecen_ni_abren_otro_centro(clase, entrar, cusco, arequipa):
    fila_de(clase.model, cusco)
    ajena = fila_de(clase.model, arequipa)
    cliente = entrar(clase)
    ruta = clase.model._default_manager.all().ruta_centro
    respuesta = cliente.get(direccion(clase, "index"), {f"{ruta}__id__exact": arequipa.pk})
    assert ajena.pk not in pks(respuesta)
    opciones = [str(o["display"]) for filtro in respuesta.context["filtros"] for o in filtro["opciones"]]
    assert arequipa.nombre not in opciones


@con_pantalla(CON_ALCANCE, "inspect", "edit", "delete", "history")
def test_una_fila_de_otro_centro_no_existe(clase, accion, entrar, arequipa):
    ajena = fila_de(clase.model, arequipa)
    cliente = entrar(clase)
    assert cliente.get(direccion(clase, accion, ajena)).status_code == 404
    assert cliente.post(direccion(clase, accion, ajena), {"nombre": "Tomada"}).status_code == 404
    assert clase.model._default_manager.filter(pk=ajena.pk).exists()


@con_alcance
def test_la_exportacion_trae_solo_filas_propias(clase, entrar, cusco, arequipa):
    fila_de(clase.model, cusco)
    fila_de(clase.model, arequipa)
    cliente = entrar(clase)
    if not clase.list_export:
        assert cliente.get(direccion(clase, "index"), {"export": "csv"}).status_code == 404
        return
    esperadas = clase.model._default_manager.para(Usuario.objects.get(username="coordinadora.cusco")).count()
    contenido = cliente.post(f"{direccion(clase, 'index')}?export=csv", PARA_ALGO).content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(contenido)))) == 1 + esperadas


@con_pantalla(CON_ALCANCE, "create", "edit")
def test_los_selectores_no_ofrecen_filas_de_otro_centro(clase, accion, entrar, cusco, arequipa):
    propia = fila_de(clase.model, cusco)
    respuesta = entrar(clase).get(direccion(clase, accion, propia if accion == "edit" else None))
    if accion == "create" and respuesta.status_code == 302:
        assert respuesta.url == reverse("wagtailadmin_home"), "sin alta desde aquí: se le niega"
        return
    usuario = respuesta.wsgi_request.user
    for nombre, campo in selectores(respuesta.context["form"]).items():
        ajena = fila_de(campo.queryset.model, arequipa)
        assert ajena not in campo.queryset, nombre
        assert set(campo.queryset) <= set(campo.queryset.model._default_manager.para(usuario)), nombre


@con_pantalla(CON_ALCANCE, "edit")
def test_una_fila_propia_no_se_muda_a_otro_centro(clase, accion, entrar, cusco, arequipa):
    propia = fila_de(clase.model, cusco)
    cliente = entrar(clase)
    respuesta = cliente.get(direccion(clase, accion, propia))
    assert respuesta.status_code == 200
    datos = datos_de(respuesta.context["form"])
    for nombre, campo in selectores(respuesta.context["form"]).items():
        ajena = fila_de(campo.queryset.model, arequipa)
        rechazo = cliente.post(direccion(clase, accion, propia), datos | {nombre: ajena.pk})
        assert nombre in rechazo.context["form"].errors
        assert f">{ajena}<" not in rechazo.content.decode(), "el formulario devuelto no nombra la fila ajena"
        assert clase.model._default_manager.values_list(nombre, flat=True).get(pk=propia.pk) != ajena.pk


@con_pantalla(REGISTROS, "index", "inspect", "edit", "history")
def test_la_sede_abre_cada_pantalla(clase, accion, client):
    usuario = con_todo_permiso(personas.directora_de_ogauc(), clase.model)
    client.force_login(usuario)
    fila = FABRICAS[clase.model]()
    url = direccion(clase, accion, None if accion == "index" else fila)
    assert client.get(url).status_code == 200


@con_pantalla(REGISTROS, "inspect", "history")
def test_sin_permiso_de_ver_no_se_abre_ni_la_historia(clase, accion, client):
    """La historia de modeladmin no pregunta por el permiso y nombra la fila: un correo, una persona."""
    client.force_login(personas.con_rol("oautda", Rol.OAUTDA))
    puede = client.get(reverse("wagtailadmin_home")).wsgi_request.user.has_perm
    ve = puede(f"{clase.model._meta.app_label}.view_{clase.model._meta.model_name}")
    respuesta = client.get(direccion(clase, accion, FABRICAS[clase.model]()))
    assert respuesta.status_code in ((200,) if ve else (302, 404)), "sin permiso, ni su fila existe"


@pytest.fixture
def coordinadora_y_tecnica(client, coordinadora):
    """La coordinadora de Cusco, encargada también de un sistema: ve lo de ese sistema en todo el país (R17)."""
    sistema = fabricas.SistemaFactory()
    asignar_rol(usuario=coordinadora, rol=Rol.RESPONSABLE_TECNICO, sistema=sistema, es_encargatura=True)
    client.force_login(coordinadora)
    return sistema


@pytest.mark.parametrize("modelo", [Operador, Personal], ids=["operador", "personal"])
def test_lo_de_su_sistema_en_otro_centro_se_mira_y_no_se_toca(modelo, client, coordinadora_y_tecnica, arequipa):
    ajena = fila_de(modelo, arequipa)
    if modelo is Operador:
        ajena.sistemas.add(coordinadora_y_tecnica)
    else:
        Personal.objects.filter(pk=ajena.pk).update(sistema=coordinadora_y_tecnica)
    clase = next(c for c in REGISTROS if c.model is modelo)
    assert client.get(direccion(clase, "inspect", ajena)).status_code == 200
    assert client.get(direccion(clase, "edit", ajena)).status_code == 302
    assert client.post(direccion(clase, "edit", ajena), {"nombres": "Tomada"}).status_code == 302


def test_ver_todos_los_centros_no_deja_agregar_en_ellos(client, coordinadora_y_tecnica, cusco, arequipa):
    clase = next(c for c in REGISTROS if c.model is Personal)
    form = client.get(direccion(clase, "create")).context["form"]
    assert list(form.fields["centro"].queryset) == [cusco]


@pytest.mark.parametrize("clase", DE_MUCHAS_FILAS, ids=lambda clase: clase.model._meta.label)
def test_una_lista_mas_larga_no_hace_mas_consultas(clase, client, django_assert_max_num_queries):
    client.force_login(con_todo_permiso(personas.directora_de_ogauc(), clase.model))
    url = direccion(clase, "index")
    FABRICAS[clase.model].create_batch(2)
    client.get(url)
    with django_assert_max_num_queries(1000) as cortas:
        client.get(url)
    FABRICAS[clase.model].create_batch(8)
    with django_assert_max_num_queries(len(cortas)):
        client.get(url)


def test_lo_que_otros_usan_no_se_borra_y_se_dice_cuantos_sin_nombrarlos(client, cusco):
    persona = fabricas.PersonalFactory(centro=cusco, nombres="Nombre Reservado")
    administra = Usuario.objects.create_superuser("administra", "administra@mef.example", "clave-larga-de-prueba")
    client.force_login(administra)
    pagina = client.post(reverse("organizacion_centro_modeladmin_delete", args=[cusco.pk]))
    assert "No se puede borrar" in pagina.text
    assert "1 miembro del personal" in pagina.text
    assert "Nombre Reservado" not in pagina.text
    assert Centro.objects.filter(pk=cusco.pk).exists()
    assert Personal.objects.filter(pk=persona.pk).exists()
