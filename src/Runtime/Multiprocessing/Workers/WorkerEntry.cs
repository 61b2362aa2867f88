// How a worker comes to life
// --------------------------
// The parent starts its own program once more with an environment variable that says "worker" and names this assembly as a start-up hook.
// The runtime runs the hook before Main; the hook never returns. So no guard is needed in Main, and none of its side effects happens twice.
// Native AOT has no hooks: there the generated module initialiser, which also runs before Main, does the same. Under the JIT it must not,
// because other threads would wait for the initialiser of the module that it blocks.
//
// If a worker comes as far as user code without a hook (start-up hooks switched off, no generator), whichever of our entry points sees it
// first ends it with a code that the parent turns into one clear error. A worker can therefore never start workers of its own by accident.
//
// Source: dotnet/runtime docs/design/features/host-startup-hook.md; CPython's "safe importing of main module".

using System.Text;
using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing.Workers;

/// <summary>Turns this process into a worker if it was started as one.</summary>
internal static class WorkerEntry
{
    internal const string Mark = "QUINTET_WORKER";
    internal const string HooksBefore = "QUINTET_WORKER_HOOKS_BEFORE";
    internal const string StartupHooks = "DOTNET_STARTUP_HOOKS";
    internal const int NoHook = 170;
    internal const int BadInvitation = 171;
    internal const int ParentGone = 172;

    private static volatile bool _isWorker;

    internal static bool IsWorker => _isWorker;

    /// <summary>Whether this process was started as a worker and nothing has made it one.</summary>
    internal static bool IsStrayWorker => !_isWorker && Environment.GetEnvironmentVariable(Mark) is not null;

    internal static void RunIfWorker()
    {
        if (!IsStrayWorker) return;
        _isWorker = true;
        Environment.SetEnvironmentVariable(Mark, null);
        var before = Environment.GetEnvironmentVariable(HooksBefore);
        Environment.SetEnvironmentVariable(StartupHooks, string.IsNullOrEmpty(before) ? null : before);
        Environment.SetEnvironmentVariable(HooksBefore, null);
        Run();
    }

    /// <exception cref="WorkerStartException">This process is a worker.</exception>
    internal static void RequireMayStart(bool allowInWorker, string what)
    {
        if (!IsStrayWorker && (!IsWorker || allowInWorker)) return;
        throw new WorkerStartException(
            $"A worker process made a {what}. Workers of workers multiply; set AllowInWorker if that is what you want.");
    }

    internal static void EndStrayWorker()
    {
        if (IsStrayWorker) HardExit.Now(NoHook);
    }

    private static void Run()
    {
        var input = WorkerInput.Take();
        WorkerInvitation invitation;
        try
        {
            invitation = WorkerInvitation.Parse(ReadLine(input));
        }
        catch (Exception)
        {
            HardExit.Now(BadInvitation);
            return;
        }
        WorkerCulture.Use(invitation.Cultures);
        var control = new WorkerControl(input, invitation.SocketPath);
        control.Start();
        var code = 0;
        var socket = LocalSocket.Create();
        try
        {
            socket.Connect(invitation.SocketPath);
            if (!socket.IsFrom(invitation.ParentId)) HardExit.Now(BadInvitation);
            var loop = new WorkerLoop(socket, WorkerBoard.Open(invitation.BoardAddress), control, invitation);
            loop.Run();
            code = loop.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            HardExit.Now(ParentGone);
        }
        Environment.Exit(code);
    }

    private static string ReadLine(Stream input)
    {
        var line = new StringBuilder();
        for (var next = input.ReadByte(); next != '\n'; next = input.ReadByte())
        {
            if (next < 0 || line.Length > 4096) throw new EndOfStreamException();
            line.Append((char)next);
        }
        return line.ToString();
    }
}
