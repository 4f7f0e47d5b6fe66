"""Corregir los propios datos por el enlace privado, hasta que empieza."""

import pytest
from django.urls import reverse

from correo.models import Entrega, Envio
from custodia.models import Huella
from eventos import topes
from eventos.actions.correccion import YaNoSeCorrige, corregir
from eventos.enlaces import token_de
from eventos.models import Inscripcion
from tests.fabricas import CapacitacionFactory, DistritoFactory, EntidadFactory, InscripcionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(cusco, entidad):
    curso = CapacitacionFactory(centro=cusco, titulo="Cierre contable")
    return InscripcionFactory(
        capacitacion=curso, nombres="Rosa", apellidos="Kispe", entidad=entidad, cargo="Tesorera",
        correo="rosa@muni.example", telefono="984123456",
    )  # fmt: skip


def url(inscripcion):
    return reverse("eventos:inscripcion-editar", args=[token_de(inscripcion)])


def escrito(inscripcion, **cambios):
    base = {
        "nombres": inscripcion.nombres,
        "apellidos": inscripcion.apellidos,
        "entidad": str(inscripcion.entidad_id or ""),
        "cargo": inscripcion.cargo,
        "correo": inscripcion.correo,
        "telefono": inscripcion.telefono,
    }
    return base | cambios


def guardada(inscripcion):
    return Inscripcion.objects.get(pk=inscripcion.pk)


def test_el_formulario_llega_con_lo_que_escribio_y_sin_el_documento(client, rosa):
    pagina = client.get(url(rosa)).text
    assert 'value="Kispe"' in pagina
    assert "Municipalidad Distrital de Wanchaq" in pagina
    assert "documento no se cambia por aquí: si está mal, llame al 084 123456" in pagina
    assert 'name="numero_documento"' not in pagina
    assert rosa.persona.numero_documento not in pagina
    assert not Huella.objects.exists()


def test_se_corrige_su_copia_y_no_a_la_persona(client, rosa):
    otra = EntidadFactory(nombre="Gobierno Regional del Cusco", centro=rosa.capacitacion.centro)
    respuesta = client.post(url(rosa), escrito(rosa, apellidos="Quispe", entidad=str(otra.pk), cargo="Jefa"))

    assert respuesta.url == reverse("eventos:inscripcion-ver", args=[token_de(rosa)])
    nueva = guardada(rosa)
    assert (nueva.apellidos, nueva.entidad, nueva.cargo) == ("Quispe", otra, "Jefa")
    assert "quispe" in nueva.texto_busqueda
    assert nueva.persona.apellidos == "Quispe Mamani"
    assert not Envio.objects.exists()


def test_el_rastro_dice_que_campos_y_no_que_decian(client, rosa):
    client.post(url(rosa), escrito(rosa, apellidos="Quispe", telefono="987000111"))
    huella = Huella.objects.get(accion="corregir inscripción")
    assert huella.detalle == {"campos": ["apellidos", "telefono"]}
    assert huella.objeto == str(rosa.pk)


def test_si_cambia_el_correo_la_confirmacion_va_al_nuevo_cada_vez(client, rosa):
    for correo in ("nueva@muni.example", "otra@muni.example"):
        client.post(url(rosa), escrito(guardada(rosa), correo=correo))
    assert list(Entrega.objects.order_by("pk").values_list("direccion", flat=True)) == [
        "nueva@muni.example",
        "otra@muni.example",
    ]
    assert set(Envio.objects.values_list("asunto", flat=True)) == {"CONFIRMADO: Cierre contable"}


def test_guardar_sin_cambios_no_deja_rastro_ni_manda_nada(client, rosa):
    assert client.post(url(rosa), escrito(rosa)).status_code == 302
    assert not Huella.objects.exists()
    assert not Envio.objects.exists()


def test_lo_que_escribio_de_una_entidad_ya_vinculada_se_conserva(client, rosa):
    Inscripcion.objects.update(entidad_texto="Muni de Wanchak")
    client.post(url(rosa), escrito(rosa, cargo="Jefa"))
    assert guardada(rosa).entidad_texto == "Muni de Wanchak"


