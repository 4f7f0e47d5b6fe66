"""Los materiales: el personal los sube y ordena, y el público los baja cuando le toca."""

import io
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from custodia.models import Huella
from eventos.actions.filas import Filas
from eventos.actions.material import guardar_materiales
from eventos.models import Material
from organizacion.publico import version_publica
from tests import personas
from tests.fabricas import CapacitacionFactory, MaterialFactory
from tests.pdf import pdf_con_javascript, pdf_minimo

from .ayudas import completa, filas

pytestmark = pytest.mark.django_db
PDF = pdf_minimo()


@pytest.fixture(autouse=True)
def archivos_aparte(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def comprimido(**miembros):
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        for nombre, contenido in miembros.items():
            archivo.writestr(nombre.replace("__", "/"), contenido)
    return salida.getvalue()


def subido(nombre, contenido=PDF):
    return SimpleUploadedFile(nombre, contenido)


def pantalla(capacitacion):
    return reverse("eventos_intranet:materiales", args=[capacitacion.pk])


def envio(*archivos, iniciales=(), **cambios):
    datos = filas("materiales", [dict(fila) for fila in iniciales], iniciales=len(iniciales))
    return datos | {"archivos": list(archivos)} | cambios


def test_se_suben_varios_a_la_vez_y_toman_su_titulo_del_nombre(cliente, asistente, cusco):
    capacitacion = completa()
    antes = version_publica()
    respuesta = cliente.post(
        pantalla(capacitacion),
        envio(subido("cierre_contable-2026.pdf"), subido("CASO PRÁCTICO.pdf"), visible_antes="on"),
    )
    assert respuesta.status_code == 302
    primero, segundo = capacitacion.materiales.all()
    assert (primero.titulo, segundo.titulo) == ("Cierre contable 2026", "CASO PRÁCTICO")
    assert (primero.orden, segundo.orden) == (1, 2)
    assert primero.visible_antes
    assert primero.octetos == len(PDF)
    assert primero.subido_por == asistente
    assert "cierre" not in primero.archivo.name
    assert Huella.objects.get(accion="editar materiales").detalle == {"agregados": 2, "quitados": 0}
    assert version_publica() > antes


@pytest.mark.parametrize(
    ("nombre", "contenido", "mensaje"),
    [
        ("virus.exe", PDF, "no se admite ese tipo"),
        ("pagina.html", b"<script>", "no se admite ese tipo"),
        ("dibujo.svg", b"<svg/>", "no se admite ese tipo"),
        ("sin_extension", PDF, "no se admite ese tipo"),
        ("falso.pdf", b"<html>", "su contenido es otro"),
        ("falso.docx", comprimido(**{"xl__workbook.xml": "x"}), "su contenido es otro"),
        ("falso.odt", comprimido(mimetype="application/vnd.oasis.opendocument.presentation"), "su contenido es otro"),
        ("roto.pptx", b"PK\x03\x04roto", "su contenido es otro"),
        ("vacio.zip", comprimido(), "su contenido es otro"),
        ("vacio.pdf", b"", "vac"),
    ],
)
def test_lo_que_no_es_lo_que_dice_no_se_guarda_ni_lo_que_va_con_el(cliente, cusco, nombre, contenido, mensaje):
    capacitacion = completa()
    respuesta = cliente.post(pantalla(capacitacion), envio(subido("bueno.pdf"), subido(nombre, contenido)))
    assert respuesta.status_code == 200
    assert mensaje in respuesta.text
    assert not Material.objects.exists()


def odt_danado():
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as archivo:
        archivo.writestr("mimetype", "application/vnd.oasis.opendocument.text" * 9)
    octetos = bytearray(salida.getvalue())
    inicio = 30 + len("mimetype")  # tras la cabecera del miembro
    octetos[inicio : inicio + 8] = b"\xff" * 8
    return bytes(octetos)


def test_un_archivo_danado_por_dentro_se_dice_y_no_es_una_falla(cliente, cusco):
    respuesta = cliente.post(pantalla(completa()), envio(subido("roto.odt", odt_danado())))
    assert respuesta.status_code == 200
    assert "su contenido es otro o está dañado" in respuesta.text


def test_una_fila_inventada_no_crea_un_material_sin_archivo(cliente, cusco):
    capacitacion = completa()
    inventada = filas("materiales", [{"orden": 1, "titulo": "Sin archivo"}])
    assert cliente.post(pantalla(capacitacion), inventada | {"archivos": []}).status_code == 302
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("nombre", "contenido"),
    [
        ("uno.docx", comprimido(**{"word__document.xml": "x"})),
        ("uno.pptx", comprimido(**{"ppt__presentation.xml": "x"})),
        ("uno.XLSX", comprimido(**{"xl__workbook.xml": "x"})),
        ("uno.odt", comprimido(mimetype="application/vnd.oasis.opendocument.text")),
        ("uno.odp", comprimido(mimetype="application/vnd.oasis.opendocument.presentation")),
        ("uno.zip", comprimido(leeme="x")),
    ],
)
def test_cada_tipo_admitido_se_guarda(cliente, cusco, nombre, contenido):
    capacitacion = completa()
    assert cliente.post(pantalla(capacitacion), envio(subido(nombre, contenido))).status_code == 302
    assert Material.objects.get().formato == nombre.rpartition(".")[2].upper()


