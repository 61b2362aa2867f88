using System.Runtime.ExceptionServices;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>What the specifications of the Node loop share: a loop on a thread of its own, and what happened on it, in order.</summary>
public abstract class NodeSpec
{
    protected static readonly NodeLoopOptions Virtual = new() { VirtualTime = true };

    protected static readonly StreamOptions Objects = new() { ObjectMode = true };

    protected static NodeLoop Loop => NodeLoop.Current;

    /// <summary>What a body logs, with spaces between; time jumps, so nothing waits.</summary>
    protected static string Trace(Action<Action<string>> body) => Trace(Virtual, body);

    /// <summary>As <see cref="Trace(Action{Action{string}})"/>, in real time: for sockets, files and workers.</summary>
    protected static string TraceReal(Action<Action<string>> body) => Trace(new NodeLoopOptions(), body);

    protected static string TraceAsync(Func<Action<string>, Promise> body) => Trace(log => { _ = body(log); });

    protected static string TraceRealAsync(Func<Action<string>, Promise> body) => TraceReal(log => { _ = body(log); });

    protected static string Trace(NodeLoopOptions options, Action<Action<string>> body)
    {
        var log = new List<string>();
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                new NodeLoop(options).Start(() => body(log.Add));
            }
            catch (Exception thrown)
            {
                error = ExceptionDispatchInfo.Capture(thrown);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "The loop did not end. It logged: " + string.Join(' ', log.ToArray()));
        error?.Throw();
        return string.Join(' ', log);
    }

    protected static void Tick(Action callback) => Loop.NextTick(callback);

    protected static void Micro(Action callback) => Loop.QueueMicrotask(callback);

    protected static NodeTimeout After(double milliseconds, Action callback) => Loop.SetTimeout(callback, milliseconds);

    protected static NodeImmediate Immediate(Action callback) => Loop.SetImmediate(callback);

    protected static InvalidOperationException Bad(string message = "bad") => new(message);

    /// <summary>Awaits a body that is to fail.</summary>
    protected static async Promise<TError> Fails<TError>(Func<Promise> body)
        where TError : Exception
    {
        try
        {
            await body();
        }
        catch (Exception error)
        {
            return Assert.IsType<TError>(error, exactMatch: false);
        }

        throw new Xunit.Sdk.XunitException($"{typeof(TError).Name} was expected, and nothing was thrown.");
    }

    /// <summary>Lets the loop's time pass without giving the loop a chance.</summary>
    protected static void Spin(int milliseconds) => Busy.For(Loop.Core.Clock, TimeSpan.FromMilliseconds(milliseconds));

    protected static string Code(Exception? error) => error switch
    {
        null => "ok",
        StreamError stream => stream.Code,
        AbortError => "ABORT_ERR",
        _ => error.Message,
    };
}
