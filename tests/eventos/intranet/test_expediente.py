"""El expediente (R92): su lista de control, cada documento, lo que se sube, y el PDF único que lo cierra."""

import hashlib
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from custodia.models import ArchivoPrivado, Huella
from eventos.actions.cierre import FaltaParaCerrar, cerrar
from eventos.actions.expediente import (
    FaltaElMotivo,
    NoSeDispensa,
    devolver_pieza,
    dispensar_pieza,
    recibir_documentos,
    subir_pieza,
)
from eventos.documentos import invitaciones, registro
from eventos.documentos.expediente import Documento, armar
from eventos.expediente import SIN_ENCUESTA, SIN_ESCANEO, lista_de_control
from eventos.integridad import comprobar
from eventos.models import Asistencia, Capacitacion, Convocatoria, Expediente, Invitacion, PiezaDeExpediente
from intranet.bandeja import asuntos_de
from tests import personas
from tests.fabricas import AsistenciaFactory, EntidadFactory, InscripcionFactory, SesionFactory
from tests.pdf import exigir_en_orden, exigir_ua1, texto_de

from .ayudas import HOY, completa
from .realizadas import con_informe, escanear, foto, por_cerrar, realizada, un_pdf

pytestmark = pytest.mark.django_db
Anexo, Estado = PiezaDeExpediente.Anexo, PiezaDeExpediente.Estado


def url(ruta, capacitacion, *mas):
    return reverse(f"eventos_intranet:{ruta}", args=[capacitacion.pk, *mas])


def estados(capacitacion):
    return {str(control.anexo): str(control.estado) for control in lista_de_control(capacitacion)}


def subido(nombre="firmado.pdf", contenido=None):
    return SimpleUploadedFile(nombre, contenido or un_pdf(), "application/pdf")


def subir(capacitacion, por, anexo=Anexo.INFORME, archivos=None, estado=Estado.FIRMADO):
    archivos = archivos or [subido()]
    return subir_pieza(capacitacion=capacitacion, anexo=anexo, archivos=archivos, estado=estado, por=por)


def invitar(capacitacion):
    convocatoria = Convocatoria.objects.create(capacitacion=capacitacion, anticipacion=10)
    return Invitacion.objects.create(
        capacitacion=capacitacion, convocatoria=convocatoria, entidad=EntidadFactory(), nombre="Pedro Condori"
    )


# --- La lista de control ---


def test_r92_recien_terminada_dice_que_hay_y_que_falta(client, coordinadora):
    capacitacion = realizada()
    assert estados(capacitacion) == {
        "4": "pendiente",
        "5": "generado",
        "6": "generado",
        "7": "pendiente",
        "8": "pendiente",
    }
    client.force_login(coordinadora)
    pantalla = client.get(url("expediente", capacitacion)).text
    exigir_en_orden(pantalla, ["Anexo 4", "Anexo 5", "Anexo 6", "Anexo 7", "Anexo 8"])
    assert not Expediente.objects.exists(), "mirar no guarda nada"


def test_r57_la_informativa_no_lleva_encuesta_en_su_expediente(coordinadora):
    control = lista_de_control(realizada(tipo=Capacitacion.Tipo.INFORMATIVA))[3]
    assert (control.estado, control.motivo) == (Estado.NO_APLICA, SIN_ENCUESTA)


def test_r92_con_sus_datos_cada_anexo_se_genera(coordinadora):
    capacitacion = con_informe(coordinadora, encuestas=5)
    invitar(capacitacion)
    assert set(estados(capacitacion).values()) == {"generado"}
    partes = [parte.clave for control in lista_de_control(capacitacion) for parte in control.partes]
    assert partes[:2] == ["4-invitacion", "4-relacion"]
    assert partes[-1] == "8-informe"


def test_r93_el_escaneo_de_cada_sesion_deja_el_registro_escaneado(coordinadora):
    capacitacion = realizada(participantes=1)
    tarde = SesionFactory(
        capacitacion=capacitacion, fecha=capacitacion.fecha_inicio, hora_inicio="14:00", hora_fin="17:00"
    )
    escanear(capacitacion.sesiones.first(), coordinadora)
    registro_6 = lista_de_control(capacitacion)[2]
    assert (registro_6.estado, registro_6.aviso) == (Estado.GENERADO, SIN_ESCANEO)
    escanear(tarde, coordinadora)
    registro_6 = lista_de_control(capacitacion)[2]
    assert (registro_6.estado, registro_6.aviso) == (Estado.ESCANEADO, "")


