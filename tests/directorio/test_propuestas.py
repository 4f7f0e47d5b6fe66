"""Lo que propuso una entidad se acepta o se rechaza, una sola vez, y lo resuelve quien lleva esa parte (R114)."""

import datetime as dt
import re
import threading

import pytest
from django.utils import timezone

from comun.retencion import aplicar as retener
from custodia.models import Huella
from custodia.retencion import reglas
from directorio.actions import renombrar_entidad, trasladar_operador
from directorio.campanias import propuestas as acciones
from directorio.campanias.propuestas import NoSeAplica, YaResuelta, aceptar, rechazar
from directorio.duplicados.actions import fusionar_operadores
from directorio.frescura.partes import completar_partes
from directorio.models import Autoridad, Cartera, Operador, Personal, Propuesta
from organizacion.models import Rol
from tests import personas
from tests.directorio.campanias import campania_de, con_ficha
from tests.fabricas import AutoridadFactory, EntidadFactory, OperadorFactory, PersonalFactory, SistemaFactory
from tests.hilos import a_la_vez

HOY = timezone.localdate()
VECES = 4


def sembrar(clase="cambio", sobre="entidad", **mas):
    """Una propuesta de la Municipalidad de Wanchaq, y la coordinadora que la resuelve."""
    por = personas.coordinadora_de_cusco()
    entidad = EntidadFactory(centro=personas.cusco(), nombre="Municipalidad de Wanchaq", telefono="084111222")
    pedido = campania_de(entidad.centro, por).pedidos.get()
    propuesta = Propuesta.objects.create(pedido=pedido, entidad=entidad, clase=clase, sobre=sobre, **mas)
    return propuesta, por


def de_telefono():
    return sembrar(campo="telefono", antes="084111222", despues="084999000")


def de_alta(sobre="operador", **datos):
    datos = {"nombres": "Luz", "apellidos": "Ccori", "cargo": "Contadora", "correo": "", "telefono": ""} | datos
    return sembrar("alta", sobre, datos=datos)


def decir(client, propuesta, decision="aceptar", **campos):
    """La página después de decidir ``propuesta``, con los ``campos`` de su renglón."""
    datos = {"decision": decision} | {f"{propuesta.pk}-{nombre}": valor for nombre, valor in campos.items()}
    return client.post(f"/intranet/directorio/propuestas/{propuesta.pk}/", datos, follow=True).content.decode()


@pytest.mark.django_db
def test_aceptada_cambia_el_dato_y_la_fecha_de_verificacion_con_su_huella():
    propuesta, por = de_telefono()
    aceptar(propuesta=propuesta, visto="084111222", por=por)
    entidad = propuesta.entidad
    entidad.refresh_from_db()
    assert (entidad.telefono, entidad.verificado_en, entidad.verificado_por) == ("084999000", HOY, por)
    assert Huella.objects.get(accion="aceptar propuesta").usuario == por


@pytest.mark.django_db
def test_rechazada_no_cambia_nada():
    propuesta, por = de_telefono()
    rechazar(propuesta=propuesta, por=por)
    propuesta.entidad.refresh_from_db()
    assert (propuesta.entidad.telefono, propuesta.entidad.verificado_en) == ("084111222", None)
    with pytest.raises(YaResuelta):
        aceptar(propuesta=propuesta, visto="084111222", por=por)


@pytest.mark.django_db
def test_si_el_dato_cambio_mientras_la_miraba_no_se_pisa():
    propuesta, por = de_telefono()
    type(propuesta.entidad).objects.update(telefono="084555555")
    with pytest.raises(NoSeAplica, match="cambió mientras"):
        aceptar(propuesta=propuesta, visto="084111222", por=por)
    propuesta.refresh_from_db()
    assert (propuesta.entidad.telefono, propuesta.estado) == ("084555555", "pendiente")


