"""El registro de papel: se emite por hojas con su código, se imprime, se firma y se pasa (R80–R84, R93)."""

import io

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from custodia.models import Huella
from eventos.actions.asistencia import SesionFutura, marcar_asistencias
from eventos.actions.hojas import (
    EN_BLANCO,
    FILAS_POR_HOJA,
    NoSeEmite,
    _partir,
    agregar_de_fila_en_blanco,
    emitir_hojas,
    esta_al_dia,
    hojas_vigentes,
    pasar_papel,
)
from eventos.actions.rechazos import ExpedienteCerrado
from eventos.cifras import Cifras, cifras_de
from eventos.documentos import anexo6
from eventos.models import Asistencia, HojaDeRegistro, Inscripcion
from organizacion.models import AjustesPortal
from tests import personas
from tests.fabricas import AsistenciaFactory, EntidadFactory, InscripcionFactory, PersonaFactory, SesionFactory
from tests.pdf import exigir_en_orden, exigir_ua1, texto_de
from tests.reloj import Medida

from .ayudas import HOY, completa, de_hoy, dentro_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def capacitacion(cusco):
    return de_hoy()


@pytest.fixture
def sesion(capacitacion):
    return capacitacion.sesiones.get()


def inscribir(capacitacion, cuantas):
    return [InscripcionFactory(capacitacion=capacitacion, apellidos=f"Apaza {n:03d}") for n in range(cuantas)]


def url(nombre, capacitacion, **consulta):
    return reverse(f"eventos_intranet:{nombre}", args=[capacitacion.pk], query=consulta)


def url_de(hoja):
    return reverse("eventos_intranet:hoja", args=[hoja.codigo])


def escrita_a_mano(**cambios):
    datos = {
        "tipo_documento": "dni",
        "numero_documento": "41234567",
        "nombres": "Elena",
        "apellidos": "Ñaupa Quispe",
        "entidad_texto": "Beneficencia de Anta",
        "cargo": "Contadora",
        "correo": "",
        "telefono": "984123456",
        "agregar": "1",
    }
    return datos | cambios


# --- Emitir ---


@given(st.integers(0, 200))
def test_cada_quien_esta_en_una_sola_hoja_y_siempre_sobran_filas_en_blanco(cuantas):
    partes = _partir(list(range(cuantas)))
    assert [pk for parte in partes for pk in parte] == list(range(cuantas))
    assert all(len(parte) <= FILAS_POR_HOJA for parte in partes)
    libres = len(partes) * FILAS_POR_HOJA - cuantas
    assert EN_BLANCO <= libres < EN_BLANCO + FILAS_POR_HOJA


def test_se_emite_por_apellido_y_cada_hoja_tiene_su_codigo(capacitacion, sesion, asistente):
    inscribir(capacitacion, 14)
    InscripcionFactory(capacitacion=capacitacion, apellidos="Álvarez")
    InscripcionFactory(capacitacion=capacitacion, apellidos="Aaespera", estado=Inscripcion.Estado.EN_ESPERA)
    primera, segunda = emitir_hojas(sesion=sesion, por=asistente)
    assert primera.codigo != segunda.codigo
    assert [i.apellidos for i in primera.listadas()][:2] == ["Álvarez", "Apaza 000"]
    assert (len(primera.listadas()), len(segunda.listadas())) == (12, 3)
    assert Huella.objects.get(accion="emitir el registro").detalle["hojas"] == 2


def test_emitir_otra_vez_da_las_mismas_hojas_mientras_la_lista_no_cambie(capacitacion, sesion, asistente):
    inscribir(capacitacion, 3)
    primeras = emitir_hojas(sesion=sesion, por=asistente)
    assert emitir_hojas(sesion=sesion, por=asistente) == primeras
    InscripcionFactory(capacitacion=capacitacion)
    assert not esta_al_dia(sesion)
    nuevas = emitir_hojas(sesion=sesion, por=asistente)
    assert {h.codigo for h in nuevas}.isdisjoint({h.codigo for h in primeras})
    assert HojaDeRegistro.objects.count() == len(primeras) + len(nuevas)  # las de antes pueden estar firmadas
    assert hojas_vigentes(sesion) == nuevas