def test_a_lo_firmado_por_enlace_no_se_le_pide_papel(coordinadora):
    capacitacion = realizada()
    Asistencia.objects.update(medio=Asistencia.Medio.ENLACE)
    assert lista_de_control(capacitacion)[2].aviso == ""


def test_se_sube_el_informe_firmado_y_reemplaza_al_generado(client, coordinadora):
    capacitacion = con_informe(coordinadora)
    client.force_login(coordinadora)
    envio = {"que": "subir", "estado": "firmado", "archivos": [subido()]}
    assert client.post(url("expediente-pieza", capacitacion, "8"), envio).status_code == 302
    control = lista_de_control(capacitacion)[4]
    assert control.estado == Estado.FIRMADO
    assert [parte.archivo is not None for parte in control.partes] == [True]
    assert not control.aviso


def test_las_fotos_de_varias_paginas_se_unen_en_orden(coordinadora):
    pieza = subir(realizada(), coordinadora, anexo=Anexo.REGISTRO, archivos=[foto("1.jpg"), foto("2.jpg")])
    assert len(PdfReader(io.BytesIO(pieza.archivo.leer())).pages) == 2


def test_subir_otra_vez_reemplaza_y_borra_la_anterior(coordinadora):
    capacitacion = realizada()
    primera = subir(capacitacion, coordinadora).archivo_id
    subir(capacitacion, coordinadora, archivos=[subido(contenido=un_pdf(paginas=2))])
    assert ArchivoPrivado.objects.count() == 1
    assert not ArchivoPrivado.objects.filter(pk=primera).exists()


@pytest.mark.parametrize(
    ("nombre", "contenido"),
    [("firmado.pdf", b"<html>"), ("firmado.pdf", b"%PDF-1.7 roto"), ("firmado.jpg", b"%PDF-1.7"), ("f.svg", b"<svg/>")],
)
def test_lo_que_no_es_lo_que_dice_se_rechaza_y_no_se_guarda(client, coordinadora, nombre, contenido):
    capacitacion = realizada()
    client.force_login(coordinadora)
    envio = {"que": "subir", "estado": "firmado", "archivos": [subido(nombre, contenido)]}
    respuesta = client.post(url("expediente-pieza", capacitacion, "5"), envio)
    assert respuesta.status_code == 200
    assert nombre in respuesta.text
    assert not ArchivoPrivado.objects.exists()
    assert not PiezaDeExpediente.objects.exists()


@pytest.mark.parametrize("archivos", [[], [subido(), foto()]], ids=["ninguno", "pdf-y-foto"])
def test_hay_que_elegir_un_pdf_o_solo_fotos(client, coordinadora, archivos):
    client.force_login(coordinadora)
    envio = {"que": "subir", "estado": "firmado", "archivos": archivos}
    respuesta = client.post(url("expediente-pieza", realizada(), "5"), envio)
    assert respuesta.context["subir"].errors
    assert not ArchivoPrivado.objects.exists()


def test_lo_que_no_aplica_dice_por_que_y_se_puede_volver_atras(client, coordinadora):
    capacitacion = realizada()
    client.force_login(coordinadora)
    direccion = url("expediente-pieza", capacitacion, "4")
    assert client.post(direccion, {"que": "no-aplica", "motivo": ""}).status_code == 200
    client.post(direccion, {"que": "no-aplica", "motivo": "Se anunció por la web."})
    assert estados(capacitacion)["4"] == "no_aplica"
    client.post(direccion, {"que": "devolver"})
    assert estados(capacitacion)["4"] == "pendiente"


@pytest.mark.parametrize("anexo", [Anexo.REGISTRO, Anexo.INFORME])
def test_r57_el_registro_y_el_informe_van_siempre(coordinadora, anexo):
    with pytest.raises(NoSeDispensa):
        dispensar_pieza(capacitacion=realizada(), anexo=anexo, motivo="No hubo.", por=coordinadora)
    assert not PiezaDeExpediente.objects.exists()


