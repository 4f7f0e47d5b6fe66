from django.core.management.base import BaseCommand, CommandError

from custodia.retencion import ConFallas, ReglasIncompletas, YaSeCorre, correr, lo_que_se_conserva


class Command(BaseCommand):
    help = "Retira los datos personales cuyo plazo venció, según el registro de finalidades. Se puede repetir."

    def add_arguments(self, parser):
        modo = parser.add_mutually_exclusive_group(required=True)
        modo.add_argument("--ensayo", action="store_true", help="Solo dice cuánto retiraría.")
        modo.add_argument("--aplicar", action="store_true", help="Lo retira: no se puede deshacer.")
        parser.add_argument("--lote", type=int, default=500, help="Filas por transacción.")

    def handle(self, *args, **opciones):
        if opciones["lote"] < 1:
            raise CommandError("El lote es de una fila o más.")
        try:
            self.informar(correr(ensayo=opciones["ensayo"], lote=opciones["lote"]))
        except (ReglasIncompletas, YaSeCorre) as error:
            raise CommandError(f"No se retiró nada. {error}") from error
        except ConFallas as error:
            self.informar(error.corrida)
            raise CommandError(f"Estas reglas no se cumplieron: {error}.") from error

    def informar(self, corrida):
        for _, titulo, plazo, cuantas in corrida.resultado:
            self.stdout.write(f"{cuantas:>9,}  {titulo}: {plazo}")
        verbo = "se retirarían" if corrida.es_ensayo else "retiradas"
        self.stdout.write(self.style.SUCCESS(f"{corrida.total:,} filas {verbo} en {corrida.segundos} s."))
        self.stdout.write("\nNo se borra:")
        for nombre, por_que in lo_que_se_conserva():
            self.stdout.write(f"  {nombre}: {por_que}.")
