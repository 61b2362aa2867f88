using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Quintet.Tests.Runtime;

internal static class Debugging
{
    // A failed assertion throws where it failed, instead of ending the test process.
    [ModuleInitializer]
    internal static void AssertionsThrow()
    {
        Trace.Listeners.Clear();
        Trace.Listeners.Add(new Thrower());
    }

    private sealed class Thrower : TraceListener
    {
        public override void Fail(string? message, string? detailMessage) =>
            throw new InvalidOperationException($"assertion: {message} {detailMessage}");

        public override void Write(string? message)
        {
        }

        public override void WriteLine(string? message)
        {
        }
    }
}
