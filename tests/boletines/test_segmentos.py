"""A quién llega un correo de difusión: solo a lo que alcanza quien lo envía, y a cada dirección una vez."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boletines import enlaces
from boletines.models import CorreoOficial, Suscriptor
from boletines.segmentos import Audiencia, Segmento, SegmentoInvalido
from correo.models import Supresion
from tests import personas
from tests.fabricas import (
    DistritoFactory,
    EntidadFactory,
    OperadorFactory,
    SistemaFactory,
    SuscriptorFactory,
    UsuarioFactory,
)

pytestmark = pytest.mark.django_db
TODAS = tuple(Audiencia.values)


def direcciones(segmento, usuario=None):
    return sorted(d.direccion for d in segmento.destinatarios(usuario))


@pytest.fixture
def directorio(cusco, arequipa):
    """Una municipalidad y un gobierno regional por centro, con operadores y suscriptores."""
    presupuesto, tesoreria = SistemaFactory(), SistemaFactory(slug="tesoreria", nombre="Tesorería")
    for centro, sufijo in ((cusco, "cusco"), (arequipa, "arequipa")):
        muni = EntidadFactory(centro=centro, correo=f"muni@{sufijo}.example", tipo="GL")
        gore = EntidadFactory(centro=centro, correo=f"gore@{sufijo}.example", tipo="GR")
        OperadorFactory(entidad=muni, correo=f"presupuesto@{sufijo}.example").sistemas.add(presupuesto)
        OperadorFactory(entidad=gore, correo=f"tesoreria@{sufijo}.example").sistemas.add(tesoreria)
        SuscriptorFactory(centro=centro, correo=f"vecina@{sufijo}.example")
    SuscriptorFactory(correo="sin-centro@correo.example")
    return {"presupuesto": presupuesto.pk, "tesoreria": tesoreria.pk}


def test_la_sede_llega_a_todo_el_pais_y_la_cuenta_coincide(directorio, comunicaciones):
    segmento = Segmento(TODAS)
    llega = direcciones(segmento, comunicaciones)
    assert len(llega) == 11
    assert segmento.contar(comunicaciones) == 11
    assert direcciones(segmento) == llega


def test_cada_destinatario_lleva_su_referencia_y_su_enlace_de_baja(directorio, comunicaciones):
    por_direccion = {d.direccion: d for d in Segmento(TODAS).destinatarios(comunicaciones)}

    suscriptor = Suscriptor.objects.get(correo="vecina@cusco.example")
    vecina = por_direccion["vecina@cusco.example"]
    assert vecina.referencia == f"suscriptor:{suscriptor.pk}"
    assert enlaces.suscriptor_por_dar_de_baja(vecina.url_baja.split("/")[-2]) == suscriptor

    oficial = CorreoOficial.objects.get(correo="muni@cusco.example")
    muni = por_direccion["muni@cusco.example"]
    assert muni.referencia.startswith("entidad:")
    assert enlaces.oficial_por_dar_de_baja(muni.url_baja.split("/")[-2]) == oficial
    assert oficial.base_legal.finalidad == "correo_oficial"
    assert por_direccion["presupuesto@cusco.example"].nombre.startswith("Pedro Condori")
    assert por_direccion["presupuesto@cusco.example"].referencia.startswith("operador:")


def test_escribir_dos_veces_al_directorio_no_anota_dos_veces_la_direccion(directorio, comunicaciones):
    segmento = Segmento(("operadores", "entidades"))
    primera = list(segmento.destinatarios(comunicaciones))
    assert list(segmento.destinatarios(comunicaciones)) == primera
    assert CorreoOficial.objects.count() == 8


def test_contar_no_anota_nada(directorio, comunicaciones):
    Segmento(TODAS).contar(comunicaciones)
    assert not CorreoOficial.objects.exists()


def test_se_recorre_de_a_poco(directorio, comunicaciones, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("boletines.segmentos.reparto.POR_TANDA", 3)
    destinatarios = Segmento(TODAS).destinatarios(comunicaciones)
    with django_assert_max_num_queries(10):
        next(destinatarios)
    assert CorreoOficial.objects.count() == 3, "solo se anotó la primera tanda"


@pytest.mark.parametrize("quien", ["coordinadora_de_cusco", "especialista_de_cusco"])
def test_alguien_de_cusco_solo_llega_a_lo_de_cusco(directorio, quien):
    usuario = getattr(personas, quien)()
    assert all(d.endswith("@cusco.example") for d in direcciones(Segmento(TODAS), usuario))
    assert Segmento(TODAS).contar(usuario) == 5


def test_un_responsable_tecnico_que_ademas_coordina_no_escribe_a_otros_centros(directorio):
    from organizacion.actions import asignar_rol
    from organizacion.models import Rol, Usuario

    usuario = personas.coordinadora_de_cusco()
    asignar_rol(usuario=usuario, rol=Rol.RESPONSABLE_TECNICO, sistema=SistemaFactory())
    usuario = Usuario.objects.get(pk=usuario.pk)
    assert all(d.endswith("@cusco.example") for d in direcciones(Segmento(TODAS), usuario))


def test_quien_no_tiene_rol_no_llega_a_nadie(directorio):
    assert direcciones(Segmento(TODAS), UsuarioFactory()) == []
    assert Segmento(TODAS).contar(UsuarioFactory()) == 0


_algo = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 50), st.text(max_size=6), st.lists(st.integers(-2, 50), max_size=3),
    st.lists(st.sampled_from([*TODAS, "GL", "GR", "todo"]), max_size=4),
    st.dictionaries(st.text(max_size=3), st.none()),
)  # fmt: skip


@settings(max_examples=150)
@given(data=st.data())
def test_ningun_campo_del_json_deja_salir_de_cusco(directorio, coordinadora, data):
    """Cualquier cosa en cualquier campo, también llaves reales de Arequipa: o se rechaza o llega solo a Cusco."""
    from organizacion.models import Centro, Provincia, Sistema

    reales = {
        "audiencias": st.just(list(TODAS)),
        "centro": st.sampled_from([None, *Centro.objects.values_list("pk", flat=True)]),
        "provincia": st.sampled_from(["", *Provincia.objects.values_list("pk", flat=True)]),
        "sistemas": st.sampled_from([[], list(Sistema.objects.values_list("pk", flat=True))]),
        "correo": st.sampled_from(Suscriptor.Tipo.values),
        "tipos": st.sampled_from([[], ["GL"], ["GL", "GR"]]),
        "entidad__centro": st.just(2),
    }
    campos = data.draw(st.sets(st.sampled_from(list(reales))))
    datos = {"audiencias": list(TODAS)} | {c: data.draw(st.one_of(reales[c], _algo)) for c in campos}
    try:
        segmento = Segmento.desde_json(datos)
    except SegmentoInvalido:
        return
    llega = direcciones(segmento, coordinadora)
    assert all(d.endswith("@cusco.example") for d in llega)
    assert segmento.contar(coordinadora) == len(llega)
    assert Segmento.desde_json(segmento.a_json()) == segmento


@pytest.mark.parametrize(
    "datos",
    [
        None, [], "todos", {}, {"audiencias": []}, {"audiencias": "operadores"}, {"audiencias": ["todos"]},
        {"audiencias": [["operadores"]]}, {"audiencias": ["operadores"], "centros": [1]},
        {"audiencias": ["operadores"], "centro": "1"}, {"audiencias": ["operadores"], "centro": True},
        {"audiencias": ["operadores"], "centro": 0}, {"audiencias": ["operadores"], "centro": 2**70},
        {"audiencias": ["operadores"], "provincia": None}, {"audiencias": ["operadores"], "provincia": "08%"},
        {"audiencias": ["operadores"], "tipos": ["XX"]}, {"audiencias": ["operadores"], "tipos": None},
        {"audiencias": ["operadores"], "sistemas": ["1"]}, {"audiencias": ["operadores"], "sistemas": [1] * 101},
        {"audiencias": ["operadores"], "correo": "todo"}, {"audiencias": ["operadores"], "correo": ["boletin"]},
    ],
)  # fmt: skip
def test_un_json_que_no_se_entiende_se_rechaza_y_no_se_ignora(datos):
    with pytest.raises(SegmentoInvalido):
        Segmento.desde_json(datos)


def test_filtra_por_tipo_provincia_y_sistema(directorio, cusco, comunicaciones):
    p = directorio["presupuesto"]
    assert direcciones(Segmento(("operadores",), centro=cusco.pk, sistemas=(p,)), comunicaciones) == [
        "presupuesto@cusco.example"
    ]
    assert direcciones(Segmento(("entidades",), centro=cusco.pk, tipos=("GR",))) == ["gore@cusco.example"]
    assert direcciones(Segmento(("entidades",), centro=cusco.pk, sistemas=(p,))) == ["muni@cusco.example"]

    urubamba = DistritoFactory(ubigeo="081301", provincia__codigo="0813", provincia__nombre="Urubamba")
    EntidadFactory(centro=cusco, distrito=urubamba, correo="muni@urubamba.example")
    assert direcciones(Segmento(("entidades",), provincia="0813")) == ["muni@urubamba.example"]


def test_lo_inactivo_y_lo_que_no_tiene_correo_no_entra(cusco):
    cerrada = EntidadFactory(centro=cusco, correo="cerrada@x.example", esta_activa=False)
    abierta = EntidadFactory(centro=cusco)
    OperadorFactory(entidad=cerrada, correo="de-cerrada@x.example")
    OperadorFactory(entidad=abierta, correo="cesado@x.example", esta_activo=False)
    OperadorFactory(entidad=abierta)
    assert direcciones(Segmento(TODAS)) == []


def test_los_suscriptores_entran_segun_lo_que_piden(cusco):
    presupuesto, tesoreria = SistemaFactory(), SistemaFactory(slug="tesoreria", nombre="Tesorería")
    SuscriptorFactory(correo="todo@x.example")
    SuscriptorFactory(correo="solo-boletin@x.example", recibe_comunicados=False)
    SuscriptorFactory(correo="presupuesto@x.example").temas.add(presupuesto)
    SuscriptorFactory(correo="tesoreria@x.example").temas.add(tesoreria)
    SuscriptorFactory(correo="ambos@x.example").temas.add(presupuesto, tesoreria)
    SuscriptorFactory(correo="por-confirmar@x.example", estado="pendiente")
    SuscriptorFactory(correo="invitada@x.example", estado="invitado")

    segmento = Segmento(("suscriptores",), sistemas=(presupuesto.pk,))
    assert direcciones(segmento) == ["ambos@x.example", "presupuesto@x.example", "todo@x.example"]
    assert segmento.contar(None) == 3


def test_una_direccion_sale_una_vez_aunque_este_en_todas_partes(cusco):
    entidad = EntidadFactory(centro=cusco, correo="Mesa@Muni.example")
    for _ in range(3):
        OperadorFactory(entidad=entidad, correo="MESA@muni.example")
    suscriptor = SuscriptorFactory(correo="mesa@muni.example")

    [uno] = Segmento(TODAS).destinatarios()
    assert uno.direccion == "mesa@muni.example"
    assert uno.referencia.startswith("operador:"), "el registro de la entidad la cuenta"
    assert enlaces.suscriptor_por_dar_de_baja(uno.url_baja.split("/")[-2]) == suscriptor
    assert Segmento(TODAS).contar(None) == 1
    assert not CorreoOficial.objects.exists()


def test_no_se_repite_entre_tandas(cusco, monkeypatch):
    monkeypatch.setattr("boletines.segmentos.reparto.POR_TANDA", 2)
    entidad = EntidadFactory(centro=cusco, correo="c1@x.example")
    for n in range(7):
        OperadorFactory(entidad=entidad, correo=f"c{n // 2}@x.example")
        SuscriptorFactory(correo=f"c{n}@x.example")
    assert direcciones(Segmento(TODAS)) == [f"c{n}@x.example" for n in range(7)]


def test_las_suprimidas_y_las_oficiales_de_baja_no_entran(directorio, cusco, comunicaciones):
    Supresion.objects.create(direccion="muni@cusco.example", motivo="rebote")
    Supresion.objects.create(direccion="vecina@cusco.example", motivo="queja")
    list(Segmento(TODAS, centro=cusco.pk).destinatarios())
    CorreoOficial.objects.filter(correo="gore@cusco.example").update(baja_en="2026-01-01T00:00Z")
    segmento = Segmento(TODAS, centro=cusco.pk)
    assert direcciones(segmento, comunicaciones) == ["presupuesto@cusco.example", "tesoreria@cusco.example"]
    assert segmento.contar(comunicaciones) == 2


def test_quien_pidio_no_recibir_comunicados_tampoco_los_recibe_por_el_directorio(cusco):
    OperadorFactory(entidad=EntidadFactory(centro=cusco), correo="ana@x.example")
    SuscriptorFactory(correo="ana@x.example", recibe_comunicados=False)
    assert direcciones(Segmento(TODAS, correo="comunicados")) == []
    assert direcciones(Segmento(TODAS, correo="informativos")) == ["ana@x.example"]


@pytest.mark.parametrize(
    ("segmento", "texto"),
    [
        (
            {"audiencias": ("operadores",), "tipos": ("GL",), "centro": "cusco", "sistemas": "presupuesto"},
            "Municipalidades de Cusco: operadores de Presupuesto Público",
        ),
        ({"audiencias": ("entidades", "operadores")}, "Entidades de todo el país: operadores y correo institucional"),
        ({"audiencias": ("suscriptores",)}, "Suscriptores que reciben comunicados del MEF"),
        (
            {"audiencias": TODAS, "tipos": ("GR", "GL"), "centro": "cusco", "correo": "informativos"},
            "Gobiernos regionales y municipalidades de Cusco: operadores y correo institucional; "
            "suscriptores de Cusco que reciben correos informativos",
        ),
    ],
)
def test_se_describe_en_palabras(cusco, segmento, texto):
    reales = {"cusco": cusco.pk, "presupuesto": (SistemaFactory().pk,)}
    segmento = {c: reales.get(v, v) if isinstance(v, str) else v for c, v in segmento.items()}
    assert Segmento(**segmento).describir() == texto


def test_dice_si_es_de_un_solo_centro(cusco):
    assert Segmento(("suscriptores",), centro=cusco.pk).es_de_un_centro()
    assert not Segmento(("suscriptores",)).es_de_un_centro()


def test_se_puede_saltar_a_quienes_ya_lo_recibieron(directorio, cusco):
    segmento, ya = Segmento(TODAS, centro=cusco.pk), Suscriptor.objects.filter(centro=cusco).values("correo")
    llega = sorted(d.direccion for d in segmento.destinatarios(salvo=ya))
    assert llega == ["gore@cusco.example", "muni@cusco.example", "presupuesto@cusco.example", "tesoreria@cusco.example"]
    assert segmento.contar(None, salvo=ya) == 4