def test_sin_motivo_no_se_dispensa_y_no_queda_nada(coordinadora):
    with pytest.raises(FaltaElMotivo):
        dispensar_pieza(capacitacion=realizada(), anexo=Anexo.PROGRAMA, motivo="  ", por=coordinadora)
    assert not Expediente.objects.exists()


def test_devolver_lo_que_nadie_subio_no_dana(coordinadora):
    capacitacion = realizada()
    devolver_pieza(capacitacion=capacitacion, anexo=Anexo.PROGRAMA, por=coordinadora)
    assert estados(capacitacion)["5"] == "generado"


def test_r90_queda_dicho_quien_entrego_los_documentos_y_quien_los_recibio(client, cusco):
    asistente = personas.asistente_de_cusco()
    capacitacion = realizada()
    client.force_login(asistente)
    client.post(url("expediente-recibir", capacitacion), {"de": "Julia Huamán"})
    expediente = Expediente.objects.get()
    assert (expediente.recibido_de, expediente.recibido_por) == ("Julia Huamán", asistente)
    recibir_documentos(capacitacion=capacitacion, de="Otra persona", por=asistente)
    assert Expediente.objects.get().recibido_de == "Julia Huamán"
    assert "Los entregó Julia Huamán" in client.get(url("expediente", capacitacion)).text


def test_r90_sin_decir_quien_no_se_recibe_nada(client, coordinadora):
    client.force_login(coordinadora)
    respuesta = client.post(url("expediente-recibir", realizada()), {"de": " "}, follow=True)
    assert "Diga quién entregó los documentos" in respuesta.text
    assert not Expediente.objects.exists()


# --- Los documentos ---


def test_cada_parte_se_ve_y_se_baja_por_separado(client, coordinadora):
    capacitacion = con_informe(coordinadora, encuestas=5)
    invitar(capacitacion)
    client.force_login(coordinadora)
    for control in lista_de_control(capacitacion):
        for parte in control.partes:
            respuesta = client.get(url("expediente-parte", capacitacion, parte.clave))
            assert respuesta["Content-Type"] == "application/pdf", parte.clave
    assert client.get(url("expediente-parte", capacitacion, "8-otra")).status_code == 404
    assert Huella.objects.filter(accion="descargar del expediente").count() == 6


def test_r84_el_registro_sin_escanear_lista_solo_a_quien_firmo_y_es_ua1():
    capacitacion = realizada(participantes=1)
    ausente = InscripcionFactory(capacitacion=capacitacion, apellidos="Ausente")
    AsistenciaFactory(inscripcion=ausente, esta_firmada=False)
    pdf = registro.pdf(capacitacion.sesiones.get())
    exigir_ua1(pdf, f"Registro de participantes – {capacitacion}")
    texto = texto_de(pdf)
    exigir_en_orden(texto, ["N.°", "Apellidos y nombres", "Entidad", "DNI", "Cargo", "Correo", "Teléfono", "Firma"])
    assert "Quispe Mamani, Rosa" in texto
    assert "Ausente" not in texto


def test_la_relacion_de_invitaciones_es_ua1_y_dice_a_quien(coordinadora):
    capacitacion = realizada()
    invitar(capacitacion)
    pdf = invitaciones.pdf(capacitacion)
    exigir_ua1(pdf, f"Relación de invitaciones – {capacitacion}")
    assert "Pedro Condori" in texto_de(pdf)


def test_el_conjunto_lleva_caratula_indice_folios_y_el_sha256_de_cada_pieza(coordinadora):
    capacitacion = por_cerrar(coordinadora)
    expediente = cerrar(capacitacion=capacitacion, por=coordinadora)
    paginas = PdfReader(io.BytesIO(expediente.archivo.leer())).pages
    assert len(paginas) == expediente.folios
    for numero, pagina in enumerate(paginas, start=1):
        assert f"Folio {numero}" in pagina.extract_text().splitlines()
    caratula = " ".join(paginas[0].extract_text().split())
    exigir_en_orden(
        caratula, ["Expediente de capacitación", capacitacion.titulo, "Índice", "Anexo 4", "No aplica: Se anunció"]
    )
    sin_espacios = "".join(paginas[0].extract_text().split())
    for parte in expediente.partes.all():
        assert hashlib.sha256(parte.archivo.leer()).hexdigest() == parte.archivo.sha256
        assert parte.archivo.sha256 in sin_espacios
        assert parte.titulo in caratula


