using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Values that follow callbacks. Rules from test-async-local-storage-*.</summary>
public sealed class StorageSpec : NodeSpec
{
    private readonly AsyncLocalStorage<string> _storage = new();

    private string Value => _storage.GetStore() ?? "none";

    [Fact, Pins("test-async-local-storage-nested", "test-async-local-storage-args")]
    public void Runs_nest_and_give_their_result() => Assert.Equal("outer inner outer none 42", Trace(log =>
    {
        _storage.Run("outer", () =>
        {
            log(Value);
            _storage.Run("inner", () => log(Value));
            log(Value);
        });
        log(Value);
        log(_storage.Run("x", () => 42).ToString());
    }));

    [Fact, Pins("test-async-local-storage-async-await", "test-async-local-storage-async-functions", "test-async-local-storage-promises")]
    public void It_follows_awaits_and_reactions() => Assert.Equal("a a then:b a", TraceAsync(async log =>
    {
        await _storage.Run("a", Body);

        async Promise Body()
        {
            await Promise.Resolve();
            log(Value);
            await Loop.Delay(5);
            log(Value);
            _ = _storage.Run("b", () => Promise.Resolve().Then(() => log("then:" + Value)));
            await Loop.Delay(5);
            log(Value);
        }
    }));

    [Fact, Pins("test-async-local-storage-no-mix-contexts", "test-async-local-storage-misc-stores")]
    public void Two_storages_and_two_runs_do_not_mix() => Assert.Equal("1:none none:2 1:2 tick:1", Trace(log =>
    {
        var other = new AsyncLocalStorage<string>();
        string Both() => $"{Value}:{other.GetStore() ?? "none"}";
        _storage.Run("1", () =>
        {
            log(Both());
            other.Run("2", () => _storage.Exit(() => log(Both())));
            other.Run("2", () => log(Both()));
            Tick(() => log("tick:" + Value));
        });
        _storage.Run("3", () => { });
    }));

    [Fact, Pins("test-async-local-storage-enter-with", "test-async-local-storage-enable-disable")]
    public void Entering_lasts_for_the_callback_and_all_that_it_starts() => Assert.Equal(
        "x none tick:x immediate:x later:none",
        Trace(log =>
    {
        Immediate(() =>
        {
            _storage.EnterWith("x");
            log(Value);
            Tick(() => log("tick:" + Value));
            Immediate(() => log("immediate:" + Value));
            _storage.Clear();
            log(Value);
        });
        After(20, () => log("later:" + Value));
    }));

    [Fact, Pins("test-async-local-storage-errors")]
    public void What_throws_leaves_the_value_as_it_was() => Assert.Equal("bad none", Trace(log =>
    {
        try
        {
            _storage.Run("x", () => throw Bad());
        }
        catch (InvalidOperationException e)
        {
            log(e.Message);
        }

        log(Value);
    }));

    [Fact, Pins("test-async-local-storage-bind")]
    public void A_bound_callback_sees_the_values_of_its_binding() => Assert.Equal("a:1 b", Trace(log =>
    {
        var bound = _storage.Run("a", () => AsyncLocalStorage.Bind<int>(n => log($"{Value}:{n}")));
        _storage.Run("b", () =>
        {
            bound(1);
            log(Value);
        });
    }));

    [Fact, Pins("test-async-local-storage-snapshot")]
    public void A_snapshot_runs_others_with_its_values() => Assert.Equal("a b tick:a", Trace(log =>
    {
        var run = _storage.Run("a", AsyncLocalStorage.Snapshot);
        _storage.Run("b", () =>
        {
            run(() =>
            {
                log(Value);
                Tick(() => log("tick:" + Value));
            });
            log(Value);
        });
    }));

    [Fact, Pins("test-async-local-storage-exit-does-not-leak", "test-async-local-storage-deep-stack")]
    public void Outside_of_a_run_there_is_no_value_however_deep() => Assert.Equal("none a none", Trace(log =>
    {
        void Deep(int n)
        {
            if (n == 0) log(Value);
            else _storage.Run("x", () => _storage.Exit(() => Deep(n - 1)));
        }

        Deep(200);
        _storage.Run("a", () => log(Value));
        log(Value);
    }));

    [Fact, Pins("test-async-local-storage-thenable")]
    public void It_follows_a_thenable() => Assert.Equal("x x", Trace(log => _storage.Run("x", () =>
    {
        new Promise<int>(r => r.Resolve(new Thenable(() => log(Value)))).Then(_ => log(Value));
    })));

    [Fact, Pins("test-async-local-storage-socket", "test-async-local-storage-contexts")]
    public void It_follows_work_in_the_pool_and_timers() => Assert.Equal("timer:x work:x", TraceReal(log => _storage.Run("x", () =>
    {
        After(1, () =>
        {
            log("timer:" + Value);
            Loop.QueueWork(() => 1, (_, _) => log("work:" + Value));
        });
    })));

    private sealed class Thenable(Action called) : IThenable<int>
    {
        public void Then(Action<int> onFulfilled, Action<Exception> onRejected)
        {
            called();
            onFulfilled(1);
        }
    }
}
