"""Las cuentas del personal después de abiertas: roles que se encargan por un tiempo y el cese."""
