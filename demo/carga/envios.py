"""Envíos inventados: terminado con rebotes y bajas, por firmar, en pausa, y un aviso que rebotó.

Se anotan tal como quedarían; ninguno está en cola, y lo que alguien firme aquí va a archivos.
"""

import datetime as dt

from django.utils import timezone

from boletines.enlaces import url_baja
from boletines.models import Suscriptor
from correo.models import Entrega, Envio, Suceso, Supresion
from correo.plantillas import componer
from organizacion.models import Centro, Rol, Usuario

from .azar import Azar
from .marcas import marcar

E, T, M = Entrega.Estado, Suceso.Tipo, Supresion.Motivo
HACE = dt.timedelta(days=6)
NO_EXISTE = "smtp; 550 5.1.1 The email account does not exist"
# Lo que pasó con quienes hoy están de baja: (estado, suceso, razón de no escribirle, qué dijo su servidor).
DESENLACES = (
    (E.REBOTADA, T.REBOTE, M.REBOTE, NO_EXISTE),
    (E.ENVIADA, T.BAJA, M.BAJA, ""),
    (E.REBOTADA, T.REBOTE, M.REBOTE, "smtp; 550 5.1.10 Recipient not found"),
    (E.ENVIADA, T.QUEJA, M.QUEJA, "abuse"),
)
COPIADOS = ("coordinador.cusco", "especialista.cusco", "responsable.tecnico")
LLENO = "smtp; 452 4.2.2 The email account is over quota"


def cargar_envios(carga) -> None:
    azar = Azar(21)
    envios = [_terminado(azar), _por_firmar(), _en_pausa(azar), _aviso_rebotado()]
    marcar(carga, envios)
    marcar(carga, _suprimir())


def _envio(clave, titulo, resumen, *, por, **datos) -> Envio:
    mensaje = componer("demo/correo/comunicado", {"titulo": titulo, "resumen": resumen, "url_baja": "%URL_BAJA%"})
    cuenta = Usuario.objects.filter(username=por).first()
    campos = {"es_masivo": True, "lista": "comunicados"} | datos
    return Envio.objects.create(clave=f"demostracion:{clave}", creado_por=cuenta, **mensaje._asdict(), **campos)


def _entregas(envio, suscriptores, **datos) -> list[Entrega]:
    return [
        Entrega(
            envio=envio,
            clave=s.correo,
            direccion=s.correo,
            nombre=s.nombre,
            url_baja=url_baja(s),
            referencia=f"suscriptor:{s.pk}",
            **datos,
        )
        for s in suscriptores
    ]


def _terminado(azar) -> Envio:
    """Salió hace seis días a trescientos confirmados y a veinte que hoy están de baja."""
    envio = _envio(
        "terminado",
        "Cierre contable del mes: lo que debe tener listo",
        "Lo que su entidad debe registrar antes de cerrar el mes en el SIAF.",
        por=Rol.COMUNICACIONES.value,
        dirigido_a="Suscriptores que reciben comunicados",
        estado=Envio.Estado.TERMINADO,
    )
    salio = timezone.now() - HACE
    Envio.objects.filter(pk=envio.pk).update(creado_en=salio)
    recibieron = list(Suscriptor.objects.filter(estado=Suscriptor.Estado.CONFIRMADO).order_by("pk")[:300])
    de_baja = list(_que_ya_no_reciben())
    entregas = _entregas(envio, [*recibieron, *de_baja], estado=E.ENVIADA, intentos=1, enviada_en=salio)
    for entrega in azar.sample(entregas[:300], 3):
        entrega.estado, entrega.enviada_en, entrega.intentos = E.FALLIDA, None, 12
        entrega.error = "El servidor de correo respondió 451: vuelva a intentarlo más tarde"
    for n, entrega in enumerate(entregas[300:]):
        entrega.estado = DESENLACES[n % len(DESENLACES)][0]
    Entrega.objects.bulk_create(entregas)
    sucesos = [
        suceso(entrega, DESENLACES[n % len(DESENLACES)][1], salio, DESENLACES[n % len(DESENLACES)][3])
        for n, entrega in enumerate(entregas[300:])
    ]
    enviadas = [entrega for entrega in entregas[:300] if entrega.estado == E.ENVIADA]
    sucesos += [suceso(entrega, T.REBOTE_PASAJERO, salio, LLENO) for entrega in azar.sample(enviadas, 4)]
    Suceso.objects.bulk_create(sucesos)
    return envio


