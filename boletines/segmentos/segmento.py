"""El segmento: lo que se guarda, lo que significa y a quiénes alcanza."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Lower

from boletines.models import CorreoOficial, Suscriptor
from comun.alcance import alcance_de, solo_de_centro
from correo.actions import Destinatario
from correo.models import Supresion
from directorio.models import Entidad, Operador
from organizacion.models import Usuario

from .audiencia import Audiencia
from .descripcion import describir
from .reparto import repartir

MAXIMO_EN_LISTA = 100


class SegmentoInvalido(ValueError):
    """El JSON no describe un segmento; el mensaje dice qué tiene de malo."""


@dataclass(frozen=True)
class Segmento:
    """``audiencias`` son valores de ``Audiencia`` y ``correo``, de ``Suscriptor.Tipo``.

    ``centro`` y ``sistemas`` son llaves primarias; ``provincia``, su código; ``tipos``, valores de ``Entidad.Tipo``.
    Vacío es «cualquiera». ``provincia`` y ``tipos`` solo acotan el directorio: de un suscriptor no se saben. Con
    ``sistemas`` entran los operadores de alguno, las entidades que tienen uno y los suscriptores de ese tema.
    """

    audiencias: tuple[str, ...]
    correo: str = Suscriptor.Tipo.COMUNICADOS.value
    centro: int | None = None
    provincia: str = ""
    tipos: tuple[str, ...] = ()
    sistemas: tuple[int, ...] = ()

    def __post_init__(self):
        _comprobar(self)

    def a_json(self) -> dict:
        return {campo: list(v) if isinstance(v, tuple) else v for campo, v in asdict(self).items()}

    @classmethod
    def desde_json(cls, datos) -> "Segmento":
        """Levanta ``SegmentoInvalido`` si ``datos`` no es exactamente lo que da ``a_json``."""
        if not isinstance(datos, dict) or not datos.keys() <= cls.__dataclass_fields__.keys():
            raise SegmentoInvalido("Tiene algo que un segmento no lleva.")
        if "audiencias" not in datos:
            raise SegmentoInvalido("No dice a quién va.")
        return cls(**{campo: tuple(valor) if isinstance(valor, list) else valor for campo, valor in datos.items()})

    def es_de_un_centro(self) -> bool:
        return self.centro is not None

    def describir(self) -> str:
        """«Municipalidades de Cusco: operadores de Presupuesto»."""
        return describir(self)

    def destinatarios(self, usuario: Usuario | None = None, *, salvo: QuerySet | None = None) -> Iterator[Destinatario]:
        """A quiénes llega, de mil en mil y sin repetir dirección; ``usuario`` ``None`` es el propio portal.

        ``salvo``: las direcciones que además se saltan (quienes ya lo recibieron).

        Salta las direcciones suprimidas y las de quien pidió no recibir este tipo de correo. De quien está en el
        directorio y además se suscribió va la referencia del directorio con la baja de su suscripción. Anota las
        direcciones del directorio que aún no están en ``CorreoOficial``: se llama dentro de una transacción.
        """
        return repartir(self._fuentes(usuario, salvo))

    def contar(self, usuario: Usuario | None, *, salvo: QuerySet | None = None) -> int:
        """Cuántas direcciones distintas son. No anota nada."""
        primera, *otras = (filas.order_by().values_list("buzon") for filas in self._fuentes(usuario, salvo).values())
        return primera.union(*otras).count() if otras else primera.distinct().count()

    def _fuentes(self, usuario: Usuario | None, salvo: QuerySet | None = None) -> dict[str, QuerySet]:
        """Por audiencia, ternas (dirección, llave, nombre) en orden de dirección."""
        fuentes = {
            Audiencia.OPERADORES: self._operadores,
            Audiencia.ENTIDADES: self._entidades,
            Audiencia.SUSCRIPTORES: self._suscriptores,
        }
        elegidas = {audiencia: filas(usuario) for audiencia, filas in fuentes.items() if audiencia in self.audiencias}
        if salvo is not None:
            elegidas = {audiencia: filas.exclude(buzon__in=salvo) for audiencia, filas in elegidas.items()}
        return {audiencia: _ternas(filas) for audiencia, filas in elegidas.items()}

    def _operadores(self, usuario) -> QuerySet:
        filas = _suyas(Operador.objects.activos(), usuario).filter(entidad__in=self._en_territorio())
        if self.sistemas:
            filas = filas.filter(
                pk__in=Operador.sistemas.through.objects.filter(sistema__in=self.sistemas).values("operador")
            )
        return self._dispuestas(filas.annotate(quien=Concat("nombres", Value(" "), "apellidos")))

    def _entidades(self, usuario) -> QuerySet:
        filas = _suyas(Entidad.objects.all(), usuario).filter(pk__in=self._en_territorio())
        if self.sistemas:
            filas = filas.filter(pk__in=Operador.objects.activos().filter(sistemas__in=self.sistemas).values("entidad"))
        return self._dispuestas(filas.annotate(quien=F("nombre")))

    def _suscriptores(self, usuario) -> QuerySet:
        filas = _suyas(Suscriptor.objects.confirmados(), usuario).que_aceptan(self.correo).de_temas(self.sistemas)
        filas = filas.filter(centro=self.centro) if self.centro is not None else filas
        return _sin_suprimidas(filas.annotate(quien=F("nombre"), buzon=Lower("correo")))

    def _en_territorio(self) -> QuerySet:
        """Las entidades activas del centro, la provincia y los tipos elegidos."""
        filas = Entidad.objects.activas()
        if self.centro is not None:
            filas = filas.filter(centro=self.centro)
        if self.provincia:
            filas = filas.filter(distrito__provincia=self.provincia)
        return filas.filter(tipo__in=self.tipos) if self.tipos else filas

    def _dispuestas(self, filas) -> QuerySet:
        """Las del directorio que tienen correo y no pidieron dejar de recibir esto."""
        inscritos = Suscriptor.objects.filter(estado=Suscriptor.Estado.CONFIRMADO)
        reciben = inscritos.confirmados().que_aceptan(self.correo)
        filas = filas.exclude(correo="").annotate(buzon=Lower("correo"))
        filas = filas.exclude(buzon__in=inscritos.exclude(pk__in=reciben.values("pk")).values("correo"))
        filas = filas.exclude(buzon__in=CorreoOficial.objects.filter(baja_en__isnull=False).values("correo"))
        return _sin_suprimidas(filas)


def _comprobar(segmento: Segmento) -> None:
    for nombre, valor, admitidos in (
        ("audiencias", segmento.audiencias, Audiencia.values),
        ("tipos", segmento.tipos, Entidad.Tipo.values),
    ):
        if not isinstance(valor, tuple) or not all(isinstance(uno, str) and uno in admitidos for uno in valor):
            raise SegmentoInvalido(f"«{nombre}» lleva algo que no existe.")
    if not segmento.audiencias:
        raise SegmentoInvalido("No dice a quién va.")
    if not isinstance(segmento.correo, str) or segmento.correo not in Suscriptor.Tipo.values:
        raise SegmentoInvalido("«correo» no es un tipo de correo.")
    if segmento.centro is not None and not _es_llave(segmento.centro):
        raise SegmentoInvalido("«centro» no es un centro.")
    provincia = segmento.provincia
    if not isinstance(provincia, str) or (provincia and not (provincia.isascii() and provincia.isdecimal())):
        raise SegmentoInvalido("«provincia» no es un código de provincia.")
    sistemas = segmento.sistemas
    if not isinstance(sistemas, tuple) or len(sistemas) > MAXIMO_EN_LISTA or not all(map(_es_llave, sistemas)):
        raise SegmentoInvalido("«sistemas» lleva algo que no es un sistema.")


def _es_llave(valor) -> bool:
    return isinstance(valor, int) and not isinstance(valor, bool) and 0 < valor < 2**31


DIFUNDIR = "boletines.add_correodifundido"


def _suyas(filas, usuario):
    """Escribirles es actuar: solo las de donde difunde, no las que mira por otro rol (R17)."""
    return filas if usuario is None else filas.en(solo_de_centro(alcance_de(usuario, DIFUNDIR)))


def _sin_suprimidas(filas) -> QuerySet:
    return filas.exclude(buzon__in=Supresion.objects.values("direccion"))


def _ternas(filas) -> QuerySet:
    return filas.order_by("buzon", "pk").values_list("buzon", "pk", "quien")