def test_uno_muy_pesado_dice_cuanto_pesa_y_cuanto_se_admite(cliente, cusco, monkeypatch):
    monkeypatch.setattr("eventos.archivos.TOPE", 10)
    respuesta = cliente.post(pantalla(completa()), envio(subido("grande.pdf", b"%PDF-1.7\ncontenido")))
    assert "«grande.pdf» pesa 18\xa0bytes y lo más que se admite es 10\xa0bytes" in respuesta.text


def test_se_titulan_ordenan_y_quitan_con_su_archivo(cliente, cusco, django_capture_on_commit_callbacks):
    capacitacion = completa()
    primero, segundo, tercero = (MaterialFactory(capacitacion=capacitacion, orden=n) for n in (1, 2, 3))
    iniciales = [
        {"id": primero.pk, "orden": 2, "titulo": "Segundo"},
        {"id": segundo.pk, "orden": 1, "titulo": "Primero", "visible_antes": "on"},
        {"id": tercero.pk, "orden": 3, "titulo": "x", "DELETE": "on"},
    ]
    with django_capture_on_commit_callbacks(execute=True):
        cliente.post(pantalla(capacitacion), envio(iniciales=iniciales))
    assert [(m.titulo, m.visible_antes) for m in capacitacion.materiales.all()] == [
        ("Primero", True),
        ("Segundo", False),
    ]
    assert not tercero.archivo.storage.exists(tercero.archivo.name)
    assert primero.archivo.storage.exists(primero.archivo.name)


def test_un_material_de_otra_capacitacion_no_se_toca_desde_esta(cliente, cusco, arequipa):
    ajeno = MaterialFactory(capacitacion=CapacitacionFactory(centro=arequipa), titulo="Ajeno")
    capacitacion = completa()
    MaterialFactory(capacitacion=capacitacion)
    cliente.post(pantalla(capacitacion), envio(iniciales=[{"id": ajeno.pk, "orden": 1, "titulo": "Robado"}]))
    ajeno.refresh_from_db()
    assert ajeno.titulo == "Ajeno"


def test_solo_quien_puede_y_en_lo_suyo(client, cliente, cusco, arequipa):
    ajena = CapacitacionFactory(centro=arequipa)
    material = MaterialFactory(capacitacion=ajena)
    assert cliente.get(pantalla(ajena)).status_code == 404
    assert cliente.get(reverse("eventos_intranet:material", args=[material.pk])).status_code == 404
    client.force_login(personas.comunicaciones())
    assert client.get(pantalla(ajena)).status_code == 403
    client.force_login(personas.responsable_de_presupuesto())
    assert client.get(pantalla(ajena)).status_code == 403


def test_si_falla_la_huella_no_queda_ninguno(asistente, cusco, monkeypatch):
    monkeypatch.setattr("eventos.actions.material.anotar", lambda **datos: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        guardar_materiales(capacitacion=completa(), filas=Filas(), archivos=[subido("uno.pdf")], por=asistente)
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("evento", "del_material", "codigo"),
    [
        ({"dias": -1}, {}, 200),
        ({"dias": 1}, {}, 404),
        ({"dias": 1}, {"visible_antes": True}, 200),
        ({"dias": -1, "estado": "cancelada"}, {}, 404),
        ({"dias": -1, "estado": "borrador"}, {"visible_antes": True}, 404),
    ],
)
def test_el_publico_lo_baja_cuando_termina_o_si_se_mostro_antes(client, cusco, evento, del_material, codigo):
    material = MaterialFactory(capacitacion=CapacitacionFactory(centro=cusco, **evento), **del_material)
    respuesta = client.get(material.get_absolute_url())
    assert b"".join(respuesta)
    assert respuesta.status_code == codigo
    assert (material.titulo in client.get(material.capacitacion.get_absolute_url()).text) == (codigo == 200)