def _que_ya_no_reciben():
    return Suscriptor.objects.filter(estado=Suscriptor.Estado.BAJA).order_by("pk")[:20]


def suceso(entrega, tipo, salio, detalle) -> Suceso:
    return Suceso(
        origen="demostración",
        identificador=f"{entrega.pk}:{tipo}",
        tipo=tipo,
        direccion=entrega.direccion,
        entrega=entrega,
        ocurrido_en=salio + dt.timedelta(minutes=2 + entrega.pk % 50),
        detalle=detalle,
    )


def _suprimir() -> list[Supresion]:
    filas = [
        Supresion.objects.get_or_create(direccion=s.correo, defaults={"motivo": DESENLACES[n % len(DESENLACES)][2]})
        for n, s in enumerate(_que_ya_no_reciben())
    ]
    return [fila for fila, es_nueva in filas if es_nueva]


def _por_firmar() -> Envio:
    """A más de mil: lo preparó Comunicaciones y lo firma la OGAUC, con las copias que manda la regla."""
    envio = _envio(
        "por-firmar",
        "Plazo para registrar la conciliación del marco legal",
        "El plazo para registrar la conciliación vence el último día hábil del mes.",
        por=Rol.COMUNICACIONES.value,
        dirigido_a="Suscriptores que reciben comunicados, de los 24 centros",
        estado=Envio.Estado.POR_APROBAR,
    )
    suscriptores = Suscriptor.objects.filter(estado=Suscriptor.Estado.CONFIRMADO).order_by("pk")[:1200]
    copias = [
        Entrega(envio=envio, clave=f"cc:{u.email}", direccion=u.email, nombre=str(u), es_copia=True)
        for u in Usuario.objects.filter(
            username__in=("coordinador.cusco", "especialista.cusco", "responsable.tecnico")
        ).exclude(email="")
    ]
    Entrega.objects.bulk_create([*_entregas(envio, suscriptores), *copias])
    return envio


def _en_pausa(azar) -> Envio:
    """Su coordinador lo detuvo a medias: desde aquí se reanuda o se cancela."""
    envio = _envio(
        "en-pausa",
        "Atención del centro en la semana del aniversario",
        "El centro atiende en horario especial durante la semana del aniversario de la ciudad.",
        por="coordinador.cusco",
        dirigido_a="Suscriptores de Cusco",
        centro=Centro.objects.get(slug="cusco"),
        lista="informativos-cusco",
        estado=Envio.Estado.EN_PAUSA,
    )
    suscriptores = list(Suscriptor.objects.filter(estado=Suscriptor.Estado.CONFIRMADO).order_by("-pk")[:180])
    azar.shuffle(suscriptores)
    salio = timezone.now() - dt.timedelta(minutes=20)
    Entrega.objects.bulk_create(
        [
            *_entregas(envio, suscriptores[:100], estado=E.ENVIADA, intentos=1, enviada_en=salio),
            *_entregas(envio, suscriptores[100:]),
        ]
    )
    return envio


def _aviso_rebotado() -> Envio:
    """Una confirmación a un correo mal escrito: rebotó y se ve."""
    envio = _envio(
        "aviso",
        "Su consulta fue recibida",
        "Le responderemos a este correo.",
        por="asistente.cusco",
        es_masivo=False,
        lista="",
        centro=Centro.objects.get(slug="cusco"),
        estado=Envio.Estado.TERMINADO,
    )
    salio = timezone.now() - dt.timedelta(hours=3)
    entrega = Entrega.objects.create(
        envio=envio,
        clave="demostracion",
        direccion="tesoreria@muni-inventada.example",
        nombre="Rosa Mamani Ccori",
        estado=E.REBOTADA,
        intentos=1,
        enviada_en=salio,
    )
    suceso(entrega, T.REBOTE, salio, "smtp; 550 5.1.2 Domain does not exist").save()
    return envio
