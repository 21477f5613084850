#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports a large list by the command into an encrypted case file, watching what it says of its progress.

    import-million.py CASECOUNT-CLI WRITE-LIST FOLDER [ROWS [csv|xlsx [CANCELS]]]

Whole: what the line of progress said against what was so, at each tenth of the way, both by the clock
and by the processor time of the command, because other work on the machine slows the clock's way down.
Cancelled: SIGINT at CANCELS instants (default 6) spread over the whole way, the time until the command has ended, and
whether the case file is as before: the content and chain that "verify" finds, the history, the bytes of the file.
"""
import hashlib
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time

SECRET = 'the passphrase of a measurement'
TICKS = os.sysconf('SC_CLK_TCK')


class Run:
    """One command on a terminal of its own; what it said is noted with both times."""

    def __init__(self, arguments, stop=None):
        self.said, self.peak, self.processor = [], 0, 0.0
        self.answer = self.answer_processor = None
        self.began = time.monotonic()
        pid, terminal = pty.fork()
        if pid == 0:
            os.execv(arguments[0], arguments)
        text, since = b'', None
        sent = None
        while True:
            try:
                more = os.read(terminal, 65536)
            except OSError:
                more = b''
            self.look(pid)
            if not more:
                break
            # A message begins with a carriage return and may come in pieces: when it began counts.
            *parts, text = (text + more).split(b'\r')
            now = time.monotonic() - self.began, self.processor
            for part in parts:
                self.note(part, since or now)
                since = None
            since = since or now
            if stop and sent is None and stop(self):
                os.kill(pid, signal.SIGINT)
                sent = time.monotonic(), self.processor
                self.at = self.said[-1][2] if self.said else '-'
                while True:  # the terminal is closed a little before the command has ended
                    self.look(pid)
                    done, status = os.waitpid(pid, os.WNOHANG)
                    if done:
                        break
                    try:
                        os.set_blocking(terminal, False)
                        os.read(terminal, 65536)
                    except (OSError, BlockingIOError):
                        pass
                    time.sleep(0.002)
                self.answer = time.monotonic() - sent[0]
                self.answer_processor = self.processor - sent[1]
                self.status = os.waitstatus_to_exitcode(status)
                os.close(terminal)
                return
        self.note(text, since)
        self.seconds = time.monotonic() - self.began
        _, status = os.waitpid(pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        os.close(terminal)

    def look(self, pid):
        try:
            with open(f'/proc/{pid}/stat') as stat:
                fields = stat.read().rsplit(')', 1)[1].split()
            with open(f'/proc/{pid}/status') as status:
                peak = re.search(r'VmHWM:\s+(\d+)', status.read())
        except OSError:
            return
        self.processor = max(self.processor, (int(fields[11]) + int(fields[12])) / TICKS)
        self.peak = max(self.peak, int(peak[1]) / 1024 if peak else 0)

    def note(self, part, since):
        line = part.decode('utf-8', 'replace').replace('\x1b[K', '').strip()
        if not line:
            return
        match = re.match(r'(?P<phase>[^:\n]{1,50})(?:: (?P<done>[\d,]+)(?: / (?P<total>[\d,]+))?'
                         r'(?:, about (?P<left>\d+) s left)?)?$', line)
        if not match:
            self.said.append((*since, line, None, None))
            return
        done, total = (int(match[k].replace(',', '')) if match[k] else 0 for k in ('done', 'total'))
        left = int(match['left']) if match['left'] else None
        self.said.append((*since, match['phase'], done / total if total else -1, left))


def command(cli, *arguments):
    return subprocess.run([cli, *arguments], check=True, capture_output=True, text=True).stdout


def state(cli, path):
    """What must not change."""
    verified = json.loads(command(cli, 'verify', path, '--json'))
    history = json.loads(command(cli, 'audit', path, '--json'))
    with open(path, 'rb') as file:
        content = hashlib.sha256(file.read()).hexdigest()
    verified.pop('seconds', None)
    return (json.dumps(verified, sort_keys=True), json.dumps(history, sort_keys=True)), content


def tell_progress(run):
    """Each phase: how much of the whole it took, and how far what it said was from what was so."""
    phases = []
    for when, used, phase, fraction, left in run.said:
        if fraction is None:
            continue
        if not phases or phases[-1][0] != phase:
            phases.append((phase, []))
        phases[-1][1].append((when, used, fraction, left))
    print(f'  whole: {run.seconds:.1f} s, {run.processor:.1f} s of processor, {run.peak:.0f} MiB')
    for i, (phase, said) in enumerate(phases):
        first = said[0]
        end = phases[i + 1][1][0] if i + 1 < len(phases) else (run.seconds, run.processor)
        clock, used = end[0] - first[0], end[1] - first[1]
        print(f'  {phase}: {clock:.1f} s, {used:.1f} s of processor '
              f'({100 * used / max(run.processor, 0.01):.0f} % of all)')
        if used < 0.5 or said[0][2] < 0:
            continue
        print('    processor so  clock so  said   seconds left: so, said')
        worst = 0
        for tenth in range(1, 11):
            near = [s for s in said if (s[1] - first[1]) / used <= tenth / 10 + 0.001]
            when, at, fraction, left = near[-1]
            so = (at - first[1]) / used
            worst = max(worst, abs(so - fraction))
            print(f'    {100 * so:9.0f} % {100 * (when - first[0]) / clock:7.0f} % {100 * fraction:5.0f} %'
                  f'   {end[0] - when:7.1f}, {left if left is not None else "-"}')
        last = said[-1]
        print(f'    most it was off: {100 * worst:.0f} points; silent at the end: {end[0] - last[0]:.1f} s, '
              f'{end[1] - last[1]:.1f} s of processor')


def main():
    cli, writer, folder = sys.argv[1:4]
    rows = int(sys.argv[4]) if len(sys.argv) > 4 else 1000000
    kinds = [sys.argv[5]] if len(sys.argv) > 5 else ['csv', 'xlsx']
    cancels = int(sys.argv[6]) if len(sys.argv) > 6 else 6
    os.makedirs(folder, exist_ok=True)
    secret = os.path.join(folder, 'secret')
    with open(secret, 'w') as file:
        file.write(SECRET)
    os.chmod(secret, 0o600)
    os.environ['CASECOUNT_PASSPHRASE_FILE'] = secret
    os.environ['LC_ALL'] = 'C.UTF-8'
    os.environ['XDG_DATA_HOME'] = os.path.join(folder, 'home')
    fine = True
    for kind in kinds:
        sheet = os.path.join(folder, f'list-{rows}.{kind}')
        if not os.path.exists(sheet):
            subprocess.run([writer, sheet, str(rows)], check=True)
        empty = os.path.join(folder, 'empty.casecount')
        if not os.path.exists(empty):
            command(cli, 'new', empty, '--country', 'BEN')
            command(cli, 'entity', empty, 'add', 'police', '--name', 'Police', '--type', 'POL')
        path = os.path.join(folder, 'large.casecount')
        shutil.copy(empty, path)
        arguments = [cli, 'import', path, sheet, '--entity', 'police', '--lang', 'en']
        print(f'{rows} rows from {kind}, {os.path.getsize(sheet) / 2 ** 20:.0f} MiB, '
              f'load {os.getloadavg()[0]:.1f}, {time.strftime("%Y-%m-%d %H:%M")}', flush=True)
        whole = Run(arguments)
        tell_progress(whole)
        print(f'  exit {whole.status}; {[s[2] for s in whole.said if s[3] is None][:1]}; '
              f'case file {os.path.getsize(path) / 2 ** 20:.0f} MiB', flush=True)
        fine = fine and whole.status == 0
        shutil.copy(empty, path)
        before = state(cli, path)
        for i in range(cancels):
            due = whole.processor * (i + 0.5) / cancels
            run = Run(arguments, lambda r: r.processor >= due)
            if run.answer is None:
                print(f'  asked to stop at {due:.1f} s of processor: it had ended before')
                continue
            after = state(cli, path)
            same = after[0] == before[0]
            fine = fine and same and run.status == 1
            print(f'  asked to stop at {due:.1f} s of processor ({run.at}): ended after {run.answer:.2f} s, '
                  f'{run.answer_processor:.2f} s of processor, exit {run.status}; '
                  f'{"as before" if same else "CHANGED"}, bytes {"the same" if after[1] == before[1] else "other"}',
                  flush=True)
    sys.exit(0 if fine else 1)


if __name__ == '__main__':
    main()