def test_en_una_hibrida_el_papel_lista_solo_a_quien_va_en_persona(asistente, cusco):
    capacitacion = de_hoy(modalidad="hibrida")
    en_persona = InscripcionFactory(capacitacion=capacitacion, modalidad="presencial")
    InscripcionFactory(capacitacion=capacitacion, modalidad="virtual")
    (hoja,) = emitir_hojas(sesion=capacitacion.sesiones.get(), por=asistente)
    assert hoja.listadas() == [en_persona]


@pytest.mark.parametrize(
    ("cambio", "rechazo"), [({"estado": "borrador"}, NoSeEmite), ({"modalidad": "virtual"}, NoSeEmite)]
)
def test_un_borrador_y_una_virtual_no_llevan_papel(asistente, cusco, cambio, rechazo):
    capacitacion = de_hoy(**cambio)
    with pytest.raises(rechazo):
        emitir_hojas(sesion=capacitacion.sesiones.get(), por=asistente)
    assert not HojaDeRegistro.objects.exists()


def test_con_el_expediente_cerrado_no_se_emite_ni_se_pasa(capacitacion, sesion, asistente):
    inscritas = inscribir(capacitacion, 2)
    capacitacion.cerrada_en = "2026-01-01T10:00:00-05:00"
    capacitacion.save()
    with pytest.raises(ExpedienteCerrado):
        emitir_hojas(sesion=sesion, por=asistente)
    with pytest.raises(ExpedienteCerrado):
        pasar_papel(sesion=sesion, listadas=inscritas, no_firmaron=set(), por=asistente)
    assert not Asistencia.objects.exists()