@pytest.mark.django_db
@pytest.mark.parametrize("sobre", ["entidad", "operador"])
def test_lo_que_otro_guardo_mientras_se_esperaba_su_llave_tampoco_se_pisa(monkeypatch, sobre):
    propuesta, por = sembrar(sobre=sobre, campo="telefono", antes="084111222", despues="084999000")
    fila = propuesta.entidad
    if sobre == "operador":
        fila = propuesta.operador = OperadorFactory(entidad=propuesta.entidad, telefono="084111222")
        propuesta.save()
    tomar_la_llave = acciones._fila_bajo_llave

    def despues_de_otro(una):
        type(fila).objects.filter(pk=fila.pk).update(telefono="084555555")
        return tomar_la_llave(una)

    monkeypatch.setattr(acciones, "_fila_bajo_llave", despues_de_otro)
    with pytest.raises(NoSeAplica, match="cambió mientras"):
        aceptar(propuesta=propuesta, visto="084111222", por=por)


@pytest.mark.django_db(transaction=True)
def test_de_dos_que_proponen_el_mismo_campo_a_la_vez_la_segunda_no_pisa_a_la_primera():
    """En PostgreSQL, la segunda espera la llave de la entidad y ve lo que la primera dejó."""
    una, por = de_telefono()
    otra = Propuesta.objects.create(
        pedido=una.pedido, entidad=una.entidad, clase="cambio", sobre="entidad", campo="telefono", despues="084777000"
    )
    turnos = iter([una, otra])
    resultados = a_la_vez(2, lambda: aceptar(propuesta=next(turnos), visto="084111222", por=por))
    assert sorted(type(resultado).__name__ for resultado in resultados) == ["NoSeAplica", "Propuesta"]
    assert Propuesta.objects.pendientes().count() == 1


@pytest.mark.django_db
def test_el_nombre_anterior_de_una_entidad_no_se_pierde():
    propuesta, por = sembrar(campo="nombre", antes="Municipalidad de Wanchaq", despues="Municipalidad de Huánchac")
    aceptar(propuesta=propuesta, visto="Municipalidad de Wanchaq", por=por)
    assert [fila.nombre for fila in propuesta.entidad.nombres_anteriores.all()] == ["Municipalidad de Wanchaq"]


@pytest.mark.django_db
def test_el_nombre_aceptado_rige_desde_hoy_su_gente_se_encuentra_por_el_y_hoy_mismo_puede_cambiar():
    propuesta, por = sembrar(campo="nombre", antes="Municipalidad de Wanchaq", despues="Municipalidad de Huánchac")
    entidad, gente = propuesta.entidad, OperadorFactory(entidad=propuesta.entidad)
    hace_un_mes, ayer = HOY - dt.timedelta(days=30), HOY - dt.timedelta(days=1)
    entidad.nombres_anteriores.create(nombre="Concejo de Wanchaq", hasta=hace_un_mes - dt.timedelta(days=1))

    aceptar(propuesta=propuesta, visto="Municipalidad de Wanchaq", por=por)

    antes = entidad.nombres_anteriores.first()
    assert (antes.nombre, antes.desde, antes.hasta) == ("Municipalidad de Wanchaq", hace_un_mes, ayer)
    gente.refresh_from_db()
    assert "huanchac" in gente.texto_busqueda
    renombrar_entidad(entidad=entidad, nombre="Municipalidad de Wánchaq", desde=HOY, por=por)
    antes = entidad.nombres_anteriores.first()
    assert (antes.nombre, antes.desde, antes.hasta) == ("Municipalidad de Huánchac", None, ayer)


@pytest.mark.django_db
def test_lo_que_choca_con_otra_entidad_no_se_aplica():
    propuesta, por = sembrar(campo="ruc", antes="", despues="20131370645")
    EntidadFactory(ruc="20131370645")
    with pytest.raises(NoSeAplica, match="RUC"):
        aceptar(propuesta=propuesta, visto="", por=por)
    assert Propuesta.objects.get().estado == "pendiente"


