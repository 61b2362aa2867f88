using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Quintet.Multiprocessing.Workers;

/// <summary>Random bits that nobody can guess.</summary>
internal static unsafe partial class Chance
{
    internal static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        // The base library would load OpenSSL for this alone, which costs a program as much as starting a worker. The kernel is asked
        // instead, which is where OpenSSL takes them from.
        fixed (byte* start = bytes)
            if (OperatingSystem.IsLinux() && Random(start, (nuint)count, 0) == count) return bytes;
        RandomNumberGenerator.Fill(bytes);
        return bytes;
    }

    [LibraryImport("libc", EntryPoint = "getrandom")]
    private static partial nint Random(byte* buffer, nuint length, uint flags);
}
