"""The last step before a child runs, executed as a script in the child itself (`process.spawn`).

A script and not `preexec_fn`: that may deadlock once the parent has a thread, and Python 3.12 warns of it.

Arguments: parent-pid death-signal identity command...
"""

import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS, NO_SETUID_FIXUP = 28, 1 << 2
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
USER_INSIDE = 1000
NOBODY = 65534


def enter_user_namespace() -> None:
    """Be user 1000 for the binary (PostgreSQL refuses root) while the files stay root's.

    No user is made and no folder is opened up for others. Raises OSError where namespaces are barred.
    """
    uid, gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/gid_map").write_text(f"{USER_INSIDE} {gid} 1")
    Path("/proc/self/uid_map").write_text(f"{USER_INSIDE} {uid} 1")


def become_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def become_nobody_anywhere() -> None:
    """Nobody, but still allowed through closed folders: a project in /root of a container without namespaces.

    Keeps the one capability for that (CAP_DAC_OVERRIDE) over the change of user and over exec. Without the
    secure bit access(2), by which PostgreSQL looks for its own programs, would leave the capability out.
    Raises OSError.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    _checked(libc.prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP, 0, 0, 0), "securebits")
    become_nobody()
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    mask = 1 << CAP_DAC_OVERRIDE
    effective_permitted_inheritable = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    _checked(libc.capset(header, effective_permitted_inheritable), "capset")
    _checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0), "ambient")


def _checked(result: int, what: str) -> None:
    if result:
        raise OSError(ctypes.get_errno(), what)


IDENTITIES = {
    "self": lambda: None,
    "namespace": enter_user_namespace,
    "nobody": become_nobody,
    "nobody_anywhere": become_nobody_anywhere,
}


def die_with_parent(parent: int, death_signal: int) -> None:
    """Ask the kernel for `death_signal` when the parent goes, kill -9 included.

    After every change of user, because such a change clears it. Elsewhere than on Linux there is no such
    thing: there the next start finds the server and stops it first.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:
        sys.exit("parent went before we began")


def main(arguments: list[str]) -> None:
    parent, death_signal, identity, *command = arguments
    IDENTITIES[identity]()
    die_with_parent(int(parent), int(death_signal))
    os.execv(command[0], command)  # noqa: S606  no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
