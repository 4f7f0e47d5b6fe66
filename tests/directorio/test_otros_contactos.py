"""Varios correos y teléfonos por entidad, operador, autoridad, medio y personal, en su mismo formulario."""

import pytest
from django.urls import reverse

from directorio.forms.contactos import TOPE
from directorio.models import Contacto, Medio, Personal
from tests.fabricas import AutoridadFactory, EntidadFactory, MedioFactory, OperadorFactory, PersonalFactory

pytestmark = pytest.mark.django_db


def filas(*valores, previas=0):
    """Lo que envía el formulario con una fila por cada (clase, valor)."""
    datos = {"contactos-TOTAL_FORMS": len(valores), "contactos-INITIAL_FORMS": previas}
    for n, (clase, valor) in enumerate(valores):
        datos |= {f"contactos-{n}-clase": clase, f"contactos-{n}-valor": valor, f"contactos-{n}-nota": ""}
    return datos


def de_medio(medio, **cambios):
    return {"nombre": medio.nombre, "tipo": medio.tipo, "centro": medio.centro_id, "esta_activo": "on"} | cambios


@pytest.fixture
def medio(cusco):
    return MedioFactory(centro=cusco)


@pytest.fixture
def cliente(client, coordinadora):
    client.force_login(coordinadora)
    return client


def editar(cliente, medio, contactos, **cambios):
    url = reverse("directorio_medio_modeladmin_edit", args=[medio.pk])
    return cliente.post(url, de_medio(medio, **cambios) | contactos)


def test_se_guardan_con_la_fila_y_se_encuentra_por_ellos(cliente, medio):
    respuesta = editar(cliente, medio, filas(("correo", "prensa@radio.example"), ("telefono", "984000222")))
    assert respuesta.status_code == 302
    assert [c.valor for c in medio.contactos.all()] == ["prensa@radio.example", "984000222"]
    assert "984000222" in Medio.objects.get().texto_busqueda
    ficha = cliente.get(reverse("directorio_medio_modeladmin_inspect", args=[medio.pk])).content.decode()
    assert "mailto:prensa@radio.example" in ficha


@pytest.mark.parametrize(
    ("clase", "valor", "motivo"),
    [
        ("correo", "no es un correo", "correo electrónico válid"),
        ("telefono", "llámame", "solo con dígitos"),
        ("otra", "984000222", "no es una de las opciones"),
        ("telefono", "9" * 300, "tiene 300"),
    ],
)
def test_uno_mal_escrito_se_dice_y_no_se_guarda_nada(cliente, medio, clase, valor, motivo):
    respuesta = editar(cliente, medio, filas((clase, valor)), nombre="Otro nombre")
    assert motivo in respuesta.content.decode()
    assert Medio.objects.get().nombre == medio.nombre
    assert not Contacto.objects.exists()


def test_el_mismo_dos_veces_se_dice(cliente, medio):
    respuesta = editar(cliente, medio, filas(("correo", "a@b.example"), ("correo", "A@b.example")))
    assert "Ya está en otra fila." in respuesta.content.decode()
    assert not Contacto.objects.exists()


def test_se_quita_marcandolo_y_deja_de_encontrarse_por_el(cliente, medio):
    contacto = Contacto.objects.create(medio=medio, clase="telefono", valor="984000222")
    medio.save()
    datos = filas(("telefono", "984000222"), previas=1) | {"contactos-0-id": contacto.pk, "contactos-0-DELETE": "on"}
    assert editar(cliente, medio, datos).status_code == 302
    assert not Contacto.objects.exists()
    assert "984000222" not in Medio.objects.get().texto_busqueda


def test_el_contacto_de_otra_fila_no_se_toca(cliente, medio, arequipa):
    ajeno = Contacto.objects.create(medio=MedioFactory(centro=arequipa), clase="telefono", valor="984000333")
    datos = filas(("telefono", "911111111"), previas=1) | {"contactos-0-id": ajeno.pk}
    assert editar(cliente, medio, datos).status_code in (200, 302)
    assert Contacto.objects.get().valor == "984000333"


def test_las_filas_en_blanco_no_estorban_ni_quien_no_envia_esa_parte(cliente, medio):
    Contacto.objects.create(medio=medio, clase="telefono", valor="984000222")
    assert editar(cliente, medio, {}).status_code == 302
    assert editar(cliente, medio, filas(("telefono", ""), ("telefono", ""))).status_code == 302
    assert Contacto.objects.count() == 1


def test_con_mas_contactos_que_el_tope_se_corrige_lo_demas(cliente, medio):
    """Al unir dos filas se juntan los de ambas."""
    suyos = [Contacto.objects.create(medio=medio, clase="telefono", valor=f"9840001{n:02}") for n in range(TOPE + 3)]
    datos = filas(*[(c.clase, c.valor) for c in suyos], previas=len(suyos))
    datos |= {f"contactos-{n}-id": c.pk for n, c in enumerate(suyos)}
    assert editar(cliente, medio, datos, nombre="Radio Sol").status_code == 302
    assert (Medio.objects.get().nombre, medio.contactos.count()) == ("Radio Sol", TOPE + 3)


def test_pasar_del_tope_se_dice(cliente, medio):
    datos = filas(*[("telefono", f"9840001{n:02}") for n in range(TOPE + 1)])
    assert "12" in editar(cliente, medio, datos).context["contactos"].non_form_errors()[0]
    assert not Contacto.objects.exists()


@pytest.mark.parametrize("fabrica", [EntidadFactory, OperadorFactory, AutoridadFactory, MedioFactory, PersonalFactory])
def test_los_cinco_registros_los_piden(cliente, cusco, fabrica):
    fila = fabrica(entidad__centro=cusco) if fabrica in (OperadorFactory, AutoridadFactory) else fabrica(centro=cusco)
    url = reverse(f"directorio_{fila._meta.model_name}_modeladmin_edit", args=[fila.pk])
    assert "Otros correos y teléfonos" in cliente.get(url).content.decode()


def test_el_telefono_de_casa_del_personal_no_se_busca(cusco):
    fila = PersonalFactory(centro=cusco)
    Contacto.objects.create(personal=fila, clase="telefono", valor="984000444")
    fila.save()
    assert "984000444" not in Personal.objects.get().texto_busqueda
