"""El centro y el Responsable Técnico escriben su parte, con lo del mes ya puesto, y la entregan (R107, R109)."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from wagtail.images.models import Image

from boletines.actions import aporte as acciones
from boletines.actions.aporte import entregar, guardar_borrador
from boletines.actions.edicion import abrir_edicion
from boletines.borradores import frase_de, notas_por_escribir
from boletines.intranet.forms.aportes import FormularioDeAporte
from boletines.models import Aporte, ComunicadoPage, ComunicadosIndexPage
from custodia.models import Huella
from eventos.cifras import Cifras
from eventos.models import Capacitacion
from organizacion.models import Rol, Usuario
from tests import personas
from tests.boletines.ayudas import *  # noqa: F403 - las piezas de estas pruebas
from tests.boletines.ayudas import aporte_de, datos, enviar, escrito
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    CentroFactory,
    InscripcionFactory,
    NormaFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db
NOVEDAD = {"titulo": "Nuevo horario", "texto": "Atendemos hasta las seis."}


@pytest.fixture
def de_cusco(edicion):
    return aporte_de(edicion, centro__nombre="Cusco")


@pytest.fixture
def tecnico(edicion):
    return aporte_de(edicion, sistema__isnull=False)


def dictada(dia, titulo="Cierre contable", firmas=0, **cambios):
    fecha = dt.date(2026, 11, dia)
    capacitacion = CapacitacionFactory(
        **{"titulo": titulo, "centro": personas.cusco(), "fecha_inicio": fecha, "fecha_fin": fecha} | cambios
    )
    for _ in range(firmas):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    return capacitacion


def foto(nombre="taller.jpg", color="red"):
    salida = io.BytesIO()
    Pillow.new("RGB", (60, 40), color).save(salida, "JPEG")
    return SimpleUploadedFile(nombre, salida.getvalue(), content_type="image/jpeg")


def recargado(aporte):
    return Aporte.objects.select_related("edicion", "centro", "sistema").get(pk=aporte.pk)


def test_trae_las_capacitaciones_del_mes_con_los_participantes_que_firmaron(de_cusco):
    con_firmas = dictada(12, firmas=3)
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=con_firmas), esta_firmada=False)
    dictada(28, titulo="Tesorería")
    dictada(10, titulo="Cancelada", estado=Capacitacion.Estado.CANCELADA)
    dictada(11, titulo="Borrador", estado=Capacitacion.Estado.BORRADOR)
    dictada(13, titulo="Ajena", centro=personas.arequipa())
    CapacitacionFactory(titulo="De diciembre", centro=personas.cusco(), fecha_inicio=dt.date(2026, 12, 3))

    assert [(nota["titulo"], nota["texto"]) for nota in notas_por_escribir(de_cusco)] == [
        ("Cierre contable", "Se dictó el 12 de noviembre, en modalidad presencial, con 3 participantes."),
        ("Tesorería", "Se dicta el 28 de noviembre, en modalidad presencial."),
    ]


@pytest.mark.parametrize(
    ("desde", "hasta", "participantes", "frase"),
    [
        ((11, 10), (11, 12), 1, "Se dictó del 10 al 12 de noviembre, en modalidad virtual, con 1 participante."),
        ((10, 30), (11, 3), 0, "Se dictó del 30 de octubre al 3 de noviembre, en modalidad virtual."),
        ((11, 25), (11, 25), 0, "Se dicta el 25 de noviembre, en modalidad virtual."),
        ((11, 25), (11, 25), 8, "Se dictó el 25 de noviembre, en modalidad virtual, con 8 participantes."),
    ],
)
def test_la_frase_de_una_actividad(desde, hasta, participantes, frase):
    curso = Capacitacion(
        modalidad="virtual", fecha_inicio=dt.date(2026, *desde), fecha_fin=dt.date(2026, *hasta), titulo="x"
    )
    assert frase_de(curso, Cifras(participantes, 9) if participantes else None, dt.date(2026, 11, 25)) == frase


def test_el_coordinador_entrega_lo_incluido_con_su_texto_corregido(client, de_cusco, coordinadora):
    curso = dictada(12, firmas=2)
    otro = dictada(13, titulo="No va")
    client.force_login(coordinadora)
    pantalla = client.get(reverse("aporte", args=[de_cusco.pk]))
    assert "Se dictó el 12 de noviembre, en modalidad presencial, con 2 participantes." in pantalla.content.decode()

    actividades = [
        {"origen": f"capacitacion:{curso.pk}", "titulo": "Cierre contable", "texto": "Vinieron dos municipios."},
        {"origen": f"capacitacion:{otro.pk}", "titulo": "No va", "texto": "x", "incluir": None},
    ]
    respuesta = enviar(client, coordinadora, de_cusco, entregar=True, actividad=actividades, novedad=[NOVEDAD])

    assert respuesta.status_code == 302
    entregado = recargado(de_cusco)
    assert entregado.situacion == "entregado"
    assert entregado.editorial == "Gracias por su esfuerzo."
    assert entregado.entregado_por == coordinadora
    notas = list(entregado.notas.values_list("tipo", "titulo", "texto", "capacitacion"))
    assert notas == [
        ("actividad", "Cierre contable", "Vinieron dos municipios.", curso.pk),
        ("novedad", "Nuevo horario", "Atendemos hasta las seis.", None),
    ]
    assert Huella.objects.filter(accion="entregar aporte", usuario=coordinadora).exists()


def test_un_borrador_incompleto_se_guarda_y_vuelve_como_estaba(client, de_cusco, especialista):
    curso = dictada(12)
    fichas = [{"origen": f"capacitacion:{curso.pk}", "titulo": "Corregido", "texto": "", "incluir": None}]
    respuesta = enviar(
        client, especialista, de_cusco, actividad=fichas, novedad=[{"titulo": "Sin texto"}], editorial=""
    )

    assert respuesta.status_code == 302
    guardado = recargado(de_cusco)
    assert guardado.situacion == "borrador"
    assert not guardado.notas.exists()
    [actividad, novedad] = notas_por_escribir(guardado)
    assert (actividad["titulo"], actividad["texto"], actividad["incluir"]) == ("Corregido", "", False)
    assert actividad["hoy"] == "Se dictó el 12 de noviembre, en modalidad presencial."
    assert (novedad["titulo"], novedad["tipo"]) == ("Sin texto", "novedad")


def test_una_capacitacion_que_se_cancela_despues_de_guardar_se_advierte(client, de_cusco, coordinadora):
    curso = dictada(12)
    ficha = {"origen": f"capacitacion:{curso.pk}", "titulo": "Cierre", "texto": "x"}
    enviar(client, coordinadora, de_cusco, actividad=[ficha])
    Capacitacion.objects.filter(pk=curso.pk).update(estado="cancelada")
    pantalla = client.get(reverse("aporte", args=[de_cusco.pk])).content.decode()
    assert "Los datos ya no la traen" in pantalla


def test_cada_nota_dice_su_error_y_no_se_pierde_nada_de_lo_escrito(client, de_cusco, coordinadora):
    fichas = [{"titulo": "", "texto": "Texto que no se debe perder"}, {"titulo": "Con enlace", "enlace": "nada bueno"}]
    respuesta = enviar(
        client, coordinadora, de_cusco, entregar=True, novedad=fichas, editorial="Editorial que no se debe perder"
    )

    pantalla = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert "Texto que no se debe perder" in pantalla
    assert "Editorial que no se debe perder" in pantalla
    assert "Complételo, o quite la marca" in pantalla
    assert "nada bueno" in pantalla
    assert recargado(de_cusco).version == 0


def test_sin_editorial_el_centro_no_entrega(client, de_cusco, coordinadora):
    respuesta = enviar(client, coordinadora, de_cusco, entregar=True, editorial="  ")
    assert "Escriba la editorial de su centro" in respuesta.content.decode()
    assert recargado(de_cusco).estado == "pedido"


def test_el_responsable_tecnico_puede_entregar_que_este_mes_no_hubo_nada(client, tecnico, responsable):
    assert enviar(client, responsable, tecnico, entregar=True).status_code == 302
    assert recargado(tecnico).situacion == "entregado"


def test_al_responsable_tecnico_se_le_propone_lo_ya_publicado_de_su_sistema(client, tecnico, responsable, inicio):
    suya = NormaFactory(sistema=tecnico.sistema, fecha=dt.date(2026, 11, 4), enlace="https://mef.example/norma")
    NormaFactory(sistema=tecnico.sistema, fecha=dt.date(2026, 10, 31))
    NormaFactory(sistema=SistemaFactory(slug="otro", nombre="Otro"), fecha=dt.date(2026, 11, 4))
    comunicado = ComunicadoPage(title="Plazo de cierre", resumen="Vence el 30", sistema=tecnico.sistema, cuerpo="x")
    comunicado.fecha = dt.date(2026, 11, 6)
    indice = ComunicadosIndexPage.objects.first() or inicio.add_child(
        instance=ComunicadosIndexPage(title="Comunicados", slug="comunicados")
    )
    indice.add_child(instance=comunicado)

    [norma, disposicion] = notas_por_escribir(tecnico)
    assert (norma["titulo"], norma["fecha"], norma["enlace"]) == (
        suya.numero,
        "2026-11-04",
        "https://mef.example/norma",
    )
    assert (disposicion["titulo"], disposicion["texto"]) == ("Plazo de cierre", "Vence el 30")
    assert disposicion["enlace"].startswith("http")

    fichas = [{"origen": norma["origen"], "titulo": norma["titulo"], "fecha": "2026-11-04", "texto": "Directiva."}]
    enviar(client, responsable, tecnico, entregar=True, norma=fichas)
    assert list(recargado(tecnico).notas.values_list("tipo", "titulo", "fecha")) == [
        ("norma", suya.numero, dt.date(2026, 11, 4))
    ]


def test_una_norma_sin_fecha_no_se_entrega(client, tecnico, responsable):
    fichas = [{"titulo": "R.D. 001", "texto": "Directiva."}]
    assert "Complételo" in enviar(client, responsable, tecnico, entregar=True, norma=fichas).content.decode()
    assert recargado(tecnico).estado == "pedido"


# Fotos


def test_una_foto_se_sube_a_la_coleccion_del_centro_y_despues_se_elige(client, de_cusco, coordinadora):
    ficha = NOVEDAD | {"foto": foto(), "texto_alternativo": "Tres personas en el taller"}
    enviar(client, coordinadora, de_cusco, novedad=[ficha])
    imagen = Image.objects.get()
    assert (imagen.collection.name, imagen.description) == ("CONECTAMEF Cusco", "Tres personas en el taller")
    assert imagen.uploaded_by_user == coordinadora

    elegida = NOVEDAD | {"imagen": str(imagen.pk), "texto_alternativo": "Tres personas en el taller"}
    enviar(client, coordinadora, recargado(de_cusco), entregar=True, novedad=[elegida])
    assert de_cusco.notas.get().imagen == imagen


def test_la_foto_buena_queda_subida_aunque_otra_nota_tenga_un_error(client, de_cusco, coordinadora):
    fichas = [NOVEDAD | {"foto": foto(), "texto_alternativo": "Taller"}, {"titulo": "Mala", "enlace": "nada"}]
    respuesta = enviar(client, coordinadora, de_cusco, novedad=fichas)
    imagen = Image.objects.get()
    assert f'<option value="{imagen.pk}" selected>' in respuesta.content.decode()


def test_una_foto_sin_texto_alternativo_no_se_entrega_pero_no_hay_que_volver_a_subirla(client, de_cusco, coordinadora):
    respuesta = enviar(client, coordinadora, de_cusco, entregar=True, novedad=[NOVEDAD | {"foto": foto()}])
    assert "Escriba qué muestra la foto" in respuesta.content.decode()
    assert recargado(de_cusco).estado == "pedido"
    assert Image.objects.count() == 1


def test_lo_que_no_es_una_foto_se_rechaza_con_su_nombre(client, de_cusco, coordinadora):
    falsa = SimpleUploadedFile("virus.jpg", b"MZ no soy una foto", content_type="image/jpeg")
    respuesta = enviar(client, coordinadora, de_cusco, novedad=[NOVEDAD | {"foto": falsa}])
    assert "«virus.jpg» no es una foto" in respuesta.content.decode()
    assert not Image.objects.exists()


def test_la_foto_de_otro_centro_no_se_puede_elegir(client, edicion, de_cusco, coordinadora, coordinador_de_arequipa):
    ajena = aporte_de(edicion, centro__nombre="Arequipa")
    enviar(client, coordinador_de_arequipa, ajena, novedad=[NOVEDAD | {"foto": foto(), "texto_alternativo": "x"}])
    imagen = Image.objects.get()
    client.logout()
    respuesta = enviar(client, coordinadora, de_cusco, novedad=[NOVEDAD | {"imagen": str(imagen.pk)}])
    assert respuesta.status_code == 200
    assert recargado(de_cusco).version == 0


# Dos personas a la vez


def test_si_otra_persona_guardo_entretanto_se_avisa_y_lo_escrito_no_se_pierde(
    client, de_cusco, coordinadora, especialista
):
    enviar(client, especialista, de_cusco, editorial="Lo del especialista")
    respuesta = enviar(client, coordinadora, de_cusco, editorial="Lo de la coordinadora", version=0)

    pantalla = respuesta.content.decode()
    assert "después de que usted abrió esta página" in pantalla
    assert "Lo de la coordinadora" in pantalla
    assert recargado(de_cusco).borrador["editorial"] == "Lo del especialista"
    assert 'name="version" value="1"' in pantalla

    enviar(client, coordinadora, recargado(de_cusco), editorial="Lo de la coordinadora")
    assert recargado(de_cusco).borrador["editorial"] == "Lo de la coordinadora"


def test_apretar_dos_veces_entregar_no_hace_dano(client, de_cusco, coordinadora):
    for _ in range(2):
        assert enviar(client, coordinadora, de_cusco, entregar=True, novedad=[NOVEDAD], version=0).status_code == 302
    assert recargado(de_cusco).notas.count() == 1


def test_guardar_despues_de_entregar_no_cambia_lo_entregado_hasta_que_se_entrega_otra_vez(
    reloj, client, de_cusco, coordinadora, especialista
):
    enviar(client, coordinadora, de_cusco, entregar=True, novedad=[NOVEDAD])
    reloj(21)
    enviar(client, especialista, recargado(de_cusco), novedad=[NOVEDAD | {"titulo": "Cambiado"}])
    aporte = recargado(de_cusco)
    assert aporte.tiene_cambios_sin_entregar
    assert aporte.notas.get().titulo == "Nuevo horario"
    enviar(client, coordinadora, aporte, entregar=True, novedad=[NOVEDAD | {"titulo": "Cambiado"}])
    assert recargado(de_cusco).notas.get().titulo == "Cambiado"


def test_nada_se_guarda_si_falla_al_entregar(de_cusco, coordinadora, monkeypatch):
    monkeypatch.setattr(acciones, "anotar", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        entregar(aporte=de_cusco, escrito=escrito(), version=0, por=coordinadora)
    assert recargado(de_cusco).version == 0
    assert recargado(de_cusco).estado == "pedido"


# Quién


def test_el_especialista_escribe_y_no_entrega(client, de_cusco, especialista):
    client.force_login(especialista)
    pantalla = client.get(reverse("aporte", args=[de_cusco.pk])).content.decode()
    assert "Guardar borrador" in pantalla
    assert 'name="entregar"' not in pantalla
    assert client.post(reverse("aporte", args=[de_cusco.pk]), datos(de_cusco, entregar=True)).status_code == 403
    assert recargado(de_cusco).estado == "pedido"


def test_el_encargado_de_la_coordinacion_entrega(client, de_cusco):
    encargado = personas.con_rol("encargado.cusco", Rol.COORDINADOR, centro=personas.cusco())
    assert enviar(client, encargado, de_cusco, entregar=True).status_code == 302
    assert recargado(de_cusco).estado == "entregado"


def test_quien_coordina_otro_centro_y_es_asistente_de_este_ni_lo_ve(client, de_cusco):
    """Los roles de otro centro no suman aquí (ADR 0027): un asistente no ve los aportes."""
    from organizacion.actions import asignar_rol

    mixta = personas.con_rol("mixta", Rol.COORDINADOR, centro=personas.arequipa())
    asignar_rol(usuario=mixta, rol=Rol.ASISTENTE, centro=personas.cusco())
    client.force_login(Usuario.objects.get(pk=mixta.pk))
    assert client.get(reverse("aporte", args=[de_cusco.pk])).status_code == 404
    assert client.post(reverse("aporte", args=[de_cusco.pk]), datos(de_cusco, entregar=True)).status_code == 404


def test_lo_de_otro_centro_y_lo_de_otro_sistema_no_existen_por_ninguna_direccion(
    client, edicion, coordinadora, especialista, responsable, de_cusco, tecnico
):
    ajeno = aporte_de(edicion, centro__nombre="Arequipa")
    for usuario, aporte in [
        (coordinadora, ajeno),
        (especialista, ajeno),
        (coordinadora, tecnico),
        (responsable, de_cusco),
        (responsable, ajeno),
    ]:
        client.force_login(usuario)
        url = reverse("aporte", args=[aporte.pk])
        assert client.get(url).status_code == 404, (usuario, aporte)
        assert client.post(url, datos(aporte, entregar=True)).status_code == 404
        lista = client.get(reverse("boletin_del_mes")).content.decode()
        assert url not in lista
        for accion in ("recordar", "suplir", "devolver", "ampliar"):
            assert client.post(reverse(f"aporte_{accion}", args=[aporte.pk])).status_code == 403
    assert not Aporte.objects.exclude(version=0).exists()


def test_cada_centro_solo_alcanza_el_suyo_sea_cual_sea_la_direccion(reloj, client):
    centros = [CentroFactory(nombre=nombre) for nombre in ("Cusco", "Puno", "Tacna", "Ica")]
    quien = {c: personas.con_rol(f"coordina.{c.nombre}", Rol.COORDINADOR, centro=c) for c in centros}
    reloj(20)
    aportes = list(abrir_edicion(anio=2026, mes=11).aportes.select_related("edicion", "centro", "sistema"))
    for centro, usuario in quien.items():
        client.force_login(usuario)
        for aporte in aportes:
            esperado = 200 if aporte.centro == centro else 404
            url = reverse("aporte", args=[aporte.pk])
            assert client.get(url).status_code == esperado, (centro, aporte)
            if esperado == 404:
                assert client.post(url, datos(aporte, entregar=True)).status_code == 404
                assert client.post(url, datos(aporte)).status_code == 404
    assert not Aporte.objects.exclude(version=0).exists()


def test_sin_permiso_o_sin_sesion_no_se_entra(client, de_cusco):
    url = reverse("aporte", args=[de_cusco.pk])
    assert client.get(url).status_code == 302
    client.force_login(personas.asistente_de_cusco())
    assert client.get(url).status_code == 403
    assert client.get(reverse("boletin_del_mes")).status_code == 403


def test_lo_que_ya_se_llevo_a_la_edicion_se_lee_y_no_se_cambia(client, de_cusco, coordinadora):
    entregar(aporte=de_cusco, escrito=escrito(NOVEDAD | {"tipo": "novedad"}), version=0, por=coordinadora)
    Aporte.objects.update(incorporado_en=dt.datetime(2026, 11, 28, tzinfo=dt.UTC))
    client.force_login(coordinadora)
    assert "Guardar borrador" not in client.get(reverse("aporte", args=[de_cusco.pk])).content.decode()
    enviar(client, coordinadora, de_cusco, entregar=True, editorial="Otra", version=1)
    assert recargado(de_cusco).editorial == "Gracias por su esfuerzo."


# Malos datos


@pytest.mark.parametrize(
    "cambios",
    [
        {"novedad-TOTAL_FORMS": "no"},
        {"novedad-TOTAL_FORMS": "99999"},
        {"version": "-1"},
        {"version": "x"},
        {"editorial": "a" * 3001},
        {"editorial": "con \x00 nulo"},
        {"novedad-0-titulo": "x" * 121},
        {"novedad-0-titulo": "con\x07campana"},
        {"novedad-0-texto": "\x1b[31mrojo"},
        {"novedad-0-imagen": "999999999999999999999"},
        {"novedad-0-imagen": "abc"},
        {"actividad-TOTAL_FORMS": ""},
    ],
)
def test_un_formulario_malo_vuelve_con_su_error_y_no_guarda_nada(client, de_cusco, coordinadora, cambios):
    client.force_login(coordinadora)
    mal = datos(de_cusco, novedad=[NOVEDAD]) | cambios
    respuesta = client.post(reverse("aporte", args=[de_cusco.pk]), mal)
    assert respuesta.status_code == 200
    assert recargado(de_cusco).version == 0


def test_un_origen_inventado_no_enlaza_la_nota_con_una_capacitacion_ajena(client, de_cusco, coordinadora):
    ajena = dictada(12, centro=personas.arequipa())
    ficha = {"origen": f"capacitacion:{ajena.pk}", "titulo": "Mía", "texto": "No es mía"}
    enviar(client, coordinadora, de_cusco, entregar=True, actividad=[ficha])
    assert recargado(de_cusco).notas.get().capacitacion is None


@settings(max_examples=40)
@given(
    titulo=st.text(max_size=150), texto=st.text(max_size=300), enlace=st.text(max_size=80), fecha=st.text(max_size=12)
)
def test_ningun_texto_rompe_el_formulario(de_cusco, coordinadora, titulo, texto, enlace, fecha):
    from django.http import QueryDict

    ficha = {"titulo": titulo, "texto": texto, "enlace": enlace, "fecha": fecha}
    post = QueryDict(mutable=True)
    post.update({campo: str(valor) for campo, valor in datos(de_cusco, novedad=[ficha], actividad=[ficha]).items()})
    formulario = FormularioDeAporte(de_cusco, post, {})
    if not formulario.is_valid():
        return
    with transaction.atomic():
        guardado = guardar_borrador(aporte=de_cusco, escrito=formulario.escrito(), version=0, por=coordinadora)
        assert notas_por_escribir(guardado) is not None
        transaction.set_rollback(True)