def test_puede_escribir_una_entidad_que_no_figura(client, rosa):
    DistritoFactory(ubigeo="080108", nombre="Wanchaq")
    cambios = {"entidad": "", "no_figura": "on", "entidad_texto": "UGEL de prueba", "entidad_distrito": "080108"}
    client.post(url(rosa), escrito(rosa, **cambios))
    nueva = guardada(rosa)
    assert (nueva.entidad, nueva.entidad_texto, nueva.entidad_distrito_id) == (None, "UGEL de prueba", "080108")


def test_a_la_ciudadania_no_se_le_pide_entidad(client, rosa):
    Inscripcion.objects.update(es_ciudadano=True, entidad=None, cargo="")
    ana = guardada(rosa)
    assert 'name="entidad_busqueda"' not in client.get(url(ana)).text
    client.post(url(ana), escrito(ana, nombres="Ana"))
    assert (guardada(ana).nombres, guardada(ana).es_ciudadano) == ("Ana", True)


@pytest.mark.parametrize(
    ("campo", "valor", "mensaje"),
    [("correo", "rosa@", "correo"), ("nombres", "", "obligatorio"), ("telefono", "x", "solo con dígitos"),
     ("cargo", "", "Escriba su cargo."), ("apellidos", "a\nb", "una sola línea")],
)  # fmt: skip
def test_un_dato_malo_se_explica_y_no_cambia_nada(client, rosa, campo, valor, mensaje):
    respuesta = client.post(url(rosa), escrito(rosa, **{campo: valor}))
    assert mensaje in str(respuesta.context["form"].errors[campo])
    assert getattr(guardada(rosa), campo) == getattr(rosa, campo)


def test_sin_javascript_busca_su_entidad_sin_perder_lo_escrito(client, rosa, entidad):
    pagina = client.post(url(rosa), escrito(rosa, apellidos="Quispe", entidad_busqueda="wanchaq", buscar="x")).text
    assert 'value="Quispe"' in pagina
    assert f'name="entidad" value="{entidad.pk}"' in pagina
    assert guardada(rosa).apellidos == "Kispe"


@pytest.mark.parametrize("cambio", [{"estado": "anulada"}, {"dias": -1}, {"cancelada": True}])
def test_empezada_cancelada_o_anulada_ya_no_se_corrige(client, rosa, cambio):
    if "estado" in cambio:
        Inscripcion.objects.update(estado="anulada")
    elif "dias" in cambio:
        sesion = rosa.capacitacion.sesiones.get()
        sesion.fecha = sesion.fecha.replace(year=2020)
        sesion.save()
    else:
        rosa.capacitacion.estado = "cancelada"
        rosa.capacitacion.save()
    assert client.post(url(rosa), escrito(rosa, nombres="Ana")).status_code == 410
    with pytest.raises(YaNoSeCorrige):
        corregir(inscripcion=guardada(rosa), datos={"nombres": "Ana"})
    assert guardada(rosa).nombres == "Rosa"


def test_si_el_aviso_falla_no_se_corrige_a_medias(rosa, monkeypatch):
    def falla(**_):
        raise RuntimeError("bandeja caída")

    monkeypatch.setattr("eventos.correos.poner_en_cola", falla)
    with pytest.raises(RuntimeError):
        corregir(inscripcion=rosa, datos={"nombres": "Ana", "correo": "ana@muni.example"})
    assert guardada(rosa).nombres == "Rosa"
    assert not Huella.objects.exists()


def test_no_sirve_para_mandar_correo_a_medio_mundo(client, rosa):
    estados = [
        client.post(url(rosa), escrito(rosa, correo=f"victima{n}@muni.example")).status_code
        for n in range(topes.CORRECCIONES.cuantos + 1)
    ]
    assert estados == [302] * topes.CORRECCIONES.cuantos + [429]
    assert Entrega.objects.count() == topes.CORRECCIONES.cuantos


def test_un_enlace_ajeno_no_corrige(client, rosa):
    codigo = InscripcionFactory(capacitacion=rosa.capacitacion).codigo
    falso = f"{codigo}.{token_de(rosa).split('.', 1)[1]}"
    assert client.post(reverse("eventos:inscripcion-editar", args=[falso]), escrito(rosa)).status_code == 404