def test_si_falla_la_huella_no_queda_ninguna_hoja(capacitacion, sesion, asistente, monkeypatch):
    monkeypatch.setattr("eventos.actions.hojas.anotar", lambda **datos: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        emitir_hojas(sesion=sesion, por=asistente)
    assert not HojaDeRegistro.objects.exists()


def test_emitir_es_un_post_y_descargar_no_emite(cliente, capacitacion, sesion):
    assert cliente.get(url("registro-emitir", capacitacion)).status_code == 405
    respuesta = cliente.get(url("anexo6", capacitacion), follow=True)
    assert "Emita primero el registro" in respuesta.text
    assert not HojaDeRegistro.objects.exists()
    respuesta = cliente.post(url("registro-emitir", capacitacion), {"sesion": sesion.pk}, follow=True)
    assert HojaDeRegistro.objects.get().codigo in respuesta.text


# --- El papel ---


def test_r93_el_anexo_6_trae_sus_campos_en_orden_y_cada_pagina_su_codigo(cliente, capacitacion, sesion, asistente):
    capacitacion.titulo = "Cierre contable"
    capacitacion.save()
    inscribir(capacitacion, 14)
    hojas = emitir_hojas(sesion=sesion, por=asistente)
    respuesta = cliente.get(url("anexo6", capacitacion))
    exigir_ua1(respuesta.content, "Registro de participantes – Cierre contable")
    paginas = PdfReader(io.BytesIO(respuesta.content)).pages
    assert len(paginas) == len(hojas)
    for hoja, pagina in zip(hojas, paginas, strict=True):
        texto = " ".join(pagina.extract_text().split())
        assert hoja.codigo in texto
        assert f"Hoja {hoja.numero} de 2" in texto
        assert pagina.mediabox.width > pagina.mediabox.height
    campos = ["CONECTAMEF – Cusco", "Evento:", "Fecha:", "Lugar:"]
    campos += ["N.°", "Apellidos y nombres", "Entidad", "DNI", "Cargo", "Correo", "Teléfono", "Firma"]
    exigir_en_orden(" ".join(paginas[0].extract_text().split()), [*campos, "Apaza 000", "Apaza 011"])
    exigir_en_orden(texto_de(respuesta.content), ["12", "13 Apaza 012", "14 Apaza 013", "15", "24"])
    assert "no-store" in respuesta["Cache-Control"]
    assert Huella.objects.filter(accion="descargar Anexo 6").count() == 1


def test_nada_en_el_papel_depende_del_color(capacitacion, sesion, asistente):
    """Ni un gris: todo lo que se pinta es blanco o negro."""
    inscribir(capacitacion, 2)
    pdf = anexo6.pdf(sesion, emitir_hojas(sesion=sesion, por=asistente))
    instrucciones = PdfReader(io.BytesIO(pdf)).pages[0].get_contents().get_data().split(b"\n")
    colores = {linea for linea in instrucciones if linea.strip().lower().endswith((b" rg", b" g"))}
    assert colores
    assert all(set(linea.split()[:-1]) <= {b"0", b"1"} for linea in colores), colores


def test_los_datos_mas_largos_no_empujan_una_fila_a_otra_pagina(capacitacion, sesion, asistente):
    entidad = EntidadFactory(nombre="Municipalidad Distrital de " + "Santa Rosa de Ocopa " * 8)
    capacitacion.titulo, capacitacion.lugar, capacitacion.direccion = "Ñ" * 160, "Auditorio " * 15, "Av. El Sol " * 17
    capacitacion.save()
    for _ in range(20):
        InscripcionFactory(
            capacitacion=capacitacion,
            apellidos="Huamán de la Torre y Santisteban " * 3,
            nombres="María de los Ángeles " * 4,
            entidad=entidad,
            cargo="Responsable de la Unidad de Contabilidad y Presupuesto " * 2,
            correo=f"{'nombre.muy.largo.' * 3}@municipalidad-de-prueba.example",
        )
    hojas = emitir_hojas(sesion=sesion, por=asistente)
    assert len(PdfReader(io.BytesIO(anexo6.pdf(sesion, hojas))).pages) == len(hojas) == 3


def test_el_de_ciento_cincuenta_personas_se_arma_en_pocos_segundos(capacitacion, sesion, asistente):
    inscribir(capacitacion, 150)
    hojas = emitir_hojas(sesion=sesion, por=asistente)
    with Medida() as medida:
        registro = anexo6.pdf(sesion, hojas)
    assert len(PdfReader(io.BytesIO(registro)).pages) == 13
    assert medida.segundos < 5


def test_en_varios_dias_el_registro_es_uno_por_dia_salvo_que_el_ajuste_pida_turnos(cliente, cusco):
    capacitacion = completa(dias=0, sesiones=False)
    for dia in (0, 1):
        SesionFactory(capacitacion=capacitacion, fecha=dentro_de(dia))
        SesionFactory(capacitacion=capacitacion, fecha=dentro_de(dia), hora_inicio="14:00", hora_fin="17:00")
    assert len(cliente.get(url("registro", capacitacion)).context["sesiones"]) == 2
    ajustes = AjustesPortal.load()
    ajustes.firma_por_turno = True
    ajustes.save()
    assert len(cliente.get(url("registro", capacitacion)).context["sesiones"]) == 4


def test_lo_ya_firmado_no_desaparece_aunque_no_sea_sesion_de_firma(cliente, cusco):
    capacitacion = completa(dias=0, sesiones=False)
    SesionFactory(capacitacion=capacitacion, fecha=HOY())
    tarde = SesionFactory(capacitacion=capacitacion, fecha=HOY(), hora_inicio="14:00", hora_fin="17:00")
    SesionFactory(capacitacion=capacitacion, fecha=dentro_de(1))
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion), sesion=tarde)
    assert tarde in cliente.get(url("asistencia", capacitacion)).context["sesiones"]


# --- Pasar el papel ---


def test_firmaron_todos_menos_los_marcados(cliente, capacitacion, sesion, asistente):
    inscritas = inscribir(capacitacion, 4)
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    respuesta = cliente.post(url_de(hoja), {"no_firmo": [inscritas[1].pk]}, follow=True)
    assert "Firmaron 3 de 4." in respuesta.text
    assert cifras_de(capacitacion) == Cifras(3, 3)
    assert set(Asistencia.objects.firmadas().values_list("medio", flat=True)) == {"papel"}