@pytest.mark.django_db
def test_el_alta_de_un_operador_y_de_una_autoridad_quedan_verificadas():
    propuesta, por = de_alta(sistemas=[SistemaFactory().pk])
    aceptar(propuesta=propuesta, visto="", por=por)
    luz = Operador.objects.get()
    assert (luz.apellidos, luz.verificado_en, luz.persona, list(luz.sistemas.all())) == (
        "Ccori",
        HOY,
        None,
        [SistemaFactory()],
    )
    otra = Propuesta.objects.create(
        pedido=propuesta.pedido, entidad=propuesta.entidad, clase="alta", sobre="autoridad", datos=de_datos()
    )
    aceptar(propuesta=otra, visto="", por=por)
    assert Autoridad.objects.get().cargo == "Alcalde"


def de_datos():
    return {"nombres": "Juan", "apellidos": "Puma", "cargo": "Alcalde", "correo": "", "telefono": ""}


# --- Las nuevas autoridades asumen el 1 de enero ---

UN_ANIO = dt.timedelta(days=365)
ASUME, TERMINA = HOY + dt.timedelta(days=36), HOY + dt.timedelta(days=35)


def relevo(**fechas):
    """La baja de la alcaldesa y el alta de su sucesor, con lo que escribió la entidad; y quien las resuelve."""
    alta, por = de_alta("autoridad", cargo="alcaldesa", **fechas)
    alcaldesa = AutoridadFactory(entidad=alta.entidad, desde=HOY - UN_ANIO)
    baja = Propuesta.objects.create(
        pedido=alta.pedido, entidad=alta.entidad, clase="baja", sobre="autoridad", autoridad=alcaldesa
    )
    return baja, alta, por


@pytest.mark.django_db
def test_el_relevo_queda_con_las_fechas_que_escribio_la_entidad_y_sin_aviso(client):
    baja, alta, por = relevo(desde=ASUME.isoformat())
    Propuesta.objects.filter(pk=baja.pk).update(datos={"hasta": TERMINA.isoformat()})
    client.force_login(por)
    pagina = client.get("/intranet/directorio/propuestas/").content.decode()
    assert f'value="{ASUME.isoformat()}"' in pagina
    assert f'value="{TERMINA.isoformat()}"' in pagina
    for propuesta, fecha in ((baja, TERMINA), (alta, ASUME)):
        assert "figuran a la vez" not in decir(client, propuesta, fecha=fecha.isoformat())
    fechas = dict(Autoridad.objects.values_list("apellidos", "hasta"))
    assert fechas == {"Condori Apaza": TERMINA, "Ccori": None}
    assert Autoridad.objects.get(apellidos="Ccori").desde == ASUME


@pytest.mark.django_db
def test_quien_acepta_puede_poner_otra_fecha(client):
    baja, alta, por = relevo(desde=HOY.isoformat())
    client.force_login(por)
    decir(client, alta, fecha=ASUME.isoformat())
    decir(client, baja, fecha=TERMINA.isoformat())
    assert Autoridad.objects.get(apellidos="Ccori").desde == ASUME
    assert Autoridad.objects.get(apellidos="Condori Apaza").hasta == TERMINA


@pytest.mark.django_db
def test_si_dos_quedan_a_la_vez_en_el_cargo_se_avisa_y_se_acepta_igual(client):
    _, alta, por = relevo()
    client.force_login(por)
    pagina = decir(client, alta, fecha=ASUME.isoformat())
    assert "Julia Condori Apaza y Luz Ccori figuran a la vez como" in pagina
    assert Autoridad.objects.filter(apellidos="Ccori").exists()


@pytest.mark.django_db
def test_varios_regidores_a_la_vez_no_dan_aviso(client):
    alta, por = de_alta("autoridad", cargo="Regidora")
    AutoridadFactory(entidad=alta.entidad, cargo="Regidora")
    client.force_login(por)
    assert "figuran a la vez" not in decir(client, alta)


