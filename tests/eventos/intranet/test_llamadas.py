"""Baja acogida, lista de llamadas, reafirmación e interés recibido por teléfono o correo (R78, R79, R82)."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from custodia.models import Huella
from eventos import permissions
from eventos.acogida import baja_acogida_de, por_recordar
from eventos.actions import seguimiento
from eventos.actions.inscripcion import InscripcionCerrada
from eventos.actions.interes import registrar_interes
from eventos.actions.llamada import poner_por_llamar
from eventos.actions.rechazos import ExpedienteCerrado
from eventos.models import Capacitacion, Convocatoria, Inscripcion, Invitacion, Llamada
from eventos.reafirmacion import faltan_por_reafirmar, operadores_inscritos
from intranet.bandeja import asuntos_de
from organizacion.models import AjustesPortal
from tests import personas
from tests.custodia.motivo import PARA_ALGO
from tests.eventos.intranet.ayudas import completa
from tests.fabricas import (
    EntidadFactory,
    ExpositorFactory,
    InscripcionFactory,
    OperadorFactory,
    OrganoFactory,
    PersonalFactory,
    SistemaFactory,
)
from tests.pdf import exigir_en_orden

pytestmark = pytest.mark.django_db
PERSONA = {
    "tipo_documento": "dni",
    "numero_documento": "41234567",
    "nombres": "Elena",
    "apellidos": "Ñaupa Quispe",
    "entidad_texto": "Beneficencia de Anta",
    "cargo": "Tesorera",
    "correo": "",
    "telefono": "984555666",
    "canal": "telefono",
}


@pytest.fixture
def curso(asistente):
    """Empieza en cuatro días, con diez cupos: la acogida ya se vigila."""
    return completa(titulo="Cierre contable", dias=4, cupos=10)


@pytest.fixture
def entidad(cusco):
    return EntidadFactory(nombre="Municipalidad Provincial de Anta", centro=cusco)


def invitar(capacitacion, entidad, nombre="Ana Condori", **cambios):
    convocatoria = Convocatoria.objects.create(capacitacion=capacitacion, anticipacion=10)
    operador = cambios.pop("operador", None) or OperadorFactory(entidad=entidad)
    datos = {"telefono": "984111222", "correo": "ana@muni.example"} | cambios
    return Invitacion.objects.create(
        capacitacion=capacitacion,
        convocatoria=convocatoria,
        operador=operador,
        entidad=entidad,
        nombre=nombre,
        **datos,
    )


def url(capacitacion, nombre="llamadas", **consulta):
    return reverse(f"eventos_intranet:{nombre}", args=[capacitacion.pk], query=consulta or None)


def una_llamada(capacitacion, entidad, asunto="convocatoria", **cambios):
    invitacion = invitar(capacitacion, entidad, **cambios)
    poner_por_llamar(capacitacion=capacitacion, asunto=asunto, invitaciones=[invitacion])
    return Llamada.objects.get(invitacion=invitacion)


def tocar(client, llamada, resultado, nota="", **cabeceras):
    ruta = reverse("eventos_intranet:llamada-anotar", args=[llamada.pk])
    return client.post(ruta, {"resultado": resultado, "nota": nota}, **cabeceras)


def paso(client, capacitacion):
    pasos = client.get(reverse("eventos_intranet:panel", args=[capacitacion.pk])).context["pasos"]
    return next(paso for paso in pasos if paso.clave == "convocatoria")


def pendientes_de(usuario, titulo):
    return next(([linea.detalle for linea in a.lineas] for a in asuntos_de(usuario) if a.titulo == titulo), None)


# --- R78: baja acogida ---


@pytest.mark.parametrize(("inscritos", "es_baja"), [(0, True), (4, True), (5, False), (10, False)])
def test_r78_es_baja_con_menos_de_la_mitad_de_los_cupos(curso, inscritos, es_baja):
    InscripcionFactory.create_batch(inscritos, capacitacion=curso)
    InscripcionFactory(capacitacion=curso, estado="anulada")
    assert bool(baja_acogida_de(curso)) is es_baja


def test_r78_sin_limite_de_cupos_se_mide_contra_los_invitados(curso, entidad):
    Capacitacion.objects.update(cupos=None)
    assert baja_acogida_de(curso) is None  # sin cupos ni invitados no hay contra qué medir
    for n in range(3):
        invitar(curso, entidad, f"Operador {n}")
    acogida = baja_acogida_de(curso)
    assert (acogida.inscritos, acogida.base, acogida.minimo, acogida.de_que) == (0, 3, 2, "invitados")
    InscripcionFactory.create_batch(2, capacitacion=curso)
    assert baja_acogida_de(curso) is None


def test_r78_se_vigila_desde_los_dias_que_dice_el_portal(asistente):
    lejana = completa(dias=6, cupos=10)
    assert baja_acogida_de(lejana) is None
    AjustesPortal.objects.update_or_create(pk=1, defaults={"dias_de_baja_acogida": 6, "baja_acogida": 10})
    assert baja_acogida_de(lejana).minimo == 1
    assert baja_acogida_de(completa(dias=-1, cupos=10)) is None
    assert baja_acogida_de(completa(dias=3, cupos=10, estado="borrador")) is None


def test_r78_el_aviso_va_al_panel_y_a_la_bandeja_y_se_va_con_las_llamadas_hechas(cliente, asistente, curso, entidad):
    titulo = "Baja acogida: llame a los invitados"
    assert pendientes_de(asistente, titulo) is None  # nadie fue invitado: no hay a quién llamar
    invitar(curso, entidad)
    assert "Baja acogida: 0 de 10 cupos: se esperan al menos 5" in paso(cliente, curso).faltas
    assert "falta armar la lista" in pendientes_de(asistente, titulo)[0]
    assert pendientes_de(personas.coordinadora_de_cusco(), titulo)
    assert pendientes_de(personas.especialista_de_cusco(), titulo) is None
    assert pendientes_de(personas.coordinador_de_arequipa(), titulo) is None
    cliente.post(url(curso, "llamadas-armar"))
    assert "faltan 1 llamadas" in pendientes_de(asistente, titulo)[0]
    tocar(cliente, Llamada.objects.get(), "no_contesta")
    assert pendientes_de(asistente, titulo) is None


def test_r78_se_llama_a_quien_no_respondio_ni_se_inscribio_primero_con_telefono(cliente, curso, entidad):
    invitar(curso, entidad, "Sin Teléfono", telefono="")
    invitar(curso, entidad, "Con Teléfono")
    invitar(curso, entidad, "Ya Respondió", respuesta="no_asistira")
    invitar(curso, entidad, "Ya Inscrito", inscripcion=InscripcionFactory(capacitacion=curso))
    invitar(curso, entidad, "Rosa QUISPE Mamani")  # se inscribió por su cuenta
    InscripcionFactory(capacitacion=curso, entidad=entidad, nombres="Rosa", apellidos="Quispe Mamaní")
    anulada = InscripcionFactory(capacitacion=curso, estado="anulada")
    invitar(curso, entidad, "Se Anuló", inscripcion=anulada)
    cliente.post(url(curso, "llamadas-armar"))
    filas = [fila.nombre for fila in curso.llamadas.para_llamar()]
    assert filas == ["Con Teléfono", "Se Anuló", "Sin Teléfono"]


def test_r78_armarla_otra_vez_agrega_solo_a_los_nuevos(curso, entidad, asistente):
    invitar(curso, entidad)
    assert seguimiento.armar_lista_de_llamadas(capacitacion=curso, por=asistente) == 1
    assert seguimiento.armar_lista_de_llamadas(capacitacion=curso, por=asistente) == 0
    invitar(curso, entidad, "Beto")
    assert seguimiento.armar_lista_de_llamadas(capacitacion=curso, por=asistente) == 1
    assert Huella.objects.filter(accion="armar lista de llamadas").count() == 2


def test_sin_nadie_a_quien_llamar_se_dice(cliente, curso):
    assert "no hay a quién llamar" in cliente.post(url(curso, "llamadas-armar"), follow=True).text
    assert por_recordar(curso) == []


# --- La pantalla de llamadas ---


def test_muestra_a_quien_a_que_numero_y_cuantos_faltan(cliente, curso, entidad):
    una_llamada(curso, entidad)
    texto = cliente.get(url(curso)).text
    exigir_en_orden(texto, ["Falta", "<strong>1</strong> de 1", "Ana Condori", entidad.nombre, 'href="tel:984111222"'])


def test_un_toque_anota_el_resultado_quien_y_cuando(cliente, asistente, curso, entidad):
    llamada = una_llamada(curso, entidad)
    respuesta = tocar(cliente, llamada, "no_contesta", " Vuelve a las 3 ")
    assert respuesta.url == f"{url(curso, asunto='convocatoria')}#llamada-{llamada.pk}"
    llamada.refresh_from_db()
    assert (llamada.resultado, llamada.nota, llamada.llamada_por) == ("no_contesta", "Vuelve a las 3", asistente)
    assert llamada.llamada_en
    tocar(cliente, llamada, "no_contesta", "Vuelve a las 3")
    assert Huella.objects.filter(accion="anotar llamada").count() == 1


def test_se_puede_deshacer(cliente, curso, entidad):
    llamada = una_llamada(curso, entidad)
    tocar(cliente, llamada, "llamado")
    tocar(cliente, llamada, "pendiente")
    llamada.refresh_from_db()
    assert (llamada.resultado, llamada.llamada_en, llamada.llamada_por) == ("pendiente", None, None)


def test_con_htmx_responde_la_fila_y_la_cuenta(cliente, curso, entidad):
    llamada = una_llamada(curso, entidad)
    una_llamada(curso, entidad, nombre="Beto")
    texto = tocar(cliente, llamada, "confirmo", headers={"HX-Request": "true"}).text
    assert "<html" not in texto
    exigir_en_orden(texto, [f'id="llamada-{llamada.pk}"', "Confirmó", 'hx-swap-oob="true"', "<strong>1</strong> de 2"])


@pytest.mark.parametrize(
    "datos", [{"resultado": "otro"}, {"resultado": ""}, {"nota": "x" * 201}, {"nota": "a\x00b"}, {"nota": "a\nb"}]
)
def test_un_dato_malo_se_dice_no_se_pierde_y_no_guarda_nada(cliente, curso, entidad, datos):
    llamada = una_llamada(curso, entidad)
    ruta = reverse("eventos_intranet:llamada-anotar", args=[llamada.pk])
    enviado = {"resultado": "llamado", "nota": "vuelve"} | datos
    respuesta = cliente.post(ruta, enviado, headers={"HX-Request": "true"})
    assert 'role="alert"' in respuesta.text
    assert enviado["nota"][:5].split("\x00")[0].strip() in respuesta.text
    assert cliente.post(ruta, enviado).status_code == 302
    assert Llamada.objects.get().resultado == "pendiente"


@pytest.mark.parametrize(("resultado", "respuesta"), [("confirmo", "asistira"), ("no_asistira", "no_asistira")])
def test_lo_que_dice_por_telefono_vale_como_respuesta_a_su_invitacion(
    cliente, asistente, curso, entidad, resultado, respuesta
):
    llamada = una_llamada(curso, entidad)
    tocar(cliente, llamada, resultado)
    assert Invitacion.objects.get().respuesta == respuesta
    assert Huella.objects.get(accion="responder invitación").usuario == asistente


def test_quien_confirmo_se_inscribe_con_lo_que_el_directorio_sabe(cliente, curso, entidad):
    operador = OperadorFactory(entidad=entidad, nombres="Ana", apellidos="Condori")
    llamada = una_llamada(curso, entidad, operador=operador, cargo="Contadora")
    tocar(cliente, llamada, "confirmo")
    enlace = url(curso, "interes", invitacion=llamada.invitacion_id)
    assert enlace in cliente.get(url(curso)).text
    puesto = cliente.get(enlace).context["form"].initial
    assert (puesto["nombres"], puesto["apellidos"], puesto["cargo"]) == ("Ana", "Condori", "Contadora")
    cliente.post(enlace, PERSONA | {"nombres": "Ana", "apellidos": "Condori", "entidad_texto": entidad.nombre})
    inscripcion = Inscripcion.objects.get()
    assert Invitacion.objects.get().inscripcion == inscripcion
    assert (inscripcion.canal, inscripcion.entidad) == ("telefono", entidad)
    assert enlace not in cliente.get(url(curso)).text


@pytest.mark.parametrize("asunto", ["cancelacion", "cambio"])
def test_tambien_estan_las_llamadas_para_avisar_que_se_cancelo_o_cambio(cliente, curso, asunto):
    inscripcion = InscripcionFactory(capacitacion=curso, correo="")
    poner_por_llamar(capacitacion=curso, asunto=asunto, inscripciones=[inscripcion])
    if asunto == "cancelacion":
        Capacitacion.objects.update(estado="cancelada")
    texto = cliente.get(url(curso, asunto=asunto)).text
    assert inscripcion.apellidos in texto
    assert ("Confirmó</button>" in texto) is (asunto == "cambio")
    tocar(cliente, Llamada.objects.get(), "llamado")
    assert Llamada.objects.get().resultado == "llamado"


def test_filtra_por_asunto_y_abre_el_que_tiene_pendientes(cliente, curso, entidad):
    una_llamada(curso, entidad)
    poner_por_llamar(
        capacitacion=curso, asunto="cambio", inscripciones=[InscripcionFactory(capacitacion=curso, apellidos="Huanca")]
    )
    Llamada.objects.filter(asunto="convocatoria").update(resultado="llamado")
    assert "Huanca" in cliente.get(url(curso)).text
    assert "Huanca" not in cliente.get(url(curso, asunto="convocatoria")).text
    assert cliente.get(url(curso, asunto="\x00otro")).status_code == 200


def test_se_exportan_con_huella(cliente, curso, entidad):
    una_llamada(curso, entidad, nombre="=HYPERLINK(1)")
    hoja = load_workbook(io.BytesIO(cliente.post(url(curso, "llamadas-xlsx"), PARA_ALGO).content)).active
    assert [celda.value for celda in hoja[2]][:2] == ["Recordar la invitación", "=HYPERLINK(1)"]
    assert hoja[2][1].data_type == "s"
    assert Huella.objects.get(accion="exportar").motivo == PARA_ALGO["motivo"]


def test_lo_de_otro_centro_no_existe_y_quien_solo_mira_no_anota(client, curso, entidad):
    llamada = una_llamada(curso, entidad)
    client.force_login(personas.coordinador_de_arequipa())
    assert tocar(client, llamada, "llamado").status_code == 404
    for nombre in ("llamadas", "llamadas-xlsx", "interes"):
        assert client.get(url(curso, nombre)).status_code == 404
    for nombre in ("llamadas-armar", "llamadas-reafirmar"):
        assert client.post(url(curso, nombre)).status_code == 404
    client.force_login(personas.responsable_de_presupuesto())
    assert tocar(client, llamada, "llamado").status_code == 403
    assert Llamada.objects.get().resultado == "pendiente"


def test_mirar_no_anota(cliente, curso, entidad):
    llamada = una_llamada(curso, entidad)
    assert cliente.get(reverse("eventos_intranet:llamada-anotar", args=[llamada.pk])).status_code == 405
    assert cliente.get(url(curso, "llamadas-armar")).status_code == 405


def test_con_el_expediente_cerrado_ya_no_se_anota(asistente, curso, entidad):
    llamada = una_llamada(curso, entidad)
    llamada.capacitacion.cerrada_en = llamada.creada_en
    with pytest.raises(ExpedienteCerrado):
        seguimiento.anotar_llamada(llamada=llamada, resultado="llamado", por=asistente)


def test_si_la_huella_falla_la_llamada_sigue_pendiente(asistente, curso, entidad, monkeypatch):
    llamada = una_llamada(curso, entidad)
    monkeypatch.setattr(seguimiento, "anotar", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        seguimiento.anotar_llamada(llamada=llamada, resultado="llamado", por=asistente)
    assert Llamada.objects.get().resultado == "pendiente"


# --- R79: reafirmar ---


@pytest.fixture
def especialista(db):
    return personas.especialista_de_cusco()  # de presupuesto


def test_r79_el_especialista_arma_y_marca_y_queda_quien_y_cuando(client, especialista, curso):
    inscrita = InscripcionFactory(capacitacion=curso)
    client.force_login(especialista)
    client.post(url(curso, "llamadas-reafirmar"))
    llamada = Llamada.objects.get(inscripcion=inscrita, asunto="reafirmacion")
    tocar(client, llamada, "escrito", "Por WhatsApp")
    llamada.refresh_from_db()
    assert (llamada.get_resultado_display(), llamada.llamada_por) == ("Se le escribió", especialista)
    assert llamada.llamada_en


def test_r79_reafirma_el_especialista_y_no_la_asistente(cliente, curso):
    InscripcionFactory(capacitacion=curso)
    assert cliente.post(url(curso, "llamadas-reafirmar")).status_code == 403


def test_r79_reafirma_quien_expone_o_es_de_un_sistema_del_evento(curso, cusco, entidad):
    otro = SistemaFactory(slug="siaf", nombre="SIAF", organo=OrganoFactory(sigla="OGTI"))
    usuario = personas.con_rol("implantador.cusco", "implantador", centro=cusco, sistema=otro)
    assert not permissions.puede_reafirmar(usuario, curso)
    ExpositorFactory(capacitacion=curso, personal=PersonalFactory(usuario=usuario, centro=cusco))
    assert permissions.puede_reafirmar(usuario, curso)


def test_r79_cada_especialista_llama_a_los_de_su_sistema_y_nadie_queda_sin_llamar(curso, entidad):
    presupuesto = SistemaFactory()
    siaf = SistemaFactory(slug="siaf", nombre="SIAF", organo=OrganoFactory(sigla="OGTI"))
    curso.sistemas.set([presupuesto, siaf])
    de = {}
    for nombre, sistema in (("presupuesto", presupuesto), ("siaf", siaf)):
        operador = OperadorFactory(entidad=entidad)
        operador.sistemas.set([sistema])
        de[nombre] = InscripcionFactory(capacitacion=curso)
        invitar(curso, entidad, operador=operador, inscripcion=de[nombre])
    suelta = InscripcionFactory(capacitacion=curso)
    InscripcionFactory(capacitacion=curso, es_ciudadano=True)
    InscripcionFactory(capacitacion=curso, estado="en_espera")
    assert set(operadores_inscritos(curso, {siaf.pk})) == {de["siaf"], suelta}
    assert set(operadores_inscritos(curso, {presupuesto.pk})) == {de["presupuesto"], suelta}
    assert len(operadores_inscritos(curso, {presupuesto.pk, siaf.pk})) == 3


def test_r79_el_panel_y_la_bandeja_del_especialista_dicen_si_falta_desde_tres_dias_antes(client, especialista, cusco):
    lejana, cercana = completa(titulo="Lejana", dias=4), completa(titulo="Cercana", dias=3)
    client.force_login(especialista)
    for capacitacion in (lejana, cercana):
        InscripcionFactory(capacitacion=capacitacion)
    assert not any("reafirmado" in falta for falta in paso(client, lejana).faltas)
    assert "El especialista no ha reafirmado a 1 inscrito" in paso(client, cercana).faltas
    titulo = "Reafirme la participación de los inscritos"
    assert len(pendientes_de(especialista, titulo)) == 1
    client.post(url(cercana, "llamadas-reafirmar"))
    assert faltan_por_reafirmar(cercana) == 1
    tocar(client, Llamada.objects.get(), "confirmo")
    assert pendientes_de(especialista, titulo) is None
    assert faltan_por_reafirmar(cercana) == 0


def test_sin_inscritos_no_hay_a_quien_reafirmar(client, especialista, curso):
    client.force_login(especialista)
    assert "Todavía no hay operadores inscritos" in client.post(url(curso, "llamadas-reafirmar"), follow=True).text


# --- R82: interés por teléfono o correo ---


@pytest.mark.parametrize("canal", ["telefono", "correo"])
def test_r82_se_registra_a_quien_aviso_con_su_medio_y_figura_en_el_registro(cliente, asistente, curso, canal):
    cliente.post(url(curso, "interes"), PERSONA | {"canal": canal})
    inscripcion = Inscripcion.objects.get()
    assert (inscripcion.canal, inscripcion.registrada_por, inscripcion.estado) == (canal, asistente, "confirmada")
    cliente.post(reverse("eventos_intranet:registro-emitir", args=[curso.pk]))
    anexo = cliente.get(reverse("eventos_intranet:anexo6", args=[curso.pk])).getvalue()
    from tests.pdf import texto_de

    assert "Ñaupa Quispe" in texto_de(anexo)


def test_r82_sin_cupo_va_a_la_lista_de_espera_y_se_avisa(cliente, curso):
    InscripcionFactory.create_batch(10, capacitacion=curso)
    assert "irá a la lista de espera" in cliente.get(url(curso, "interes")).text
    texto = cliente.post(url(curso, "interes"), PERSONA, follow=True).text
    assert "Quedó en la lista de espera" in texto


@pytest.mark.parametrize(
    ("cambio", "mensaje"),
    [
        ({"canal": "web"}, "válida"),
        ({"canal": ""}, "obligatorio"),
        ({"numero_documento": "1"}, "8 dígitos"),
        ({"telefono": ""}, "obligatorio"),
        ({"apellidos": "a\x00"}, "nul"),
    ],
)
def test_un_dato_malo_se_explica_y_no_se_pierde_lo_escrito(cliente, curso, cambio, mensaje):
    texto = cliente.post(url(curso, "interes"), PERSONA | cambio).text
    assert mensaje in texto
    assert "Beneficencia de Anta" in texto
    assert not Inscripcion.objects.exists()


def test_ya_empezada_se_inscribe_en_la_mesa(cliente, asistente):
    curso = completa(dias=-1)
    datos = {nombre: valor for nombre, valor in PERSONA.items() if nombre != "canal"}
    with pytest.raises(InscripcionCerrada):
        registrar_interes(capacitacion=curso, datos=datos, canal="telefono", por=asistente)
    assert "mesa de asistencia" in cliente.post(url(curso, "interes"), PERSONA).text
    assert not Inscripcion.objects.exists()


@pytest.mark.parametrize("invitacion", ["x", "9" * 30, "0", "\x00"])
def test_una_invitacion_que_no_existe_no_estorba(cliente, curso, invitacion):
    assert cliente.get(url(curso, "interes", invitacion=invitacion)).status_code == 200
