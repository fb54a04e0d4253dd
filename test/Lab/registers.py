"""The guest kernel on a processor whose registers it cannot keep.

User Mode Linux 6.1 has room for 2,696 octets of a process's registers and asks its host for all of them at once (ptrace, NT_X86_XSTATE). A host with
AMX has 11,008, gives all or nothing, and the guest ends at its first process. Where the question is refused the guest takes the 512 octets of
FXSAVE. These are all that its programs use when their C library is told that the processor has no wider ones.
"""
import ctypes, errno, struct

# Seccomp's words for: ptrace(PTRACE_GETREGSET, pid, NT_X86_XSTATE, ...) on x86-64 fails with EINVAL, all else is as it is.
LOAD, IS, RETURN = 0x20, 0x15, 0x06
ARCH, NUMBER, FIRST, THIRD = 4, 0, 16, 32
FILTER = ((LOAD, 0, 0, ARCH), (IS, 0, 7, 0xC000003E), (LOAD, 0, 0, NUMBER), (IS, 0, 5, 101), (LOAD, 0, 0, FIRST), (IS, 0, 3, 0x4204),
          (LOAD, 0, 0, THIRD), (IS, 0, 1, 0x202), (RETURN, 0, 0, 0x50000 | errno.EINVAL), (RETURN, 0, 0, 0x7FFF0000))
NARROW = "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ,-AVX_Fast_Unaligned_Load"


def too_wide():
    """Whether this machine's registers are more than the guest kernel keeps."""
    with open("/proc/cpuinfo") as f:
        return any(line.startswith("flags") and "amx_tile" in line.split() for line in f)


def refuse():
    """In the process that becomes the guest kernel: refuse it and its children the question. Needs root."""
    code = b"".join(struct.pack("=HBBI", *word) for word in FILTER)
    kept = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(FILTER), ctypes.addressof(kept)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(22, 2, ctypes.byref(program), 0, 0) != 0:  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        raise OSError(ctypes.get_errno(), "seccomp")
