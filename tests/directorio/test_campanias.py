"""Iniciar, seguir y cerrar una campaña de actualización (R114)."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comun.plazos import habiles_antes
from comun.templatetags.comun import fecha_larga
from correo.models import Entrega, Envio
from directorio.actions import dejar_de_trabajar, trasladar_operador
from directorio.campanias import actions as acciones
from directorio.campanias.correos import entregas_de
from directorio.campanias.seleccion import Criterio, elegir
from directorio.duplicados.actions import fusionar_operadores
from directorio.models import Campania, Operador, Pedido
from organizacion.dias import no_laborables
from organizacion.models import AjustesPortal
from tests import personas
from tests.directorio.campanias import campania_de, con_ficha, enlace_de
from tests.fabricas import AutoridadFactory, EntidadFactory, OperadorFactory, SistemaFactory
from tests.hilos import a_la_vez

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
BUZON = "mesa@muni.example"


@pytest.fixture
def entidad(cusco):
    return EntidadFactory(centro=cusco, nombre="Municipalidad de Wanchaq", correo=BUZON, telefono="084222333")


@pytest.fixture
def pedro(entidad):
    return OperadorFactory(entidad=entidad, nombres="Pedro", apellidos="Condori", correo=BUZON)


@pytest.fixture
def luz(entidad):
    """Comparte el buzón con Pedro y con la entidad."""
    return OperadorFactory(entidad=entidad, nombres="Luz", apellidos="Ccori", correo=BUZON)


@pytest.fixture
def sin_correo(entidad):
    return OperadorFactory(entidad=entidad, nombres="Ana", apellidos="Puma", telefono="984555666")


@pytest.fixture
def cliente(client, coordinadora):
    con_ficha(coordinadora)
    client.force_login(coordinadora)
    return client


def formulario(**cambios):
    datos = {
        "nombre": "Nuevas autoridades",
        "motivo": "Asumen el 1 de enero",
        "a_quienes": ["entidades", "operadores"],
        "vence_el": f"{HOY + dt.timedelta(days=20):%d/%m/%Y}",
    }
    return datos | cambios


def test_quienes_comparten_buzon_reciben_cada_uno_su_propio_enlace(entidad, pedro, luz, coordinadora):
    campania = campania_de(entidad.centro, coordinadora)
    entregas = Entrega.objects.filter(envio__clave=f"campania:{campania.pk}:inicial")
    assert {e.direccion for e in entregas} == {BUZON}
    assert {e.nombre for e in entregas} == {entidad.nombre, "Pedro Condori", "Luz Ccori"}
    assert len({e.url_baja for e in entregas}) == 3
    assert Envio.objects.count() == 1


def test_a_quien_no_tiene_correo_se_le_llama_desde_el_primer_dia(cliente, entidad, sin_correo, coordinadora):
    campania = campania_de(entidad.centro, coordinadora)
    assert not Entrega.objects.filter(nombre="Ana Puma").exists()
    pagina = cliente.get(f"/intranet/directorio/campanias/{campania.pk}/?ver=sin-correo").content.decode()
    assert "Ana Puma" in pagina
    assert 'href="tel:984555666"' in pagina
    assert "Pedro" not in pagina


def en_otros(fila, clase, valor):
    """``valor`` entre los «otros correos y teléfonos» de ``fila``, que no tiene principal."""
    type(fila).objects.filter(pk=fila.pk).update(**{clase: ""})
    fila.contactos.create(clase=clase, valor=valor)


def test_vale_el_buzon_y_el_telefono_que_estan_entre_los_otros_contactos(cliente, entidad, pedro, monkeypatch):
    en_otros(entidad, "correo", "partes@muni.example")
    en_otros(entidad, "telefono", "084777888")
    en_otros(pedro, "correo", "pedro@casa.example")
    previa = cliente.post("/intranet/directorio/campanias/nueva/", formulario(centro=entidad.centro_id, previa="1"))
    for texto in ("2 correos y 0 por llamar", "1 entidades (1 con correo)", "partes@muni.example"):
        assert texto in previa.content.decode()

    cliente.post(
        "/intranet/directorio/campanias/nueva/", formulario(centro=entidad.centro_id, iniciar="1", cuantos="2")
    )

    assert {entrega.direccion for entrega in Entrega.objects.all()} == {"partes@muni.example", "pedro@casa.example"}
    campania = Campania.objects.get()
    pagina = cliente.get(f"/intranet/directorio/campanias/{campania.pk}/").content.decode()
    assert pagina.count('href="tel:084777888"') == 2  # a Pedro, sin teléfono, se le llama a su entidad
    Envio.objects.update(estado=Envio.Estado.TERMINADO)
    recordar_a_la_mitad(campania, monkeypatch)
    recordados = Entrega.objects.filter(envio__clave=f"campania:{campania.pk}:mitad")
    assert {entrega.direccion for entrega in recordados} == {"partes@muni.example", "pedro@casa.example"}


def test_sin_telefono_de_la_entidad_se_llama_a_su_autoridad_de_hoy(cliente, entidad, coordinadora):
    type(entidad).objects.update(telefono="", correo="")
    AutoridadFactory(entidad=entidad, telefono="984000111", desde=HOY + dt.timedelta(days=30))
    en_otros(AutoridadFactory(entidad=entidad), "telefono", "984777888")
    campania = campania_de(entidad.centro, coordinadora)
    pagina = cliente.get(f"/intranet/directorio/campanias/{campania.pk}/").content.decode()
    assert 'href="tel:984777888"' in pagina
    assert "Alcaldesa: Julia Condori Apaza" in pagina
    assert "984000111" not in pagina
    previa = cliente.post("/intranet/directorio/campanias/nueva/", formulario(centro=entidad.centro_id, previa="1"))
    assert "984777888 (Alcaldesa)" in previa.content.decode()


def test_la_lista_para_llamar_no_pregunta_por_cada_fila(
    cliente, pedro, luz, cusco, coordinadora, django_assert_max_num_queries
):
    campania = campania_de(cusco, coordinadora)
    url = f"/intranet/directorio/campanias/{campania.pk}/"
    cliente.get(url)
    with CaptureQueriesContext(connection) as con_tres:
        cliente.get(url)
    for fila in OperadorFactory.create_batch(5, entidad=EntidadFactory(centro=cusco)):
        Pedido.objects.create(campania=campania, centro=cusco, entidad=fila.entidad, operador=fila)
    with django_assert_max_num_queries(len(con_tres)):
        cliente.get(url)


def test_se_elige_por_tipo_provincia_sistema_y_solo_lo_vencido(entidad, pedro, luz, cusco):
    luz.sistemas.add(SistemaFactory())
    pedro.verificado_en = HOY
    pedro.save()
    EntidadFactory(centro=cusco, tipo="GR")
    assert elegir(Criterio(tipos=["GL"]), cusco).entidades.get() == entidad
    assert elegir(Criterio(), cusco).operadores.get() == luz
    assert elegir(Criterio(sistemas=[SistemaFactory().pk], solo_vencidos=False), cusco).operadores.get() == luz
    assert elegir(Criterio(provincias=["0801"], a_quienes=["entidades"]), cusco).total == 2
    assert elegir(Criterio(provincias=["0199"]), cusco).total == 0


def test_antes_de_iniciar_se_ve_cuantos_y_a_quienes_y_recien_entonces_se_envia(cliente, entidad, pedro, sin_correo):
    respuesta = cliente.post("/intranet/directorio/campanias/nueva/", formulario(centro=entidad.centro_id, previa="1"))
    assert "2 correos y 1 por llamar" in respuesta.content.decode()
    assert not Campania.objects.exists()

    datos = formulario(centro=entidad.centro_id, iniciar="1", cuantos=respuesta.context["form"].data["cuantos"])
    cliente.post("/intranet/directorio/campanias/nueva/", datos)
    assert Campania.objects.get().pedidos.count() == 3


def test_antes_de_iniciar_se_avisa_a_que_correos_iria_mas_de_uno_y_donde_se_unen(cliente, entidad, pedro, luz):
    solo = OperadorFactory(entidad=entidad, correo="solo@muni.example")
    pagina = cliente.post("/intranet/directorio/campanias/nueva/", formulario(centro=entidad.centro_id, previa="1"))
    texto = pagina.content.decode()
    quienes = [entidad.nombre, "Luz Ccori", "Pedro Condori"]
    assert f"<li>{BUZON}: {', '.join(quienes)}</li>" in texto
    assert "/intranet/directorio/repetidas/operador/" in texto
    assert [correo for correo, _ in pagina.context["repetidos"]] == [BUZON]
    type(solo).objects.exclude(pk=solo.pk).update(correo="")
    pagina = cliente.post("/intranet/directorio/campanias/nueva/", formulario(centro=entidad.centro_id, previa="1"))
    assert "Correos que se repiten" not in pagina.content.decode()


def test_un_doble_clic_lleva_a_la_misma_campania_y_nadie_recibe_dos_correos(cliente, entidad, pedro):
    datos = formulario(centro=entidad.centro_id, iniciar="1", cuantos="2")
    paginas = {cliente.post("/intranet/directorio/campanias/nueva/", datos).url for _ in range(2)}
    assert paginas == {f"/intranet/directorio/campanias/{Campania.objects.get().pk}/"}
    assert (Envio.objects.count(), Entrega.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_los_clics_a_la_vez_inician_una_sola(entidad, coordinadora):
    campanias = a_la_vez(4, lambda: campania_de(entidad.centro, coordinadora))
    assert set(campanias) == {Campania.objects.get()}
    assert Envio.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_si_no_se_mira_bajo_llave_se_inician_varias(entidad, coordinadora, monkeypatch):
    monkeypatch.setattr(acciones, "_ya_iniciada", lambda datos, por: None)
    a_la_vez(4, lambda: campania_de(entidad.centro, coordinadora))
    assert Campania.objects.count() > 1


def test_otra_campania_distinta_o_la_misma_ya_cerrada_si_se_inicia(entidad, coordinadora):
    primera = campania_de(entidad.centro, coordinadora)
    assert campania_de(entidad.centro, coordinadora, tipos=["GL"]) != primera
    acciones.cerrar(campania=primera, por=coordinadora)
    assert campania_de(entidad.centro, coordinadora) != primera
    assert Campania.objects.count() == 3


@pytest.mark.parametrize(
    ("cambios", "dice"),
    [
        ({"cuantos": "99"}, "La lista cambió"),
        ({"cuantos": ""}, "La lista cambió"),
        ({"vence_el": f"{HOY:%d/%m/%Y}"}, "El plazo termina después de hoy"),
        ({"vence_el": f"{HOY + dt.timedelta(days=300):%d/%m/%Y}"}, "seis meses"),
        ({"nombre": ""}, "obligatorio"),
    ],
)
def test_si_algo_no_cuadra_no_se_inicia_nada(cliente, entidad, cambios, dice):
    datos = formulario(centro=entidad.centro_id, iniciar="1") | cambios
    respuesta = cliente.post("/intranet/directorio/campanias/nueva/", datos)
    assert dice in respuesta.content.decode()
    assert (Campania.objects.count(), Pedido.objects.count(), Envio.objects.count()) == (0, 0, 0)


def test_una_coordinadora_no_inicia_en_otro_centro_ni_en_todos_y_la_ogauc_si(cliente, client, ogauc, arequipa, entidad):
    for centro in (arequipa.pk, ""):
        respuesta = cliente.post("/intranet/directorio/campanias/nueva/", formulario(centro=centro, previa="1"))
        assert respuesta.context["form"].errors["centro"]
    client.force_login(ogauc)
    respuesta = client.post("/intranet/directorio/campanias/nueva/", formulario(previa="1"))
    assert respuesta.context["seleccion"].total == 1


def test_quien_coordina_un_centro_y_asiste_en_otro_solo_inicia_en_el_que_coordina(client, entidad, arequipa):
    client.force_login(personas.coordinadora_de_cusco_y_asistente_de_arequipa())
    EntidadFactory(centro=arequipa)
    datos = formulario(centro=arequipa.pk, iniciar="1", cuantos="1")
    form = client.post("/intranet/directorio/campanias/nueva/", datos).context["form"]
    assert form.errors["centro"]
    assert list(form.fields["centro"].queryset) == [entidad.centro]
    assert not Campania.objects.exists()


def test_de_una_campania_de_todos_cada_centro_ve_lo_suyo_y_no_la_cierra(cliente, entidad, arequipa, ogauc):
    EntidadFactory(centro=arequipa, nombre="Municipalidad de Cayma")
    campania = campania_de(None, ogauc)
    pagina = cliente.get(f"/intranet/directorio/campanias/{campania.pk}/").content.decode()
    assert entidad.nombre in pagina
    assert "Cayma" not in pagina
    assert cliente.post(f"/intranet/directorio/campanias/{campania.pk}/cerrar/").status_code == 404


def test_lo_de_otro_centro_no_existe(cliente, arequipa, ogauc):
    EntidadFactory(centro=arequipa)
    campania = campania_de(arequipa, ogauc)
    pedido = campania.pedidos.get()
    assert cliente.get(f"/intranet/directorio/campanias/{campania.pk}/").status_code == 404
    for que in ("llamada", "anular"):
        assert cliente.post(f"/intranet/directorio/campanias/pedidos/{pedido.pk}/{que}/").status_code == 404


def test_una_especialista_mira_y_llama_pero_no_inicia(client, entidad, coordinadora):
    campania = campania_de(entidad.centro, coordinadora)
    client.force_login(personas.especialista_de_cusco())
    assert client.get(f"/intranet/directorio/campanias/{campania.pk}/").status_code == 200
    url = f"/intranet/directorio/campanias/pedidos/{campania.pedidos.get().pk}/llamada/"
    client.post(url, {"llamada": "contesto"})
    assert campania.pedidos.get().llamada == "contesto"
    assert client.get("/intranet/directorio/campanias/nueva/").status_code == 403


def test_a_mas_del_tope_espera_la_segunda_firma_como_un_masivo(client, entidad, pedro, luz, coordinadora, ogauc):
    AjustesPortal.objects.update_or_create(pk=AjustesPortal.load().pk, defaults={"tope_sin_segunda_firma": 2})
    campania_de(entidad.centro, coordinadora)
    envio = Envio.objects.get()
    assert envio.estado == Envio.Estado.POR_APROBAR
    client.force_login(ogauc)
    pagina = client.get(f"/intranet/envios/{envio.pk}/").content.decode()
    assert "Le pedimos revisar los datos" in pagina  # quien firma ve el mensaje…
    assert "actualizar-datos" not in pagina  # … y ningún enlace ajeno


def test_la_llamada_se_anota_y_quien_paso_el_dato_ya_no_falta(cliente, entidad, coordinadora):
    campania = campania_de(entidad.centro, coordinadora)
    pedido = campania.pedidos.get()
    url = f"/intranet/directorio/campanias/pedidos/{pedido.pk}/llamada/"
    respuesta = cliente.post(url, {"llamada": "no_contesta", "nota": "Vuelve el lunes"}, headers={"HX-Request": "true"})
    assert "Vuelve el lunes" in respuesta.content.decode()
    assert campania.pedidos.que_faltan().exists()
    cliente.post(url, {"llamada": "dio_el_dato"})
    assert not campania.pedidos.que_faltan().exists()
    cliente.post(url, {"llamada": ""})
    pedido.refresh_from_db()
    assert (pedido.llamada, pedido.llamada_por) == ("", None)


def test_de_una_campania_grande_solo_se_leen_los_correos_de_la_pagina(enviada, pedro):
    pedidos = enviada.pedidos.filter(operador=pedro)
    assert entregas_de(enviada, pedidos) == {pedidos.get().pk: Entrega.Estado.PENDIENTE}


@pytest.mark.parametrize("mala", [{"llamada": "inventada"}, {"llamada": "contesto", "nota": "x" * 201}])
def test_una_llamada_mal_anotada_lo_dice_y_no_se_guarda(cliente, entidad, coordinadora, mala):
    pedido = campania_de(entidad.centro, coordinadora).pedidos.get()
    url = f"/intranet/directorio/campanias/pedidos/{pedido.pk}/llamada/"
    respuesta = cliente.post(url, mala, headers={"HX-Request": "true"})
    assert 'role="alert"' in respuesta.content.decode()
    pedido.refresh_from_db()
    assert (pedido.llamada, pedido.nota) == ("", "")


# --- Recordatorios y cierre ---


def pasar_a(monkeypatch, fecha):
    monkeypatch.setattr(timezone, "localdate", lambda momento=None, zona=None: momento.date() if momento else fecha)


def recordar_a_la_mitad(campania, monkeypatch):
    pasar_a(monkeypatch, acciones.fecha_de_la_mitad(campania, no_laborables(campania.centro)))
    acciones.recordar_campanias()


def olas(campania):
    claves = Envio.objects.filter(clave__startswith=f"campania:{campania.pk}:").values_list("clave", flat=True)
    return sorted(clave.rsplit(":", 1)[1] for clave in claves)


@pytest.fixture
def enviada(entidad, pedro, sin_correo, coordinadora):
    campania = campania_de(entidad.centro, coordinadora, dias=28)
    Envio.objects.update(estado=Envio.Estado.TERMINADO)
    return campania


def test_se_recuerda_una_vez_a_la_mitad_y_otra_dos_dias_habiles_antes_y_solo_a_quien_falta(enviada, monkeypatch):
    enviada.pedidos.filter(operador__isnull=True).update(estado=Pedido.Estado.CONFORME)
    dias = no_laborables(enviada.centro)
    mitad, final = acciones.fecha_de_la_mitad(enviada, dias), habiles_antes(enviada.vence_el, 2, dias)
    esperado = {HOY: [], mitad - dt.timedelta(1): [], mitad: ["mitad"], final - dt.timedelta(1): ["mitad"]}
    esperado |= {final: ["final", "mitad"], enviada.vence_el: ["final", "mitad"]}
    for fecha, salieron in esperado.items():
        pasar_a(monkeypatch, fecha)
        acciones.recordar_campanias()
        acciones.recordar_campanias()
        assert olas(enviada) == sorted([*salieron, "inicial"]), fecha
    recordados = Entrega.objects.filter(envio__clave=f"campania:{enviada.pk}:mitad")
    assert [entrega.nombre for entrega in recordados] == ["Pedro Condori"]


def test_no_se_recuerda_a_quien_dejo_la_entidad_ni_se_le_espera(luz, enviada, entidad, pedro, cliente, monkeypatch):
    dejar_de_trabajar(operador=pedro, hasta=HOY, por=enviada.iniciada_por)
    otra = EntidadFactory(centro=entidad.centro)
    trasladar_operador(operador=luz, entidad=otra, cargo="", sistemas=[], desde=HOY, por=enviada.iniciada_por)

    recordar_a_la_mitad(enviada, monkeypatch)

    recordados = Entrega.objects.filter(envio__clave=f"campania:{enviada.pk}:mitad")
    assert [entrega.nombre for entrega in recordados] == [entidad.nombre]
    pagina = cliente.get(f"/intranet/directorio/campanias/{enviada.pk}/?ver=se-fueron")
    assert {pedido.operador for pedido in pagina.context["pedidos"]} == {pedro, luz}
    assert pagina.context["avance"].faltan == enviada.pedidos.que_faltan().count() == 2


def test_el_recordatorio_va_al_correo_corregido_con_otro_enlace_y_el_de_antes_no_abre(
    enviada, pedro, client, monkeypatch
):
    pedido = enviada.pedidos.get(operador=pedro)
    Operador.objects.filter(pk=pedro.pk).update(correo="pedro@muni.example")

    recordar_a_la_mitad(enviada, monkeypatch)

    recordado = Entrega.objects.get(envio__clave=f"campania:{enviada.pk}:mitad", nombre="Pedro Condori")
    assert recordado.direccion == "pedro@muni.example"
    assert client.get(enlace_de(pedido)).status_code == 404
    assert client.get(urlsplit(recordado.url_baja).path).status_code == 200


def test_mientras_el_primer_correo_no_sale_no_se_recuerda_nada(enviada, monkeypatch):
    Envio.objects.update(estado=Envio.Estado.POR_APROBAR)
    pasar_a(monkeypatch, acciones.fecha_del_final(enviada))
    acciones.recordar_campanias()
    assert olas(enviada) == ["inicial"]


def test_se_cierra_sola_al_dia_siguiente_de_su_plazo(enviada, monkeypatch):
    pasar_a(monkeypatch, enviada.vence_el)
    assert acciones.cerrar_campanias_vencidas() == ""
    pasar_a(monkeypatch, enviada.vence_el + dt.timedelta(days=1))
    assert acciones.cerrar_campanias_vencidas() == "campañas cerradas: 1"
    assert acciones.cerrar_campanias_vencidas() == ""


def test_cerrada_o_anulado_el_enlace_ya_no_abre(cliente, client, enviada):
    pedido = enviada.pedidos.filter(operador__isnull=True).get()
    cliente.post(f"/intranet/directorio/campanias/pedidos/{pedido.pk}/anular/")
    assert client.get(enlace_de(pedido)).status_code == 410
    otro = enviada.pedidos.filter(estado=Pedido.Estado.PENDIENTE).first()
    assert client.get(enlace_de(otro)).status_code == 200
    cliente.post(f"/intranet/directorio/campanias/{enviada.pk}/cerrar/")
    assert client.get(enlace_de(otro)).status_code == 410


def test_cerrarla_pide_confirmarlo_y_el_enlace_dice_cuando_se_cerro(cliente, client, enviada):
    pagina = cliente.get(f"/intranet/directorio/campanias/{enviada.pk}/").content.decode()
    confirmar = pagina[pagina.index('<details class="registro-peligro">') : pagina.index("Sí, cerrarla")]
    assert f"/campanias/{enviada.pk}/cerrar/" in confirmar
    assert "Faltan 3 respuestas" in confirmar
    cliente.post(f"/intranet/directorio/campanias/{enviada.pk}/cerrar/")
    texto = client.get(enlace_de(enviada.pedidos.first())).content.decode()
    assert f"El plazo para responder terminó el {fecha_larga(HOY)}." in texto


def test_el_enlace_de_una_que_se_cerro_sola_dice_su_plazo(client, enviada):
    Campania.objects.update(vence_el=HOY - dt.timedelta(days=1))
    acciones.cerrar_campanias_vencidas()
    texto = client.get(enlace_de(enviada.pedidos.first())).content.decode()
    assert fecha_larga(HOY - dt.timedelta(days=1)) in texto


def test_las_cifras_suman_aunque_un_enlace_se_anule_al_unir_dos_filas(enviada, cliente, entidad, pedro, coordinadora):
    enviada.pedidos.filter(operador__isnull=True).update(estado=Pedido.Estado.CONFORME)
    otro = OperadorFactory(entidad=entidad, nombres="Pedro")
    Pedido.objects.create(campania=enviada, centro=entidad.centro, entidad=entidad, operador=otro)
    fusionar_operadores(se_queda=pedro, absorbido=otro, de_la_otra=set(), por=coordinadora)
    avance = cliente.get(f"/intranet/directorio/campanias/{enviada.pk}/").context["avance"]
    assert (avance.total, avance.conformes, avance.corrigieron, avance.por_telefono, avance.faltan) == (3, 1, 0, 0, 2)


def test_si_falla_a_la_mitad_no_queda_nada(entidad, coordinadora, monkeypatch):
    def falla(*args):
        raise RuntimeError

    monkeypatch.setattr(acciones.correos, "enviar", falla)
    with pytest.raises(RuntimeError):
        campania_de(entidad.centro, coordinadora)
    assert (Campania.objects.count(), Pedido.objects.count()) == (0, 0)