@pytest.mark.django_db
@pytest.mark.parametrize("fecha", ["no es una fecha", "0027-01-01", f"{HOY - 2 * UN_ANIO}"])
def test_con_una_fecha_imposible_no_se_aplica_y_sigue_pendiente(client, fecha):
    baja, _, por = relevo()
    client.force_login(por)
    assert "Ya no trabaja ahí: Condori Apaza, Julia: aceptada" not in decir(client, baja, fecha=fecha)
    baja.refresh_from_db()
    assert (baja.estado, baja.autoridad.hasta) == ("pendiente", None)


@pytest.mark.django_db
def test_el_ultimo_dia_de_un_operador_queda_en_su_historia_y_no_puede_ser_futuro(client):
    propuesta, por = sembrar("baja", "operador", datos={"hasta": ASUME.isoformat()})
    propuesta.operador = OperadorFactory(entidad=propuesta.entidad)
    propuesta.save()
    client.force_login(por)
    assert "no puede ser futura" in decir(client, propuesta)
    ayer = HOY - dt.timedelta(days=1)
    decir(client, propuesta, fecha=ayer.isoformat())
    assert propuesta.operador.puestos.get().hasta == ayer


@pytest.mark.django_db
def test_quien_ya_figura_desde_una_fecha_futura_no_se_agrega_dos_veces():
    _, alta, por = relevo()
    AutoridadFactory(entidad=alta.entidad, nombres="Luz", apellidos="Ccori", desde=ASUME)
    with pytest.raises(NoSeAplica, match="ya figura"):
        aceptar(propuesta=alta, visto="", fecha=ASUME, por=por)


@pytest.mark.django_db
def test_quien_ya_figura_no_se_agrega_dos_veces():
    propuesta, por = de_alta()
    OperadorFactory(entidad=propuesta.entidad, nombres="LUZ", apellidos="Ccorí")
    with pytest.raises(NoSeAplica, match="ya figura"):
        aceptar(propuesta=propuesta, visto="", por=por)


@pytest.mark.django_db
def test_la_baja_aceptada_retira_al_operador_y_guarda_su_puesto():
    propuesta, por = sembrar("baja", "operador")
    propuesta.operador = OperadorFactory(entidad=propuesta.entidad)
    propuesta.save()
    aceptar(propuesta=propuesta, visto="", por=por)
    propuesta.operador.refresh_from_db()
    assert (propuesta.operador.esta_activo, propuesta.operador.puestos.count()) == (False, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("clase", "campo"), [("baja", ""), ("cambio", "cargo")])
@pytest.mark.parametrize("por_union", [False, True])
def test_lo_que_dijo_una_entidad_no_vale_en_la_que_esta_hoy(clase, campo, por_union):
    propuesta, por = sembrar(clase, "operador", campo=campo, antes="", despues="Jefe" if campo else "")
    propuesta.operador = OperadorFactory(entidad=propuesta.entidad, cargo="")
    propuesta.save()
    hoy = otra = OperadorFactory(entidad=EntidadFactory(centro=personas.arequipa()), cargo="")
    if por_union:
        fusionar_operadores(se_queda=otra, absorbido=propuesta.operador, de_la_otra=set(), por=por)
    else:
        hoy = propuesta.operador
        trasladar_operador(operador=hoy, entidad=otra.entidad, cargo="", sistemas=[], desde=HOY, por=por)
    with pytest.raises(NoSeAplica, match="Ya no está en esa entidad"):
        aceptar(propuesta=propuesta, visto="", por=por)
    hoy.refresh_from_db()
    assert (hoy.esta_activo, hoy.cargo, hoy.entidad) == (True, "", otra.entidad)
    assert rechazar(propuesta=propuesta, por=por).estado == "rechazada"


@pytest.mark.django_db
def test_un_especialista_resuelve_lo_de_su_sistema_y_no_lo_demas(client):
    de_entidad, _ = de_telefono()
    suya = Propuesta.objects.create(
        pedido=de_entidad.pedido,
        entidad=de_entidad.entidad,
        clase="alta",
        sobre="operador",
        datos=de_datos() | {"sistemas": [SistemaFactory().pk]},
    )
    especialista = personas.especialista_de_cusco()
    con_ficha(especialista, Personal.Cargo.ESPECIALISTA, SistemaFactory())
    client.force_login(especialista)
    pagina = client.get("/intranet/directorio/propuestas/").content.decode()
    assert "Juan Puma" in pagina
    assert "084999000" not in pagina

    decir(client, de_entidad, "rechazar")
    decir(client, suya)
    assert dict(Propuesta.objects.values_list("pk", "estado")) == {de_entidad.pk: "pendiente", suya.pk: "aceptada"}


