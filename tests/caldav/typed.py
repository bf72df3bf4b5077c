"""Runs a program at a terminal of its own, and types a line where it asks without echo.

typed.py LINE PROGRAM ARGUMENT... prints all that the terminal showed.
"""

import os
import pty
import sys
import termios

line, program = sys.argv[1], sys.argv[2:]
process, terminal = pty.fork()
if process == 0:
    os.execvp(program[0], program)
shown = b""
is_typed = False
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    shown += part
    if not is_typed and b"Password" in shown:
        # Nobody types before the program listens.
        while termios.tcgetattr(terminal)[3] & termios.ECHO:
            pass
        os.write(terminal, line.encode() + b"\n")
        is_typed = True
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