def test_los_folios_del_indice_son_los_de_cada_documento(coordinadora):
    expediente = cerrar(capacitacion=por_cerrar(coordinadora), por=coordinadora)
    paginas = PdfReader(io.BytesIO(expediente.archivo.leer())).pages
    siguiente = 2
    for parte in expediente.partes.all():
        assert parte.desde == siguiente
        suyo = texto_de(parte.archivo.leer())[:60]
        assert suyo in " ".join(paginas[parte.desde - 1].extract_text().split())
        siguiente = parte.hasta + 1
    assert siguiente - 1 == expediente.folios


def test_lo_apaisado_y_lo_girado_tambien_llevan_su_folio(cusco):
    escritor = PdfWriter()
    for giro in (0, 90, 180, 270):
        escritor.add_blank_page(width=842, height=595).rotate(giro)
    girado = io.BytesIO()
    escritor.write(girado)
    armado = armar(completa(), [Documento(Anexo.REGISTRO, "Registro", girado.getvalue())], {})
    paginas = PdfReader(io.BytesIO(armado.contenido)).pages
    assert [pagina.extract_text().split()[-1] for pagina in paginas[1:]] == ["2", "3", "4", "5"]
    assert all(pagina.rotation == 0 for pagina in paginas)


def test_un_indice_largo_corre_los_folios(cusco):
    hoja = un_pdf(lado=50)
    documentos = [Documento(Anexo.REGISTRO, f"Registro de la sesión {n}", hoja) for n in range(60)]
    armado = armar(completa(), documentos, {})
    assert armado.documentos[0].desde > 2
    assert armado.documentos[-1].hasta == armado.folios
    paginas = PdfReader(io.BytesIO(armado.contenido)).pages
    assert f"Carátula e índice 1 a {armado.documentos[0].desde - 1}" in texto_de(armado.contenido)
    assert len(paginas) == armado.folios


# --- Verificar ---


def test_verificar_dice_que_coincide_y_descubre_un_archivo_cambiado(client, coordinadora):
    capacitacion = por_cerrar(coordinadora)
    expediente = cerrar(capacitacion=capacitacion, por=coordinadora)
    assert all(fila.coincide for fila in comprobar(expediente))
    client.force_login(coordinadora)
    assert "No coincide" not in client.get(url("expediente-verificar", capacitacion)).text
    archivo = expediente.archivo.archivo
    with open(archivo.path, "ab") as abierto:
        abierto.write(b"\n% cambiado")
    pantalla = client.get(url("expediente-verificar", capacitacion)).text
    assert "No coincide" in pantalla
    with pytest.raises(CommandError, match="1 archivo"):
        call_command("verificar_expedientes")


def test_verificar_descubre_un_archivo_que_ya_no_esta(coordinadora, capsys):
    expediente = cerrar(capacitacion=por_cerrar(coordinadora), por=coordinadora)
    call_command("verificar_expedientes")
    parte = expediente.partes.first()
    parte.archivo.archivo.storage.delete(parte.archivo.archivo.name)
    with pytest.raises(CommandError):
        call_command("verificar_expedientes")
    assert "no está" in capsys.readouterr().err


# --- Quién ---


def test_el_expediente_de_otro_centro_no_existe(client, coordinadora, arequipa):
    ajena = con_informe(coordinadora, centro=arequipa)
    client.force_login(coordinadora)
    for ruta in ("expediente", "expediente-cerrar", "expediente-verificar", "expediente-archivo", "expediente-reabrir"):
        assert client.get(url(ruta, ajena)).status_code in (403, 404), ruta
    assert client.get(url("expediente-parte", ajena, "8-informe")).status_code == 404
    assert client.post(url("expediente-pieza", ajena, "4"), {"que": "no-aplica", "motivo": "x"}).status_code == 404
    assert not PiezaDeExpediente.objects.exists()


