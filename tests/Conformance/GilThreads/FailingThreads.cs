using Quintet.GilThreads;

namespace Quintet.Tests.Conformance.GilThreads;

/// <summary>Threads that fail, in a process whose error stream is looked at.</summary>
internal static class FailingThreads
{
    internal static void Fail() => throw new FormatException("run failed");

    internal static string ByDefault() => Told(static _ => { });

    internal static string WithAHook() =>
        Told(static gil => gil.ThreadFailed += static (_, _) => Console.Error.Write("Running a thread failed"));

    internal static string WithAHookThatFails() =>
        Told(static gil => gil.ThreadFailed += static (_, _) => throw new InvalidDataException("hook failed"));

    /// <summary>Whether this process, whose error stream is closed, is still there when a thread has failed.</summary>
    internal static bool WithoutAnErrorStream()
    {
        var closed = new StreamWriter(new MemoryStream()) { AutoFlush = true };
        closed.Dispose();
        return Told(static _ => { }, closed).IsEnded;
    }

    private static string Told(Action<GlobalInterpreterLock> prepare)
    {
        var told = new StringWriter();
        Told(prepare, told);
        return told.ToString();
    }

    private static (bool IsEnded, Exception? Exception) Told(Action<GlobalInterpreterLock> prepare, TextWriter errors)
    {
        var before = Console.Error;
        Console.SetError(errors);
        try
        {
            using var gil = new GlobalInterpreterLock();
            prepare(gil);
            var thread = gil.StartThread(Fail, "excepthook thread");
            return (thread.Join(Patience.OfAWait), thread.Exception);
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
