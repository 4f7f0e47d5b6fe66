"""Comunicaciones ve quién falta, reclama, suple y arma la edición (R106, R110)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boletines.actions.aporte import (
    NoSeSuple,
    YaIncorporado,
    devolver,
    entregar,
    guardar_borrador,
    usar_borrador_automatico,
)
from boletines.actions.edicion import NoSeArma, abrir_edicion, armar
from boletines.models import Aporte, BoletinPage, Edicion
from boletines.periodicas import pedir_aportes, recordar_aportes
from boletines.tablero import tablero_de
from correo.models import Envio
from custodia.models import Huella
from intranet.bandeja import asuntos_de
from organizacion.models import Rol, Usuario
from tests import personas
from tests.boletines.ayudas import *  # noqa: F403 - las piezas de estas pruebas
from tests.boletines.ayudas import aporte_de, con_correo, enviar, escrito
from tests.fabricas import AsistenciaFactory, CapacitacionFactory, CentroFactory, InscripcionFactory, SistemaFactory

pytestmark = pytest.mark.django_db
NORMA = {"tipo": "norma", "titulo": "R.D. 001-2026", "fecha": "2026-11-03", "texto": "Directiva de cierre."}
NOTICIA = {"tipo": "noticia", "titulo": "Nueva guía", "texto": "Sale <hoy>.\n\nLéala.", "enlace": "https://mef.example"}
MAX_CONSULTAS = 40


def recargado(fila):
    return type(fila).objects.get(pk=fila.pk)


def tablero(client, usuario, edicion):
    client.force_login(usuario)
    return client.get(reverse("boletin_tablero_mes", args=[edicion.anio, edicion.mes]))


def textos_de(usuario):
    usuario = Usuario.objects.get(pk=usuario.pk)
    return {asunto.titulo: [linea.texto for linea in asunto.lineas] for asunto in asuntos_de(usuario)}


def bloques(pagina):
    borrador = recargado(pagina).get_latest_revision_as_object()
    return [
        (bloque.block_type, bloque.value["titulo" if "titulo" in bloque.value else "numero"])
        for bloque in borrador.cuerpo
    ]


# El tablero


def test_dice_en_que_esta_cada_quien_su_atraso_y_a_quien_llamar(reloj, client, edicion, coordinadora, comunicaciones):
    from tests.fabricas import PersonalFactory

    PersonalFactory(
        centro=personas.cusco(), cargo="coordinador", usuario=coordinadora, telefono="984123456", anexo="2001"
    )
    guardar_borrador(aporte=aporte_de(edicion, centro__nombre="Cusco"), escrito=escrito(), version=0, por=coordinadora)
    reloj(30)  # lunes; venció el miércoles 25

    filas = {fila.aporte.de_quien: fila for fila in tablero_de(edicion, comunicaciones).filas}
    assert filas["CONECTAMEF Cusco"].situacion == "En borrador"
    assert filas["CONECTAMEF Cusco"].atraso == 3
    assert filas["CONECTAMEF Arequipa"].situacion == "Pedido"
    assert filas["Presupuesto Público"].atraso == 0

    pantalla = tablero(client, comunicaciones, edicion).content.decode()
    assert "984123456, anexo 2001" in pantalla
    assert "3 días hábiles de atraso" in pantalla
    assert "1 al 7 de diciembre" in pantalla


def test_el_centro_sin_coordinador_con_correo_se_senala(reloj, client, comunicaciones):
    CentroFactory(nombre="Tacna", correo="tacna@mef.example", telefono="052 111111")
    CentroFactory(nombre="Puno", correo="")
    reloj(20)
    pantalla = tablero(client, comunicaciones, abrir_edicion(anio=2026, mes=11)).content.decode()
    assert "Sin correo: se le escribe al del centro" in pantalla
    assert "Sin correo: hay que llamar" in pantalla
    assert "052 111111" in pantalla


def test_la_ogauc_lo_mira_y_no_lo_toca(client, edicion, ogauc):
    pantalla = tablero(client, ogauc, edicion).content.decode()
    assert "Arequipa" in pantalla
    assert "Recordar" not in pantalla
    assert "Armar" not in pantalla
    aporte = edicion.aportes.first()
    for nombre in ("aporte_recordar", "aporte_suplir", "aporte_devolver", "aporte_ampliar"):
        assert client.post(reverse(nombre, args=[aporte.pk])).status_code == 403
    for nombre in ("boletin_abrir", "boletin_recordar", "boletin_armar"):
        assert client.post(reverse(nombre, args=[2026, 11])).status_code == 403
    assert client.get(reverse("aporte", args=[aporte.pk])).status_code == 200


def test_un_centro_y_un_responsable_no_ven_el_tablero(client, edicion, coordinadora, responsable):
    for usuario in (coordinadora, responsable):
        assert tablero(client, usuario, edicion).status_code == 403
        assert client.get(reverse("boletin_del_mes")).status_code == 200


def test_ver_el_tablero_no_cambia_nada_y_con_24_centros_no_pasa_del_tope_de_consultas(reloj, client, comunicaciones):
    for n in range(24):
        centro = CentroFactory(nombre=f"Centro {n}")
        con_correo(personas.con_rol(f"coordinador.{n}", Rol.COORDINADOR, centro=centro))
    for n in range(5):
        personas.con_rol(
            f"rt.{n}", Rol.RESPONSABLE_TECNICO, sistema=SistemaFactory(slug=f"s{n}", nombre=f"Sistema {n}")
        )
    reloj(20)
    edicion = abrir_edicion(anio=2026, mes=11)
    reloj(30)
    tablero(client, comunicaciones, edicion)
    antes = list(Aporte.objects.values())
    with CaptureQueriesContext(
        connection,
    ) as consultas:
        assert tablero(client, comunicaciones, edicion).status_code == 200
    assert len(consultas) <= MAX_CONSULTAS, len(consultas)
    assert list(Aporte.objects.values()) == antes


def test_lo_que_no_existe_es_404(client, comunicaciones, edicion):
    client.force_login(comunicaciones)
    assert client.get(reverse("boletin_tablero_mes", args=[2026, 13])).status_code == 404
    assert client.get(reverse("boletin_tablero_mes", args=[999999999999, 99999999999])).status_code == 404
    assert client.get(reverse("aporte", args=[99999999999999999999])).status_code == 404
    assert client.post(reverse("boletin_abrir", args=[2020, 1])).status_code == 404


# Pedir a mano, recordar, devolver, ampliar


def test_comunicaciones_puede_pedir_antes_del_20_y_el_20_no_se_repite(reloj, client, coordinadora, comunicaciones):
    reloj(16)
    client.force_login(comunicaciones)
    assert "Pedirlos ahora" in client.get(reverse("boletin_tablero")).content.decode()
    client.post(reverse("boletin_abrir", args=[2026, 11]))
    assert Edicion.objects.get().aportes.count() == 1
    assert Huella.objects.filter(accion="pedir aportes", usuario=comunicaciones).exists()
    reloj(20)
    assert pedir_aportes() == ""
    assert Envio.objects.count() == 1


def test_recordar_a_todos_llega_solo_a_los_que_faltan_y_una_vez_al_dia(client, edicion, coordinadora, comunicaciones):
    entregar(aporte=aporte_de(edicion, centro__nombre="Cusco"), escrito=escrito(), version=0, por=coordinadora)
    client.force_login(comunicaciones)
    for _ in range(2):
        client.post(reverse("boletin_recordar", args=[2026, 11]))
    assert Envio.objects.filter(clave__contains="recordatorio").count() == 2
    aporte = aporte_de(edicion, centro__nombre="Arequipa")
    respuesta = client.post(reverse("aporte_recordar", args=[aporte.pk]), follow=True)
    assert "No se recordó" in respuesta.content.decode()
    assert Envio.objects.filter(clave__contains="recordatorio").count() == 2


def test_devolver_pide_una_observacion_y_un_dia_habil_por_venir(reloj, client, edicion, coordinadora, comunicaciones):
    aporte = aporte_de(edicion, centro__nombre="Cusco")
    entregar(aporte=aporte, escrito=escrito(), version=0, por=coordinadora)
    reloj(26)
    client.force_login(comunicaciones)
    url = reverse("aporte_devolver", args=[aporte.pk])
    for mal in ({}, {"observacion": "x"}, {"observacion": "x", "plazo": "2026-11-20"}, {"plazo": "2026-12-01"}):
        assert client.post(url, mal).status_code == 200
    fin_de_semana = client.post(url, {"observacion": "x", "plazo": "2026-11-28"}).content.decode()
    assert "lunes 30 de noviembre de 2026" in fin_de_semana
    assert recargado(aporte).estado == "entregado"

    assert client.post(url, {"observacion": "Falta la foto.", "plazo": "2026-11-30"}).status_code == 302
    devuelto = recargado(aporte)
    assert (devuelto.situacion, devuelto.observacion) == ("devuelto", "Falta la foto.")
    client.force_login(coordinadora)
    assert "Falta la foto." in client.get(reverse("aporte", args=[aporte.pk])).content.decode()


def test_ampliar_lo_ya_entregado_se_rechaza(client, edicion, coordinadora, comunicaciones):
    aporte = aporte_de(edicion, centro__nombre="Cusco")
    entregar(aporte=aporte, escrito=escrito(), version=0, por=coordinadora)
    client.force_login(comunicaciones)
    respuesta = client.post(reverse("aporte_ampliar", args=[aporte.pk]), {"plazo": "2026-12-01"})
    assert "no hace falta más plazo" in respuesta.content.decode()
    assert recargado(aporte).plazo == dt.date(2026, 11, 25)


# El borrador automático


def test_un_centro_atrasado_se_suple_en_un_clic_con_lo_que_dicen_los_datos(reloj, client, edicion, comunicaciones):
    curso = CapacitacionFactory(
        titulo="Cierre", centro=personas.cusco(), fecha_inicio=dt.date(2026, 11, 12), fecha_fin=dt.date(2026, 11, 12)
    )
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=curso))
    aporte = aporte_de(edicion, centro__nombre="Cusco")
    with pytest.raises(NoSeSuple):
        usar_borrador_automatico(aporte=aporte, por=comunicaciones)
    reloj(26)
    client.force_login(comunicaciones)
    client.post(reverse("aporte_suplir", args=[aporte.pk]))

    suplido = recargado(aporte)
    assert suplido.situacion == "automatico"
    assert suplido.editorial == (
        "En noviembre de 2026, CONECTAMEF Cusco programó una capacitación, con 1 participante."
    )
    assert list(suplido.notas.values_list("titulo", "capacitacion")) == [("Cierre", curso.pk)]


def test_lo_que_el_centro_escribia_sigue_ahi_y_si_entrega_lo_suyo_manda(
    reloj, client, edicion, coordinadora, comunicaciones
):
    aporte = aporte_de(edicion, centro__nombre="Cusco")
    guardar_borrador(aporte=aporte, escrito=escrito(editorial="A medias"), version=0, por=coordinadora)
    reloj(26)
    usar_borrador_automatico(aporte=aporte, por=comunicaciones)
    client.force_login(coordinadora)
    pantalla = client.get(reverse("aporte", args=[aporte.pk])).content.decode()
    assert "A medias" in pantalla
    assert "vale lo suyo" in pantalla

    enviar(client, coordinadora, recargado(aporte), entregar=True, editorial="Lo del centro")
    assert recargado(aporte).situacion == "entregado"
    assert not recargado(aporte).es_automatico
    assert recargado(aporte).editorial == "Lo del centro"


def test_el_de_un_sistema_no_se_suple(reloj, edicion, comunicaciones):
    reloj(3, mes=12)
    with pytest.raises(NoSeSuple):
        usar_borrador_automatico(aporte=aporte_de(edicion, sistema__isnull=False), por=comunicaciones)


# Armar


def test_armar_crea_la_pagina_en_borrador_y_lleva_lo_tecnico_una_sola_vez(
    reloj, client, archivo, edicion, responsable, comunicaciones
):
    tecnico = aporte_de(edicion, sistema__isnull=False)
    entregar(aporte=tecnico, escrito=escrito(NORMA, NOTICIA, editorial=""), version=0, por=responsable)
    reloj(1, mes=12)
    client.force_login(comunicaciones)
    respuesta = client.post(reverse("boletin_armar", args=[2026, 11]))

    pagina = BoletinPage.objects.get()
    assert respuesta.url == reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    assert not pagina.live
    assert client.get(respuesta.url).status_code == 200
    assert bloques(pagina) == [("norma", "R.D. 001-2026"), ("noticia", "Nueva guía")]
    texto = str(recargado(pagina).get_latest_revision_as_object().cuerpo[1].value["texto"])
    assert "&lt;hoy&gt;" in texto
    assert texto.count("<p>") == 2
    assert recargado(tecnico).situacion == "incorporado"

    client.post(reverse("boletin_armar", args=[2026, 11]))
    assert len(bloques(pagina)) == 2


def test_volver_a_armar_lleva_lo_nuevo_sin_pisar_lo_que_escribio_el_editor(
    reloj, archivo, edicion, responsable, comunicaciones
):
    pagina = armar(edicion=edicion, por=comunicaciones)
    borrador = pagina.get_latest_revision_as_object()
    borrador.editorial = "Lo del editor"
    borrador.cuerpo = [{"type": "noticia", "value": {"titulo": "Del editor", "texto": "<p>x</p>"}, "id": "a" * 8}]
    borrador.save_revision()
    entregar(
        aporte=aporte_de(edicion, sistema__isnull=False),
        escrito=escrito(NORMA, editorial=""),
        version=0,
        por=responsable,
    )
    armar(edicion=edicion, por=comunicaciones)

    assert bloques(pagina) == [("noticia", "Del editor"), ("norma", "R.D. 001-2026")]
    assert recargado(pagina).get_latest_revision_as_object().editorial == "Lo del editor"


def test_lo_de_los_centros_se_incorpora_sin_copiarse_y_ya_no_cambia(archivo, edicion, coordinadora, comunicaciones):
    aporte = aporte_de(edicion, centro__nombre="Cusco")
    entregar(aporte=aporte, escrito=escrito({"tipo": "novedad", "titulo": "N"}), version=0, por=coordinadora)
    pagina = armar(edicion=edicion, por=comunicaciones)
    assert bloques(pagina) == []
    assert recargado(aporte).situacion == "incorporado"
    with pytest.raises(YaIncorporado):
        entregar(aporte=aporte, escrito=escrito(editorial="Otra"), version=1, por=coordinadora)

    devolver(aporte=aporte, observacion="Cambie", plazo=dt.date(2026, 11, 26), por=comunicaciones)
    entregar(aporte=aporte, escrito=escrito(editorial="Otra"), version=1, por=coordinadora)
    assert recargado(aporte).editorial == "Otra"


def test_lo_tecnico_ya_copiado_no_se_devuelve(archivo, edicion, responsable, comunicaciones):
    tecnico = aporte_de(edicion, sistema__isnull=False)
    entregar(aporte=tecnico, escrito=escrito(NORMA, editorial=""), version=0, por=responsable)
    armar(edicion=edicion, por=comunicaciones)
    with pytest.raises(YaIncorporado):
        devolver(aporte=tecnico, observacion="x", plazo=dt.date(2026, 11, 26), por=comunicaciones)


def test_la_edicion_publicada_ya_no_se_arma_ni_admite_cambios(archivo, client, edicion, coordinadora, comunicaciones):
    armar(edicion=edicion, por=comunicaciones)
    assert "Ampliar el plazo" in tablero(client, comunicaciones, edicion).content.decode()
    BoletinPage.objects.update(live=True)
    assert "Ampliar el plazo" not in tablero(client, comunicaciones, edicion).content.decode()
    with pytest.raises(NoSeArma):
        armar(edicion=edicion, por=comunicaciones)
    with pytest.raises(YaIncorporado):
        guardar_borrador(
            aporte=aporte_de(edicion, centro__nombre="Cusco"), escrito=escrito(), version=0, por=coordinadora
        )


def test_mientras_se_aprueba_nada_cambia(archivo, edicion, coordinadora, comunicaciones, monkeypatch):
    armar(edicion=edicion, por=comunicaciones)
    monkeypatch.setattr(BoletinPage, "workflow_in_progress", True)
    with pytest.raises(NoSeArma):
        armar(edicion=edicion, por=comunicaciones)
    with pytest.raises(YaIncorporado):
        guardar_borrador(
            aporte=aporte_de(edicion, centro__nombre="Cusco"), escrito=escrito(), version=0, por=coordinadora
        )


def test_sin_la_pagina_de_boletines_armar_lo_dice_y_no_deja_nada_a_medias(client, edicion, responsable, comunicaciones):
    tecnico = aporte_de(edicion, sistema__isnull=False)
    entregar(aporte=tecnico, escrito=escrito(NORMA, editorial=""), version=0, por=responsable)
    client.force_login(comunicaciones)
    respuesta = client.post(reverse("boletin_armar", args=[2026, 11]), follow=True)
    assert "Falta la página «Boletines»" in respuesta.content.decode()
    assert recargado(tecnico).situacion == "entregado"


# La bandeja


def test_cada_quien_ve_su_parte_y_comunicaciones_cuantas_faltan_y_cuando_armar(
    reloj, archivo, edicion, coordinadora, especialista, responsable, comunicaciones
):
    assert textos_de(coordinadora)["Su parte del boletín"] == ["CONECTAMEF Cusco: boletín de noviembre de 2026"]
    assert textos_de(responsable)["Su parte del boletín"] == ["Presupuesto Público: boletín de noviembre de 2026"]
    assert "Su parte del boletín" not in textos_de(especialista)
    assert textos_de(comunicaciones)["Boletín del mes"] == ["Faltan 3 aportes de noviembre de 2026"]

    entregar(aporte=aporte_de(edicion, centro__nombre="Cusco"), escrito=escrito(), version=0, por=coordinadora)
    assert "Su parte del boletín" not in textos_de(coordinadora)
    reloj(1, mes=12)
    assert textos_de(comunicaciones)["Boletín del mes"] == [
        "Faltan 2 aportes de noviembre de 2026",
        "Armar el boletín de noviembre de 2026",
    ]
    [suya] = [a for a in asuntos_de(Usuario.objects.get(pk=responsable.pk)) if a.titulo == "Su parte del boletín"]
    assert suya.es_urgente
    assert suya.lineas[0].detalle == "Atrasado: venció el lunes 30 de noviembre de 2026"

    armar(edicion=edicion, por=comunicaciones)
    assert textos_de(comunicaciones)["Boletín del mes"] == ["Faltan 2 aportes de noviembre de 2026"]
    assert textos_de(comunicaciones)["Boletín"] == ["Edición de noviembre de 2026"]
    BoletinPage.objects.update(live=True)
    assert "Boletín del mes" not in textos_de(comunicaciones)


# El recorrido entero


def test_del_dia_20_al_armado_con_una_caida_del_portal(
    reloj, client, archivo, coordinadora, coordinador_de_arequipa, responsable, comunicaciones
):
    def minuto_a_minuto(*dias, mes=11):
        for dia in dias:
            for hora in (0, 7, 8, 12, 19, 23):
                reloj(dia, hora, mes=mes)
                pedir_aportes()
                recordar_aportes()

    minuto_a_minuto(18, 19, 20)
    edicion = Edicion.objects.get()
    reloj(21)
    tecnico = aporte_de(edicion, sistema__isnull=False)
    enviar(client, responsable, tecnico, entregar=True, norma=[NORMA | {"tipo": None}])
    # El portal está caído del 22 al 25 y vuelve el 26: un solo recordatorio a cada centro, el último.
    minuto_a_minuto(26)
    recordatorios = Envio.objects.filter(clave__contains="recordatorio")
    assert sorted(recordatorios.values_list("centro__nombre", flat=True)) == ["Arequipa", "Cusco"]
    assert all(envio.asunto.startswith("ATRASADO") for envio in recordatorios)

    enviar(client, coordinadora, aporte_de(edicion, centro__nombre="Cusco"), entregar=True)
    minuto_a_minuto(27, 28, 29, 30)
    minuto_a_minuto(1, mes=12)
    assert recordatorios.count() == 2
    client.force_login(comunicaciones)
    client.post(reverse("aporte_suplir", args=[aporte_de(edicion, centro__nombre="Arequipa").pk]))
    client.post(reverse("boletin_armar", args=[2026, 11]))

    assert bloques(BoletinPage.objects.get()) == [("norma", "R.D. 001-2026")]
    assert {aporte.situacion.value for aporte in edicion.aportes.all()} == {"incorporado"}
    assert Aporte.objects.get(centro__nombre="Arequipa").es_automatico