def test_al_volver_a_guardar_la_hoja_quien_no_firmo_sigue_sin_firmar(cliente, capacitacion, sesion, asistente):
    inscritas = inscribir(capacitacion, 3)
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    cliente.post(url_de(hoja), {"no_firmo": [inscritas[0].pk]})
    filas = cliente.get(url_de(hoja)).context["filas"]
    assert [fila.no_firmo for fila in filas] == [True, False, False]
    assert f'value="{inscritas[0].pk}" checked' in cliente.get(url_de(hoja)).text


def test_si_ya_se_marco_a_alguien_en_la_mesa_la_hoja_no_propone_como_firmante_a_los_demas(
    cliente, capacitacion, sesion, asistente
):
    inscritas = inscribir(capacitacion, 3)
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    assert not any(fila.no_firmo for fila in cliente.get(url_de(hoja)).context["filas"])
    marcar_asistencias(sesion=sesion, firmaron={inscritas[0].pk}, no_firmaron=set(), por=asistente)
    filas = cliente.get(url_de(hoja)).context["filas"]
    assert [fila.no_firmo for fila in filas] == [False, True, True]


def test_pasar_una_hoja_no_toca_a_quien_esta_en_otra(cliente, capacitacion, sesion, asistente):
    inscribir(capacitacion, 14)
    primera, segunda = emitir_hojas(sesion=sesion, por=asistente)
    cliente.post(url_de(segunda))
    assert cifras_de(capacitacion).participantes == 2
    assert "Hoja siguiente" in cliente.get(url_de(primera)).text
    assert "Hoja siguiente" not in cliente.get(url_de(segunda)).text


def test_toda_la_sesion_de_una_vez(cliente, capacitacion, sesion):
    inscritas = inscribir(capacitacion, 5)
    respuesta = cliente.post(url("registro-pasar", capacitacion, sesion=sesion.pk), {"no_firmo": [inscritas[4].pk]})
    assert respuesta.status_code == 302
    assert cifras_de(capacitacion).participantes == 4


def test_el_papel_no_quita_lo_confirmado_por_enlace(capacitacion, sesion, asistente):
    inscritas = inscribir(capacitacion, 2)
    marcar_asistencias(sesion=sesion, firmaron={inscritas[0].pk}, por=None, medio=Asistencia.Medio.ENLACE)
    pasar_papel(sesion=sesion, listadas=inscritas, no_firmaron={i.pk for i in inscritas}, por=asistente)
    assert Asistencia.objects.firmadas().get().inscripcion == inscritas[0]


def test_a_quien_se_anulo_despues_de_imprimir_no_se_le_da_por_firmado(cliente, capacitacion, sesion, asistente):
    inscritas = inscribir(capacitacion, 2)
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    Inscripcion.objects.filter(pk=inscritas[0].pk).update(estado=Inscripcion.Estado.ANULADA)
    assert "Inscripción anulada" in cliente.get(url_de(hoja)).text
    cliente.post(url_de(hoja))
    assert cifras_de(capacitacion).participantes == 1


def test_r82_quien_se_escribio_en_una_fila_en_blanco_queda_inscrito_firmado_y_en_su_hoja(
    cliente, capacitacion, sesion, asistente
):
    inscribir(capacitacion, 1)
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    respuesta = cliente.post(url_de(hoja), escrita_a_mano(), follow=True)
    assert "Ñaupa Quispe" in respuesta.text
    assert [i.apellidos for i in hoja.listadas()] == ["Apaza 000", "Ñaupa Quispe"]
    assert cifras_de(capacitacion).participantes == 1
    assert esta_al_dia(sesion)  # la hoja ya la lista: no hay que emitir otra


