using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Stores
{
    private async Promise Streams()
    {
        var r = _s.Run("reader made", () => new Readable<string>(
            self =>
            {
                Log("read");
                self.Push("x");
                self.PushEnd();
            },
            new() { ObjectMode = true }));
        _s.Run("data", () => r.OnData(_ => Log("data")));
        _s.Run("end", () => r.On("end", Say("end")));
        await _loop.Delay(10);
        var w = _s.Run("writer made", () => new Writable<int>(
            (c, taken) =>
            {
                Log("write " + c);
                Immediate(() => taken(null));
            },
            done =>
            {
                Log("final");
                done(null);
            },
            new() { ObjectMode = true }));
        _s.Run("first", () => w.Write(1, _ => Log("written 1")));
        _s.Run("second", () => w.Write(2, _ => Log("written 2")));
        _s.Run("ender", () => w.End(_ => Log("ended")));
        await _loop.Delay(20);
    }

    private async Promise Ports()
    {
        var channel = _s.Run("channel", () => new MessageChannel());
        _s.Run("listener", () => channel.Port2.On("message", () =>
        {
            Log("message");
            channel.Port2.Close();
        }));
        _s.Run("sender", () => channel.Port1.PostMessage(1));
        await _loop.Delay(50);
    }

    private async Promise Files()
    {
        await _s.Run("stat", () => new Promise<bool>(r => NodeFs.Stat(ThisFile, (_, _) =>
        {
            Log("stat");
            r.Resolve(true);
        })));
        Log("after");
        await _s.Run("promise", async Promise () =>
        {
            await NodeFs.Stat(ThisFile);
            Log("promise");
        });
        Log("after");
    }

    private async Promise Nested()
    {
        _s.Run("a", () =>
        {
            _s.Run("b", () =>
            {
                _s.Exit(() =>
                {
                    Log("exit");
                    Immediate(Say("immediate of exit"));
                });
                Log("b");
            });
            Log("a");
        });
        try
        {
            _s.Run("throws", () =>
            {
                _s.EnterWith("entered");
                throw new InvalidOperationException();
            });
        }
        catch (InvalidOperationException)
        {
            Log("caught");
        }

        var snapshot = _s.Run("snap", AsyncLocalStorage.Snapshot);
        _s.Run("other", () =>
        {
            snapshot(() =>
            {
                Log("snapshot");
                _loop.QueueMicrotask(Say("micro of snapshot"));
            });
            _loop.QueueMicrotask(Say("micro of other"));
        });
        _loop.QueueMicrotask(Say("plain micro"));
        await Promise.Resolve();
    }
}