@pytest.mark.django_db
def test_quien_coordina_otro_centro_aqui_resuelve_solo_lo_de_su_parte(client):
    de_cusco, coordinadora = de_telefono()
    entidad = EntidadFactory(centro=personas.arequipa())
    pedido = campania_de(entidad.centro, coordinadora).pedidos.get()
    de_arequipa = Propuesta.objects.create(
        pedido=pedido, entidad=entidad, clase="cambio", sobre="entidad", campo="telefono", despues="054777000"
    )
    mixta = personas.coordinadora_de_cusco_y_asistente_de_arequipa()
    client.force_login(mixta)

    pagina = client.get("/intranet/directorio/propuestas/").content.decode()
    assert "084999000" in pagina
    assert "054777000" not in pagina
    decir(client, de_arequipa, visto="")
    de_arequipa.refresh_from_db()
    assert de_arequipa.estado == "pendiente"

    completar_partes()
    ficha = PersonalFactory(centro=entidad.centro, usuario=mixta)
    Cartera.objects.filter(centro=entidad.centro, clase="entidades").update(responsable=ficha)
    decir(client, de_arequipa, visto="")
    de_arequipa.refresh_from_db()
    assert de_arequipa.estado == "aceptada"


@pytest.mark.django_db
def test_la_coordinadora_ve_antes_y_despues_y_lo_que_el_directorio_dice_hoy(client):
    propuesta, por = de_telefono()
    type(propuesta.entidad).objects.update(telefono="084555555")
    client.force_login(por)
    pagina = client.get("/intranet/directorio/propuestas/").content.decode()
    for texto in ("084111222", "084999000", "Hoy el directorio dice: 084555555"):
        assert texto in pagina
    decir(client, propuesta, visto="084555555")
    propuesta.refresh_from_db()
    assert propuesta.estado == "aceptada"


@pytest.mark.django_db
def test_la_propuesta_de_otro_centro_no_existe(client):
    propuesta, _ = de_telefono()
    client.force_login(personas.coordinador_de_arequipa())
    url = f"/intranet/directorio/propuestas/{propuesta.pk}/"
    assert client.post(url, {"decision": "aceptar"}).status_code == 404


@pytest.mark.django_db
def test_la_tecla_intro_en_una_fecha_no_decide_nada(client):
    baja, _, por = relevo()
    client.force_login(por)
    pagina = client.get("/intranet/directorio/propuestas/").content.decode()
    assert re.findall('name="decision" value="(.*?)"', pagina)[0] == ""
    assert "No se decidió nada" in decir(client, baja, decision="")
    assert Propuesta.objects.pendientes().count() == 2


@pytest.mark.django_db
def test_aceptar_todo_lo_de_una_entidad_dice_que_no_se_pudo_y_lo_deja_pendiente(client):
    baja, alta, por = relevo(desde=ASUME.isoformat())
    comun = {"pedido": alta.pedido, "entidad": alta.entidad, "clase": "cambio", "sobre": "entidad"}
    telefono = Propuesta.objects.create(campo="telefono", antes="084111222", despues="084999000", **comun)
    nombre = Propuesta.objects.create(campo="direccion", antes="", despues="Plaza 1", **comun)
    no_mostrada = Propuesta.objects.create(campo="ruc", antes="", despues="20131370645", **comun)
    type(alta.entidad).objects.update(direccion="Plaza 2")
    client.force_login(por)
    datos = {f"{una.pk}-visto": una.antes for una in (baja, alta, telefono, nombre)}
    datos |= {f"{baja.pk}-fecha": TERMINA.isoformat(), f"{alta.pk}-fecha": ASUME.isoformat()}
    url = f"/intranet/directorio/propuestas/{alta.pk}/"

    pagina = client.post(url, datos | {"decision": "aceptar-todo"}, follow=True).content.decode()

    assert "Municipalidad de Wanchaq: 3 aceptadas" in pagina
    assert "El dato cambió mientras lo revisaba" in pagina
    assert "figuran a la vez" not in pagina
    assert set(Propuesta.objects.pendientes()) == {nombre, no_mostrada}


