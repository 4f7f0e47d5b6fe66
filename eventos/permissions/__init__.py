"""Las preguntas sobre quién puede qué en eventos: la misma para la vista, la plantilla y el registro.

El alcance (qué filas existen para alguien) lo pone ``.para(usuario)``; aquí se decide qué hace con las que ve. Un
Responsable Técnico ve las de todos los centros en su sistema, pero solo cambia las de un centro suyo.
"""

from .capacitacion import *
from .convocatoria import *
from .expediente import *
from .inscripcion import *
from .logistica import *
from .mesa import *
from .preparativos import *
from .programa import *
from .prueba import *
from .registro import *
from .solicitud import *
from .validacion import *
from .visto_bueno import *