def test_lo_que_se_baja_nunca_se_abre_dentro_del_portal(client, cusco):
    capacitacion = CapacitacionFactory(centro=cusco, dias=-1)
    material = MaterialFactory(capacitacion=capacitacion, titulo="Cierre contable: «guía»\u202e")
    respuesta = client.get(material.get_absolute_url())
    assert respuesta["Content-Disposition"] == 'attachment; filename="cierre-contable-guia.pdf"'
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert b"".join(respuesta.streaming_content).startswith(b"%PDF")


def test_uno_de_otra_capacitacion_o_sin_archivo_es_404(client, cusco):
    material = MaterialFactory(capacitacion=CapacitacionFactory(centro=cusco, dias=-1))
    otra = CapacitacionFactory(centro=cusco, dias=-1)
    assert client.get(reverse("eventos:material", args=[otra.slug, material.pk])).status_code == 404
    material.archivo.storage.delete(material.archivo.name)
    assert client.get(material.get_absolute_url()).status_code == 404


def test_el_personal_lo_baja_aunque_el_publico_no(cliente, cusco):
    material = MaterialFactory(capacitacion=CapacitacionFactory(centro=cusco, dias=5))
    respuesta = cliente.get(reverse("eventos_intranet:material", args=[material.pk]))
    assert b"".join(respuesta.streaming_content).startswith(b"%PDF")


def con_macros():
    return comprimido(**{"word__document.xml": "x", "word__vbaProject.bin": "x"})


def de_otro_nombre():
    tipos = "<Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"
    return comprimido(**{"word__document.xml": "x", "[Content_Types].xml": tipos})


def bomba():
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as archivo, archivo.open("grande.txt", "w") as miembro:
        for _ in range(301):
            miembro.write(b"\0" * 1024 * 1024)
    return salida.getvalue()


def que_miente():
    """Dice que lleva diez octetos y lleva mil."""
    octetos = bytearray(comprimido(leeme="x" * 1000))
    for firma, desde in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        donde = octetos.find(firma) + desde
        octetos[donde : donde + 4] = (10).to_bytes(4, "little")
    return bytes(octetos)


@pytest.mark.parametrize(
    ("nombre", "hacer", "mensaje"),
    [
        ("uno.docx", con_macros, "lleva macros"),
        ("uno.docx", de_otro_nombre, "su contenido es otro"),
        ("uno.odt", lambda: comprimido(mimetype="opendocument.text", Basic__codigo="x"), "lleva macros"),
        ("uno.zip", bomba, "se infla demasiado"),
        ("uno.zip", que_miente, "está dañado"),
        ("uno.zip", lambda: comprimido(**{"fotos__virus.EXE": "MZ"}), "«virus.exe»"),
        ("uno.zip", lambda: comprimido(**{"otro.zip": "PK"}), "ni comprimidos"),
        ("uno.zip", lambda: comprimido(**{"..__..__fuera.txt": "x"}), "fuera de su carpeta"),
        ("uno.zip", lambda: b"MZ programa" + comprimido(leeme="x"), "su contenido es otro"),
        ("uno.pdf", pdf_con_javascript, "trae código o archivos adjuntos"),
        ("uno.pdf", lambda: pdf_minimo() + comprimido(leeme="x"), "a la vez un PDF y un comprimido"),
        ("uno.pdf", lambda: b"<html>" + pdf_minimo(), "no es un PDF"),
    ],
)
def test_lo_hecho_para_danar_se_rechaza_y_se_dice(cliente, cusco, nombre, hacer, mensaje):
    respuesta = cliente.post(pantalla(completa()), envio(subido(nombre, hacer())))
    assert respuesta.status_code == 200
    assert mensaje in unescape(respuesta.text)
    assert not Material.objects.exists()