@pytest.mark.django_db
def test_lo_resuelto_en_el_mes_se_ve_con_quien_y_que_decidio(client):
    propuesta, por = de_telefono()
    antigua = Propuesta.objects.create(
        pedido=propuesta.pedido, entidad=propuesta.entidad, clase="cambio", sobre="entidad", campo="ruc", despues="1"
    )
    rechazar(propuesta=antigua, por=por)
    Propuesta.objects.filter(pk=antigua.pk).update(resuelta_en=timezone.now() - dt.timedelta(days=31))
    client.force_login(por)
    pagina = client.get("/intranet/directorio/propuestas/").content.decode()
    assert "Resueltas en los últimos" not in pagina
    pagina = decir(client, propuesta, "rechazar")
    tabla = pagina[pagina.index("Resueltas en los últimos 30 días") :]
    for texto in ("Municipalidad de Wanchaq", "Teléfono: 084111222 → 084999000", "Rechazada", str(por)):
        assert texto in tabla
    assert "RUC" not in tabla


# --- Dos personas a la vez ---


@pytest.fixture
def sin_mirar_si_ya_figura(monkeypatch):
    """Aquí se prueba la llave de la propuesta, no la que evita a dos del mismo nombre."""
    monkeypatch.setattr(acciones, "_exigir_que_no_este", lambda fila: None)


@pytest.mark.django_db(transaction=True)
def test_de_varios_que_la_aceptan_a_la_vez_se_aplica_una_sola(sin_mirar_si_ya_figura):
    propuesta, por = de_alta()
    resultados = a_la_vez(VECES, lambda: aceptar(propuesta=Propuesta.objects.get(pk=propuesta.pk), visto="", por=por))
    assert sum(isinstance(resultado, Propuesta) for resultado in resultados) == 1
    assert sum(isinstance(resultado, YaResuelta) for resultado in resultados) == VECES - 1
    assert Operador.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_sin_la_llave_se_aplica_varias_veces(sin_mirar_si_ya_figura, monkeypatch):
    propuesta, por = de_alta()
    leidas = threading.Barrier(VECES)

    def sin_llave():
        fila = Propuesta.objects.get(pk=propuesta.pk)
        leidas.wait()
        return aceptar(propuesta=fila, visto="", por=por)

    monkeypatch.setattr(acciones, "_bajo_llave", lambda propuesta: propuesta)
    a_la_vez(VECES, sin_llave)
    assert Operador.objects.count() > 1


@pytest.mark.django_db
def test_quien_solo_mira_no_resuelve_nada(client):
    propuesta, _ = de_telefono()
    client.force_login(personas.con_rol("ogti", Rol.OGTI))
    client.post(f"/intranet/directorio/propuestas/{propuesta.pk}/", {"decision": "rechazar"})
    propuesta.refresh_from_db()
    assert propuesta.estado == "pendiente"


@pytest.mark.django_db
def test_pasado_el_plazo_se_borra_lo_propuesto_tambien_de_quien_no_llego_al_directorio():
    propuesta, _ = de_alta()
    regla = next(regla for regla in reglas() if regla.clave == "propuestas")
    assert retener(regla, timezone.now() - dt.timedelta(days=1)) == 0
    assert retener(regla, timezone.now() + dt.timedelta(days=1)) == 1
    assert retener(regla, timezone.now() + dt.timedelta(days=1)) == 0
    propuesta.refresh_from_db()
    assert (propuesta.datos, propuesta.estado) == ({}, "rechazada")