def test_un_dato_malo_en_una_fila_en_blanco_se_dice_y_no_se_pierde_lo_escrito(cliente, capacitacion, sesion, asistente):
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    respuesta = cliente.post(url_de(hoja), escrita_a_mano(numero_documento="12"))
    assert respuesta.status_code == 200
    assert "8 dígitos" in respuesta.text
    assert "Ñaupa Quispe" in respuesta.text
    cliente.post(url_de(hoja), escrita_a_mano(numero_documento="41234567"))
    repetida = cliente.post(url_de(hoja), escrita_a_mano(correo="otro@anta.example"))
    assert "ya está inscrito" in repetida.text
    assert Inscripcion.objects.count() == 1


def test_si_no_se_puede_anotar_en_la_hoja_tampoco_queda_inscrita(capacitacion, sesion, asistente, monkeypatch):
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    monkeypatch.setattr("eventos.actions.hojas.inscribir_en_puerta", lambda **datos: InscripcionFactory() and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        agregar_de_fila_en_blanco(sesion=sesion, datos={}, hoja=hoja, por=asistente)
    assert not Inscripcion.objects.exists()


def test_antes_del_dia_la_hoja_no_se_pasa_y_dice_por_que(cliente, asistente, cusco):
    capacitacion = completa()
    sesion = capacitacion.sesiones.get()
    inscritas = inscribir(capacitacion, 1)
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    with pytest.raises(SesionFutura):
        pasar_papel(sesion=sesion, listadas=inscritas, no_firmaron=set(), por=asistente)
    respuesta = cliente.post(url_de(hoja))
    assert respuesta.status_code == 200
    assert "se registra desde ese día" in respuesta.text
    assert not Asistencia.objects.exists()


# --- El código ---


@pytest.mark.parametrize(
    "escribir", [str, str.lower, lambda c: f" {c[:4]} {c[4:]} ", lambda c: f"http://x/intranet/hojas/{c}/"]
)
def test_el_codigo_se_escribe_como_sea_o_se_escanea(cliente, sesion, asistente, escribir):
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    respuesta = cliente.get(reverse("eventos_intranet:hojas"), {"codigo": escribir(hoja.codigo)})
    assert respuesta.url == url_de(hoja)


@pytest.mark.parametrize(
    ("codigo", "mensaje"), [("AAAA2222", "no es de ninguna hoja"), ("x", "ocho letras"), ("\x00", "")]
)
def test_un_codigo_que_no_es_se_dice(cliente, cusco, codigo, mensaje):
    respuesta = cliente.get(reverse("eventos_intranet:hojas"), {"codigo": codigo})
    assert respuesta.status_code == 200
    assert mensaje in respuesta.text


def test_la_hoja_de_otro_centro_no_existe_y_sin_rol_no_se_abre(client, sesion, asistente, arequipa):
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    assert client.get(url_de(hoja)).status_code == 302  # a entrar
    client.force_login(personas.coordinador_de_arequipa())
    assert client.get(url_de(hoja)).status_code == 404
    assert client.post(url_de(hoja)).status_code == 404
    assert "no es de ninguna hoja" in client.get(reverse("eventos_intranet:hojas"), {"codigo": hoja.codigo}).text
    client.force_login(personas.comunicaciones())
    assert client.get(url_de(hoja)).status_code == 403


def test_quien_solo_mira_no_pasa_el_papel(client, capacitacion, sesion, asistente):
    inscribir(capacitacion, 2)
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    client.force_login(personas.responsable_de_presupuesto())
    assert client.get(url_de(hoja)).status_code == 200
    assert client.post(url_de(hoja)).status_code == 403
    assert client.post(url("registro-emitir", capacitacion)).status_code == 403
    assert not Asistencia.objects.exists()


def test_la_lista_vela_el_documento(cliente, capacitacion, sesion, asistente):
    InscripcionFactory(capacitacion=capacitacion, persona=PersonaFactory(numero_documento="41239876"))
    (hoja,) = emitir_hojas(sesion=sesion, por=asistente)
    texto = cliente.get(url_de(hoja)).text
    assert "****9876" in texto
    assert "41239876" not in texto