def test_cierra_la_coordinadora_y_no_la_asistente(client, coordinadora, cusco):
    capacitacion = por_cerrar(coordinadora)
    client.force_login(personas.asistente_de_cusco())
    assert client.post(url("expediente-cerrar", capacitacion)).status_code == 403
    client.force_login(coordinadora)
    assert client.post(url("expediente-cerrar", capacitacion)).status_code == 302
    assert Capacitacion.objects.get().esta_cerrada


def test_comunicaciones_no_ve_expedientes(client, comunicaciones):
    client.force_login(comunicaciones)
    assert client.get(url("expediente", realizada())).status_code == 403


def test_la_bandeja_dice_que_informes_y_que_expedientes_esperan(coordinadora):
    realizada(titulo="Sin informe")
    por_cerrar(coordinadora, titulo="Por cerrar")
    asuntos = {a.titulo: [linea.texto for linea in a.lineas] for a in asuntos_de(coordinadora)}
    assert asuntos["Informes de eventos por presentar"] == ["Sin informe"]
    assert asuntos["Expedientes por cerrar"] == ["Por cerrar"]
    asistente = {a.titulo for a in asuntos_de(personas.asistente_de_cusco())}
    assert not asistente & asuntos.keys() & {"Informes de eventos por presentar", "Expedientes por cerrar"}


def test_el_panel_dice_en_que_estan_el_informe_y_el_expediente(client, coordinadora):
    capacitacion = realizada(encuestas=5, por=coordinadora)
    client.force_login(coordinadora)
    pasos = {paso.clave: paso for paso in client.get(url("panel", capacitacion)).context["pasos"]}
    assert (pasos["informe"].estado, pasos["expediente"].estado) == ("toca", "toca")
    assert pasos["expediente"].lineas == ["2 anexos por reunir."]
    futura = completa(dias=5)
    pasos = {paso.clave: paso for paso in client.get(url("panel", futura)).context["pasos"]}
    assert (pasos["informe"].estado, pasos["expediente"].estado) == ("espera", "espera")


def test_no_se_cierra_lo_que_falta_y_lo_dice(client, coordinadora):
    capacitacion = realizada()
    with pytest.raises(FaltaParaCerrar, match="El informe no está presentado"):
        cerrar(capacitacion=capacitacion, por=coordinadora)
    assert not Expediente.objects.exists()
    client.force_login(coordinadora)
    respuesta = client.post(url("expediente-cerrar", capacitacion))
    assert "El informe no está presentado" in respuesta.text
    assert not Capacitacion.objects.get().esta_cerrada


def test_sin_asistencia_no_se_cierra(coordinadora):
    capacitacion = por_cerrar(coordinadora)
    Asistencia.objects.update(esta_firmada=False)
    with pytest.raises(FaltaParaCerrar, match="No hay asistencia firmada"):
        cerrar(capacitacion=capacitacion, por=coordinadora)
    assert not ArchivoPrivado.objects.exists()


def test_la_que_no_termina_no_se_cierra(coordinadora):
    capacitacion = por_cerrar(coordinadora)
    SesionFactory(capacitacion=capacitacion, fecha=HOY(), hora_inicio="00:01", hora_fin="23:59")
    with pytest.raises(FaltaParaCerrar, match="no termina"):
        cerrar(capacitacion=capacitacion, por=coordinadora)


def test_una_foto_que_no_lo_es_no_deja_nada_a_medias(coordinadora):
    with pytest.raises(ValidationError):
        subir(realizada(), coordinadora, archivos=[foto(), SimpleUploadedFile("x.jpg", b"x")])
    assert not Expediente.objects.exists()
    assert not ArchivoPrivado.objects.exists()


def test_r94_la_caratula_trae_lo_que_el_sisconecta_pide(coordinadora):
    entidad = EntidadFactory(nombre="Municipalidad de Anta")
    capacitacion = completa(origen="demanda", entidad_solicitante=entidad)
    texto = texto_de(armar(capacitacion, [Documento(Anexo.PROGRAMA, "Anexo 5. Programa", un_pdf())], {}).contenido)
    expositor = capacitacion.expositores.get()
    for dato in ("Municipalidad de Anta", expositor.nombre, expositor.tema, "Presupuesto Público", "Demanda"):
        assert dato in texto, dato
