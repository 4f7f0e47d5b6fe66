"""Hallar filas repetidas, compararlas y dejar una sin perder la historia de ninguna."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from custodia.models import Huella
from directorio.actions import renombrar_entidad, trasladar_operador
from directorio.duplicados.actions import NoSeUnen, fusionar_entidades, fusionar_operadores
from directorio.duplicados.parecidos import entidades_parecidas, operadores_parecidos
from directorio.models import Contacto, Entidad, Fusion, Operador
from directorio.situacion.actions import recoger_tema
from eventos.models import Convocatoria, Invitacion
from organizacion.models import Persona
from tests import fabricas, personas
from tests.directorio.campanias import campania_de

pytestmark = pytest.mark.django_db


def persona(numero="40404040"):
    return Persona.objects.create(numero_documento=numero, apellidos="Quispe Mamani", nombres="Rosa")


def operador(entidad, apellidos="Quispe Mamani", nombres="Rosa", **datos):
    return fabricas.OperadorFactory(entidad=entidad, apellidos=apellidos, nombres=nombres, **datos)


def convocatoria(centro):
    return Convocatoria.objects.create(capacitacion=fabricas.CapacitacionFactory(centro=centro), anticipacion=10)


def mudar(quien, a, cargo, por):
    trasladar_operador(operador=quien, entidad=a, cargo=cargo, sistemas=[], desde=timezone.localdate(), por=por)


def invitar(llamada, quien, entidad):
    return Invitacion.objects.create(
        convocatoria=llamada, capacitacion=llamada.capacitacion, operador=quien, entidad=entidad, nombre="Rosa"
    )


@pytest.fixture
def entidad(cusco):
    return fabricas.EntidadFactory(centro=cusco)


def pares():
    return {(par.menor, par.mayor): par.razones for par in operadores_parecidos(Operador.objects.all())}


@pytest.mark.parametrize("otro", ["Quispe Mamni", "Kispe Mamani", "QUÍSPE  MAMANI", "Mamani Quispe"])
def test_un_nombre_mal_escrito_en_la_misma_provincia_se_propone(entidad, otro):
    uno, dos = operador(entidad), operador(fabricas.EntidadFactory(centro=entidad.centro), otro)
    assert pares() == {(uno.pk, dos.pk): ("nombre muy parecido en la misma provincia",)}


def test_dos_nombres_distintos_no_se_proponen(entidad):
    operador(entidad), operador(entidad, "Condori Huanca", "Pedro")
    assert pares() == {}


def test_el_mismo_correo_con_otro_nombre_no_basta(entidad):
    """Comparten el buzón de la oficina: no son la misma persona."""
    operador(entidad, correo="presupuesto@muni.example")
    operador(entidad, "Condori Huanca", "Pedro", correo="presupuesto@muni.example")
    assert pares() == {}


def test_el_mismo_documento_se_propone_primero_aunque_el_nombre_difiera(entidad):
    suya = persona()
    uno, dos = operador(entidad, persona=suya), operador(entidad, "Quispe de Apaza", "Rosa María", persona=suya)
    assert pares() == {(uno.pk, dos.pk): ("el mismo documento",)}


def test_con_documentos_distintos_no_se_proponen_ni_se_unen(entidad, coordinadora):
    uno, dos = operador(entidad, persona=persona()), operador(entidad, persona=persona("41414141"))
    assert pares() == {}
    with pytest.raises(NoSeUnen, match="documentos distintos"):
        fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)


def test_unir_deja_una_fila_con_lo_de_las_dos(entidad, coordinadora):
    presupuesto, tesoreria = fabricas.SistemaFactory(), fabricas.SistemaFactory(slug="tesoro", nombre="Tesorería")
    antes = fabricas.EntidadFactory(centro=entidad.centro)
    uno = operador(entidad, cargo="Jefa", correo="rosa@muni.example", telefono="984111222")
    dos = operador(antes, cargo="Asistenta", correo="rosa@otra.example", telefono="984111222")
    uno.sistemas.add(presupuesto), dos.sistemas.add(tesoreria)
    invitacion = invitar(convocatoria(entidad.centro), dos, antes)
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)
    uno.refresh_from_db(), dos.refresh_from_db(), invitacion.refresh_from_db()
    assert (uno.correo, uno.cargo, dos.esta_activo, dos.fusionado_en) == ("rosa@muni.example", "Jefa", False, uno)
    assert set(uno.sistemas.all()) == {presupuesto, tesoreria}
    assert [contacto.valor for contacto in uno.contactos.all()] == ["rosa@otra.example"]
    historia = {(puesto.entidad, puesto.cargo): puesto.hasta for puesto in uno.puestos.all()}
    assert historia == {(antes, "Asistenta"): timezone.localdate(), (entidad, "Jefa"): None}
    assert invitacion.operador == uno


def test_lo_elegido_de_la_otra_queda_y_lo_propio_pasa_a_la_historia(entidad, coordinadora):
    uno = operador(entidad, cargo="Asistenta", correo="vieja@muni.example")
    dos = operador(entidad, cargo="Jefa", correo="nueva@muni.example")
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra={"cargo", "correo"}, por=coordinadora)
    uno.refresh_from_db()
    assert (uno.cargo, uno.correo) == ("Jefa", "nueva@muni.example")
    assert {puesto.cargo: puesto.hasta for puesto in uno.puestos.all()} == {
        "Asistenta": timezone.localdate(),
        "Jefa": None,
    }
    assert uno.contactos.get().valor == "vieja@muni.example"


def test_unir_a_dos_con_historia_deja_un_solo_puesto_abierto(entidad, coordinadora):
    uno, dos = operador(entidad), operador(entidad, "Quispe Mamni")
    aqui, alla = (fabricas.EntidadFactory(centro=entidad.centro) for _ in range(2))
    mudar(uno, aqui, "Contadora", coordinadora), mudar(dos, alla, "Tesorera", coordinadora)
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)
    uno.refresh_from_db()
    historia = {(p.entidad, p.cargo): p.hasta for p in uno.puestos.all()}
    assert historia[aqui, "Contadora"] is None
    assert historia[alla, "Tesorera"] == timezone.localdate()
    assert uno.puestos.filter(hasta=None).count() == 1


def test_unir_a_dos_en_el_mismo_puesto_no_lo_repite(entidad, coordinadora):
    uno, dos = operador(entidad), operador(entidad, "Quispe Mamni")
    mudar(uno, entidad, "Contadora", coordinadora), mudar(dos, entidad, "Contadora", coordinadora)
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)
    assert uno.puestos.filter(entidad=entidad, cargo="Contadora").count() == 1


def test_el_puesto_que_no_se_elige_llega_hasta_el_dia_en_que_se_verifico(entidad, coordinadora):
    verificado = timezone.localdate() - dt.timedelta(days=40)
    uno, dos = operador(entidad, cargo="Jefa"), operador(entidad, cargo="Asistenta", verificado_en=verificado)
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)
    assert uno.puestos.get(cargo="Asistenta").hasta == verificado


@pytest.mark.parametrize("otro_cargo", ["", "JEFA DE  PRESUPUESTO"])
def test_el_mismo_cargo_escrito_de_otro_modo_no_es_otro_trabajo(entidad, coordinadora, otro_cargo):
    uno, dos = operador(entidad, cargo="Jefa de presupuesto"), operador(entidad, cargo=otro_cargo)
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)
    assert not uno.puestos.exists()


def test_al_unir_lo_que_una_campania_pedia_pasa_con_su_entidad(entidad, coordinadora):
    viejo = operador(entidad)
    campania = campania_de(entidad.centro, coordinadora, a_quienes=["operadores"])
    nuevo = operador(fabricas.EntidadFactory(centro=entidad.centro), "Quispe Mamni")
    fusionar_operadores(se_queda=nuevo, absorbido=viejo, de_la_otra=set(), por=coordinadora)
    pedido = campania.pedidos.get()
    assert (pedido.operador, pedido.entidad) == (nuevo, nuevo.entidad)


def test_la_union_guarda_como_estaban_las_dos_y_deja_rastro(entidad, coordinadora):
    uno, dos = operador(entidad), operador(entidad, "Quispe Mamni")
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), motivo="se digitó dos veces", por=coordinadora)
    fusion = Fusion.objects.get()
    assert fusion.antes["absorbida"]["apellidos"] == "Quispe Mamni"
    assert Huella.objects.filter(accion="unir", objeto=str(uno.pk), motivo="se digitó dos veces").exists()


def test_si_las_dos_estaban_invitadas_cada_invitacion_se_conserva(entidad, coordinadora):
    llamada = convocatoria(entidad.centro)
    uno, dos = operador(entidad), operador(entidad, "Quispe Mamni")
    for quien in (uno, dos):
        invitar(llamada, quien, entidad)
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)
    assert Invitacion.objects.count() == 2


def test_unir_dos_veces_no_se_puede(entidad, coordinadora):
    uno, dos = operador(entidad), operador(entidad, "Quispe Mamni")
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)
    with pytest.raises(NoSeUnen, match="Ya se unieron"):
        fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)


def test_si_algo_falla_no_queda_media_union(entidad, coordinadora, monkeypatch):
    def fallar(**datos):
        raise RuntimeError

    monkeypatch.setattr("directorio.duplicados.actions.al_fusionar", [fallar])
    uno, dos = operador(entidad, telefono="984000111"), operador(entidad, "Quispe Mamni", telefono="984000222")
    with pytest.raises(RuntimeError):
        fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)
    dos.refresh_from_db()
    assert dos.esta_activo
    assert not Contacto.objects.exists()
    assert not Fusion.objects.exists()


def test_la_direccion_de_la_absorbida_lleva_a_la_que_se_queda(client, entidad, coordinadora):
    uno, dos = operador(entidad), operador(entidad, "Quispe Mamni")
    fusionar_operadores(se_queda=uno, absorbido=dos, de_la_otra=set(), por=coordinadora)
    client.force_login(coordinadora)
    for accion in ("inspect", "edit"):
        respuesta = client.get(reverse(f"directorio_operador_modeladmin_{accion}", args=[dos.pk]))
        assert respuesta.url == reverse("directorio_operador_modeladmin_inspect", args=[uno.pk])


def test_dos_entidades_del_mismo_distrito_se_unen_y_el_nombre_viejo_se_encuentra(cusco, coordinadora):
    una = fabricas.EntidadFactory(centro=cusco, nombre="Hospital Regional de Cusco", codigo_siaf="")
    otra = fabricas.EntidadFactory(centro=cusco, nombre="Hospital Regional del Cusco", codigo_siaf="001234")
    (par,) = entidades_parecidas(Entidad.objects.activas())
    assert (par.menor, par.mayor) == (una.pk, otra.pk)
    suyo = operador(otra)
    inscripcion = fabricas.InscripcionFactory(entidad=otra)
    fusionar_entidades(se_queda=una, absorbida=otra, de_la_otra=set(), por=coordinadora)
    for fila in (una, otra, suyo, inscripcion):
        fila.refresh_from_db()
    assert (una.codigo_siaf, otra.codigo_siaf, otra.esta_activa) == ("001234", "", False)
    assert (suyo.entidad, inscripcion.entidad) == (una, una)
    assert una.nombres_anteriores.get().nombre == "Hospital Regional del Cusco"


def test_el_tema_que_pedian_las_dos_queda_una_vez_y_se_puede_volver_a_anotar(cusco, coordinadora):
    una, otra = (fabricas.EntidadFactory(centro=cusco) for _ in range(2))
    for entidad, texto in [(una, "Saldos"), (otra, "Saldos"), (otra, "Viáticos")]:
        recoger_tema(entidad=entidad, sistema=None, texto=texto, por=coordinadora)
    fusionar_entidades(se_queda=una, absorbida=otra, de_la_otra=set(), por=coordinadora)
    recoger_tema(entidad=una, sistema=None, texto="Saldos", por=coordinadora)
    assert sorted(tema.texto for tema in una.temas.all()) == ["Saldos", "Viáticos"]


def test_tras_unirlas_su_gente_se_halla_por_el_nombre_que_queda_y_ese_dia_puede_cambiar_de_nombre(cusco, coordinadora):
    una, otra = (fabricas.EntidadFactory(centro=cusco, nombre=nombre) for nombre in ("Muni Anta", "Muni de Anta"))
    operadora = operador(una)
    fusionar_entidades(se_queda=una, absorbida=otra, de_la_otra={"nombre"}, por=coordinadora)
    operadora.refresh_from_db()
    assert "muni de anta" in operadora.texto_busqueda
    hoy = timezone.localdate()
    renombrar_entidad(entidad=una, nombre="Municipalidad de Anta", desde=hoy, por=coordinadora)
    assert {n.nombre for n in una.nombres_anteriores.all()} == {"Muni Anta", "Muni de Anta"}


def test_dos_con_codigo_siaf_propio_no_se_proponen(cusco):
    for codigo in ("001234", "001235"):
        fabricas.EntidadFactory(centro=cusco, nombre="Unidad de Gestión Educativa Local", codigo_siaf=codigo)
    assert entidades_parecidas(Entidad.objects.all()) == []


def test_en_la_pantalla_se_comparan_y_se_unen(client, entidad, coordinadora):
    uno, dos = operador(entidad, cargo="Jefa"), operador(entidad, "Quispe Mamni", cargo="Asistenta")
    client.force_login(coordinadora)
    lista = client.get(reverse("repetidas", args=["operador"])).content.decode()
    url = reverse("repetidas_comparar", args=["operador", uno.pk, dos.pk])
    assert url in lista
    respuesta = client.post(url, {"apellidos": "a", "cargo": "b", "motivo": ""})
    assert respuesta.url == reverse("directorio_operador_modeladmin_inspect", args=[uno.pk])
    uno.refresh_from_db()
    assert (uno.apellidos, uno.cargo) == ("Quispe Mamani", "Asistenta")


def test_quien_alcanza_todo_el_pais_elige_un_centro_antes_de_buscar(client, entidad, arequipa, ogauc, monkeypatch):
    uno, dos = operador(entidad), operador(entidad, "Quispe Mamni")
    client.force_login(ogauc)
    lista = reverse("repetidas", args=["operador"])
    with monkeypatch.context() as sin_buscar:
        sin_buscar.setattr("directorio.duplicados.views.pares_a_la_vista", lambda *_: pytest.fail("buscó"))
        assert "Elija un centro para ver sus filas parecidas" in client.get(lista).text
    comparar = reverse("repetidas_comparar", args=["operador", uno.pk, dos.pk])
    assert comparar in client.get(lista, {"centro": entidad.centro_id}).text
    del_centro = f"{lista}?centro={entidad.centro_id}"
    assert del_centro in client.get(comparar).text
    assert client.post(reverse("repetidas_distintas", args=["operador", uno.pk, dos.pk])).url == del_centro


def test_un_campo_sin_elegir_se_dice_y_no_une_nada(client, entidad, coordinadora):
    uno, dos = operador(entidad, cargo="Jefa"), operador(entidad, "Quispe Mamni", cargo="Asistenta")
    client.force_login(coordinadora)
    respuesta = client.post(reverse("repetidas_comparar", args=["operador", uno.pk, dos.pk]), {"cargo": "x"})
    assert respuesta.status_code == 200
    assert not Fusion.objects.exists()


def test_lo_que_se_dijo_distinto_no_se_vuelve_a_proponer(client, entidad, coordinadora):
    uno, dos = operador(entidad), operador(entidad, "Quispe Mamni")
    client.force_login(coordinadora)
    for _ in range(2):
        client.post(reverse("repetidas_distintas", args=["operador", uno.pk, dos.pk]))
    assert "No hay pares por revisar" in client.get(reverse("repetidas", args=["operador"])).content.decode()
    assert Huella.objects.filter(accion="no son la misma").count() == 1


@pytest.mark.parametrize("ruta", ["repetidas_comparar", "repetidas_distintas"])
def test_las_filas_de_otro_centro_no_existen(client, entidad, arequipa, coordinadora, ruta):
    ajeno = operador(fabricas.EntidadFactory(centro=arequipa))
    client.force_login(coordinadora)
    url = reverse(ruta, args=["operador", operador(entidad).pk, ajeno.pk])
    assert client.post(url).status_code == 404
    assert "Quispe" not in client.get(reverse("repetidas", args=["operador"])).content.decode()


def test_quien_solo_mira_el_directorio_no_une(client, entidad):
    client.force_login(personas.responsable_de_presupuesto())
    assert client.get(reverse("repetidas", args=["operador"])).status_code == 403


def alta(client, entidad, **cambios):
    datos = {"nombres": "Rosa", "apellidos": "Quispe Mamani", "entidad": entidad.pk, "esta_activo": "on"}
    return client.post(reverse("directorio_operador_modeladmin_create"), datos | cambios)


def test_al_agregar_a_alguien_que_ya_esta_se_avisa_y_no_se_pierde_lo_escrito(client, entidad, coordinadora):
    esta = operador(entidad, "Quispe Mamni", cargo="Jefa")
    client.force_login(coordinadora)
    pagina = alta(client, entidad, telefono="984000111").content.decode()
    ficha = reverse("directorio_operador_modeladmin_inspect", args=[esta.pk])
    assert "ya está Quispe Mamni, Rosa, Jefa" in pagina
    assert f'href="{ficha}"' in pagina
    assert "marque «Es otra persona, aunque se llame parecido» y guarde" in pagina
    assert "984000111" in pagina
    assert alta(client, entidad, es_otra_persona="on").status_code == 302
    assert Operador.objects.count() == 2


def test_lo_que_no_se_pregunta_no_deja_su_rotulo_en_el_formulario(client, entidad, coordinadora):
    client.force_login(coordinadora)
    edicion = reverse("directorio_operador_modeladmin_edit", args=[operador(entidad).pk])
    for url in (reverse("directorio_operador_modeladmin_create"), edicion):
        assert "Es otra persona" not in client.get(url).text


def test_el_documento_enlaza_con_la_persona_y_no_se_muestra_entero(client, entidad, coordinadora):
    client.force_login(coordinadora)
    alta(client, entidad, tipo_documento="dni", numero_documento="40404040")
    nuevo = Operador.objects.get()
    assert nuevo.persona.numero_documento == "40404040"
    pagina = client.get(reverse("directorio_operador_modeladmin_edit", args=[nuevo.pk])).content.decode()
    assert "****4040" in pagina
    assert "40404040" not in pagina


@pytest.mark.parametrize(("numero", "queja"), [("4040", "8 dígitos"), ("41414141", "a nombre de otra persona")])
def test_un_documento_que_no_puede_ser_se_dice(client, entidad, coordinadora, numero, queja):
    Persona.objects.create(numero_documento="41414141", apellidos="Zevallos Prado", nombres="Hugo")
    client.force_login(coordinadora)
    assert queja in alta(client, entidad, tipo_documento="dni", numero_documento=numero).content.decode()
    assert not Operador.objects.exists()
