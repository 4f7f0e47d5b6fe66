"""El registro firmado y escaneado: un solo PDF en orden, guardado en privado (R93, R94)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from custodia.models import ArchivoPrivado, Huella
from eventos.actions.escaneo import adjuntar_escaneo, quitar_escaneo
from eventos.actions.hojas import emitir_hojas
from eventos.actions.rechazos import ExpedienteCerrado
from eventos.models import Escaneo
from tests import personas
from tests.fabricas import AsistenciaFactory, InscripcionFactory
from tests.pdf import pdf_minimo

from .ayudas import de_hoy

pytestmark = pytest.mark.django_db
PARADA, APAISADA = (40, 90), (90, 40)


@pytest.fixture
def capacitacion(cusco):
    return de_hoy()


@pytest.fixture
def sesion(capacitacion):
    return capacitacion.sesiones.get()


@pytest.fixture
def escaneo(sesion, asistente):
    return adjuntar_escaneo(sesion=sesion, contenido=pdf_minimo(2), paginas=2, por=asistente)


def foto(medidas, nombre="foto.jpg"):
    salida = io.BytesIO()
    Image.new("RGB", medidas).save(salida, "JPEG")
    return SimpleUploadedFile(nombre, salida.getvalue())


def subir(cliente, sesion, *archivos, **datos):
    url = reverse("eventos_intranet:escaneo-subir", args=[sesion.capacitacion_id])
    return cliente.post(url, {"sesion": sesion.pk, "archivos": list(archivos), **datos}, follow=True)


def ver(escaneo, nombre="escaneo"):
    return reverse(f"eventos_intranet:{nombre}", args=[escaneo.pk])


def son_apaisadas(escaneo):
    paginas = PdfReader(io.BytesIO(escaneo.archivo.leer())).pages
    return [pagina.mediabox.width > pagina.mediabox.height for pagina in paginas]


# --- Subir ---


def test_varias_fotos_se_vuelven_un_solo_pdf_en_el_orden_en_que_se_eligieron(cliente, sesion, asistente):
    respuesta = subir(cliente, sesion, foto(PARADA), foto(APAISADA), foto(PARADA))
    assert "3 páginas en un PDF" in respuesta.text
    escaneo = Escaneo.objects.get()
    assert son_apaisadas(escaneo) == [False, True, False]
    assert (escaneo.paginas, escaneo.subido_por) == (3, asistente)
    assert Huella.objects.get(accion="adjuntar registro escaneado").detalle["sha256"] == escaneo.archivo.sha256


def test_el_orden_se_cambia_con_numeros(cliente, sesion):
    subir(cliente, sesion, foto(PARADA), foto(APAISADA), orden="2, 1")
    assert son_apaisadas(Escaneo.objects.get()) == [True, False]


@pytest.mark.parametrize("orden", ["1", "1, 1", "2, 3", "0, 1", "uno, dos", "1, 2, 3", "²"])
def test_un_orden_que_no_es_se_dice_y_no_se_guarda_nada(cliente, sesion, orden):
    respuesta = subir(cliente, sesion, foto(PARADA), foto(APAISADA), orden=orden)
    assert respuesta.status_code == 200
    assert "cada número del 1 al 2 una sola vez" in respuesta.text
    assert not ArchivoPrivado.objects.exists()


def test_dice_que_hojas_trae(cliente, sesion, asistente):
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    subir(cliente, sesion, foto(PARADA), hojas=[hoja.pk])
    assert list(Escaneo.objects.get().hojas.all()) == [hoja]
    ajena = emitir_hojas(sesion=de_hoy().sesiones.get(), por=asistente)[0]
    assert "no es una de las opciones" in subir(cliente, sesion, foto(APAISADA), hojas=[ajena.pk]).text


@pytest.mark.parametrize(
    ("archivos", "mensaje"),
    [
        ([], "Elija el PDF o las fotos"),
        ([SimpleUploadedFile("programa.jpg", b"MZ\x90")], "no es una foto"),
        ([SimpleUploadedFile("registro.pdf", b"<html><script>")], "no es un PDF"),
        ([SimpleUploadedFile("dibujo.svg", b"<svg><script>alert(1)</script></svg>")], "no es una foto"),
        ([SimpleUploadedFile("vacio.pdf", b"")], "vac"),
    ],
)
def test_lo_que_no_es_un_registro_se_rechaza_con_un_mensaje_y_no_queda_nada(cliente, sesion, archivos, mensaje):
    respuesta = subir(cliente, sesion, *archivos)
    assert respuesta.status_code == 200
    assert mensaje in respuesta.text
    assert not ArchivoPrivado.objects.exists()


def test_mas_de_treinta_a_la_vez_se_dice(cliente, sesion):
    assert "a lo más 30" in subir(cliente, sesion, *[foto(PARADA) for _ in range(31)]).text


def test_subir_dos_veces_lo_mismo_deja_uno(sesion, asistente):
    contenido = pdf_minimo()
    datos = {"sesion": sesion, "contenido": contenido, "paginas": 1, "por": asistente}
    assert adjuntar_escaneo(**datos) == adjuntar_escaneo(**datos)
    assert ArchivoPrivado.objects.count() == 1


def test_si_falla_la_huella_no_queda_el_escaneo(sesion, asistente, monkeypatch):
    monkeypatch.setattr("eventos.actions.escaneo.anotar", lambda **datos: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        adjuntar_escaneo(sesion=sesion, contenido=pdf_minimo(), paginas=1, por=asistente)
    assert not Escaneo.objects.exists()
    assert not ArchivoPrivado.objects.exists()


def test_con_el_expediente_cerrado_no_se_adjunta_ni_se_quita(capacitacion, escaneo, asistente):
    capacitacion.cerrada_en = "2026-01-01T10:00:00-05:00"
    capacitacion.save()
    with pytest.raises(ExpedienteCerrado):
        adjuntar_escaneo(sesion=escaneo.sesion, contenido=b"otro", paginas=1, por=asistente)
    with pytest.raises(ExpedienteCerrado):
        quitar_escaneo(escaneo=escaneo, motivo="x", por=asistente)
    assert Escaneo.objects.count() == 1


# --- Ver: seis caminos ---


def test_quien_puede_lo_ve_en_el_navegador_sin_que_nadie_lo_guarde_y_queda_dicho(cliente, escaneo):
    respuesta = cliente.get(ver(escaneo))
    assert b"".join(respuesta) == escaneo.archivo.leer()
    assert respuesta["Content-Type"] == "application/pdf"
    assert "no-store" in respuesta["Cache-Control"]
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in respuesta["Content-Security-Policy"]
    assert Huella.objects.filter(accion="ver registro escaneado").count() == 1
    para_guardar = cliente.get(ver(escaneo), {"descargar": "1"})
    assert "attachment" in para_guardar["Content-Disposition"]
    assert b"".join(para_guardar)


def test_no_tiene_direccion_publica(cliente, escaneo, settings):
    """Ni por su ruta en el disco ni por su nombre: está fuera de lo que el servidor entrega."""
    guardado = escaneo.archivo.archivo
    assert not guardado.path.startswith(str(settings.MEDIA_ROOT))
    for base in ("/media/", "/static/", "/privado/", "/documentos/", "/"):
        assert cliente.get(f"{base}{guardado.name}").status_code == 404


def test_quien_no_entro_no_lo_ve(client, escaneo):
    respuesta = client.get(ver(escaneo))
    assert respuesta.status_code == 403
    assert client.post(ver(escaneo, "escaneo-quitar"), {"motivo": "x"}).status_code == 302
    assert Escaneo.objects.exists()


def test_el_de_otro_centro_no_existe(client, escaneo):
    client.force_login(personas.coordinador_de_arequipa())
    assert client.get(ver(escaneo)).status_code == 404
    for metodo in (client.get, client.post):
        assert metodo(ver(escaneo, "escaneo-quitar"), {"motivo": "x"}).status_code == 404
    assert subir(client, escaneo.sesion, foto(PARADA)).status_code == 404
    assert Escaneo.objects.count() == 1


@pytest.mark.parametrize("llave", ["0", "999999", "9" * 30])
def test_un_numero_adivinado_no_abre_nada(cliente, escaneo, llave):
    url = ver(escaneo).replace(f"/{escaneo.pk}/", f"/{llave}/")
    assert cliente.get(url).status_code == 404


def test_el_enlace_de_uno_quitado_ya_no_abre(cliente, escaneo, django_capture_on_commit_callbacks):
    almacen, ruta = escaneo.archivo.archivo.storage, escaneo.archivo.archivo.name
    assert almacen.exists(ruta)
    with django_capture_on_commit_callbacks(execute=True):
        cliente.post(ver(escaneo, "escaneo-quitar"), {"motivo": "Era de otra sesión"})
    assert cliente.get(ver(escaneo)).status_code == 404
    assert not almacen.exists(ruta)
    huella = Huella.objects.get(accion="quitar registro escaneado")
    assert huella.motivo == "Era de otra sesión"
    assert huella.detalle["sha256"] == escaneo.archivo.sha256


def test_si_el_archivo_se_perdio_es_404_y_no_una_falla(cliente, escaneo):
    escaneo.archivo.archivo.storage.delete(escaneo.archivo.archivo.name)
    assert cliente.get(ver(escaneo)).status_code == 404


def test_quien_solo_mira_la_asistencia_no_ve_las_firmas(client, capacitacion, escaneo):
    client.force_login(personas.responsable_de_presupuesto())
    assert client.get(ver(escaneo)).status_code == 403
    pagina = client.get(reverse("eventos_intranet:registro", args=[capacitacion.pk]))
    assert ver(escaneo) not in pagina.text
    assert subir(client, escaneo.sesion, foto(PARADA)).status_code == 403


# --- Quitar y lo que falta ---


def test_quitar_pide_por_que_y_un_get_no_quita(cliente, escaneo):
    assert cliente.get(ver(escaneo, "escaneo-quitar")).status_code == 200
    assert "obligatorio" in cliente.post(ver(escaneo, "escaneo-quitar"), {"motivo": " "}).text
    assert Escaneo.objects.exists()


def test_r94_el_panel_dice_que_sesion_no_tiene_su_registro_escaneado(cliente, capacitacion, sesion, asistente):
    panel = reverse("eventos_intranet:panel", args=[capacitacion.pk])
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion), sesion=sesion)
    assert "Falta el registro firmado, escaneado." in cliente.get(panel).text
    adjuntar_escaneo(sesion=sesion, contenido=pdf_minimo(), paginas=1, por=asistente)
    assert "Falta el registro firmado, escaneado." not in cliente.get(panel).text


def test_lo_confirmado_por_enlace_no_pide_escaneo(cliente, capacitacion, sesion):
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion), sesion=sesion, medio="enlace")
    assert "escaneado." not in cliente.get(reverse("eventos_intranet:panel", args=[capacitacion.pk])).text
