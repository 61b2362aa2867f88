// How the poller of Linux works
// -----------------------------
// One epoll descriptor, level-triggered, and an eventfd in it that other threads write to, edge-triggered: it tells of each write once and
// is never read. Descriptors index an array of targets; a target that is taken out while a batch of events is walked is found missing and
// skipped, and a descriptor that was closed and opened anew within the batch is recognised by the number of its registration, which
// travels in the upper half of the event's data.
//
// Ownership: the loop's thread, except Wake.
// Source: epoll(7), eventfd(2); CPython selectors.EpollSelector and libuv uv__io_poll do the same.

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Quintet.Loops;

/// <summary>The poller on Linux.</summary>
internal sealed unsafe partial class EpollPoller : Poller
{
    private const int MaxEvents = 512;
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;
    private const int Interrupted = 4;
    private const ulong WakeData = ulong.MaxValue;
    private const PollEvents EdgeTriggered = (PollEvents)0x80000000;

    /// <summary>The kernel packs the event on x86 only.</summary>
    private static readonly int Packed = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    private readonly int _epoll;
    private readonly int _wake;
    private byte* _events;
    private Registration[] _registrations = new Registration[64];
    private uint _number;
    private int _found;

    internal EpollPoller()
    {
        const int closeOnExec = 0x80000;
        const int nonBlocking = 0x800;
        _epoll = epoll_create1(closeOnExec);
        if (_epoll < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        _wake = eventfd(0, nonBlocking | closeOnExec);
        if (_wake < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        _events = (byte*)NativeMemory.AllocZeroed((nuint)(MaxEvents * (Packed + 8)));
        Control(Add, _wake, PollEvents.Readable | EdgeTriggered, WakeData);
    }

    ~EpollPoller() => Release();

    public override void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    internal override void Wake()
    {
        ulong one = 1;
        _ = write(_wake, &one, 8);
    }

    internal override void Wait(int milliseconds)
    {
        _found = milliseconds == 0
            ? epoll_wait_now(_epoll, _events, MaxEvents, 0)
            : epoll_wait(_epoll, _events, MaxEvents, milliseconds);
        if (_found >= 0) return;
        var error = milliseconds == 0 ? Interrupted : Marshal.GetLastPInvokeError();
        _found = 0;
        if (error != Interrupted) throw new Win32Exception(error);
    }

    internal override int Tell(ILoopHost host)
    {
        var (found, ready) = (_found, 0);
        _found = 0;
        for (var i = 0; i < found; i++)
        {
            var entry = _events + i * (Packed + 8);
            var data = *(ulong*)(entry + Packed);
            if (data == WakeData) continue;

            ref var registration = ref _registrations[(int)(uint)data];
            if (registration.Target is null || registration.Number != (uint)(data >> 32)) continue;
            ready++;
            host.OnReady(registration.Target, (PollEvents)(*(uint*)entry));
        }

        return ready;
    }

    private protected override void Change(PollTarget target, PollEvents interest)
    {
        var descriptor = (int)target.Socket.Handle;
        if (interest == PollEvents.None)
        {
            _registrations[descriptor].Target = null;
            // A socket that was closed has left the set by itself.
            if (!target.Socket.SafeHandle.IsClosed) _ = Control(Delete, descriptor, 0, 0, tolerate: true);
            return;
        }

        if (descriptor >= _registrations.Length)
            Array.Resize(ref _registrations, Math.Max(descriptor + 1, _registrations.Length * 2));
        ref var registration = ref _registrations[descriptor];
        var operation = target.Interest == PollEvents.None ? Add : Modify;
        if (operation == Add) registration = new Registration { Target = target, Number = ++_number };
        Control(operation, descriptor, interest, ((ulong)registration.Number << 32) | (uint)descriptor);
    }

    private bool Control(int operation, int descriptor, PollEvents interest, ulong data, bool tolerate = false)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = (uint)interest;
        *(ulong*)(entry + Packed) = data;
        if (epoll_ctl(_epoll, operation, descriptor, entry) == 0) return true;
        return tolerate ? false : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private void Release()
    {
        if (_events is null) return;
        NativeMemory.Free(_events);
        _events = null;
        _ = close(_epoll);
        _ = close(_wake);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint value, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int descriptor, void* entry);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(int epoll, void* events, int max, int timeout);

    /// <summary>A look that does not wait takes a fraction of a microsecond, less than leaving managed code in the ordinary way.</summary>
    [LibraryImport("libc", EntryPoint = "epoll_wait"), SuppressGCTransition]
    private static partial int epoll_wait_now(int epoll, void* events, int max, int timeout);

    [LibraryImport("libc")]
    private static partial nint write(int descriptor, void* buffer, nint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    private struct Registration
    {
        internal PollTarget? Target;
        internal uint Number;
    }
}
