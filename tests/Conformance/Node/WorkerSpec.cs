using System.Text;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Workers. Rules from test-worker-*.</summary>
public sealed class WorkerSpec : NodeSpec
{
    private static void Watch(Worker worker, Action<string> log)
    {
        worker.On<Exception>("error", e => log("error:" + e.Message));
        worker.On<int>("exit", code => log("exit:" + code));
    }

    private static NodeProcess Process => NodeLoop.Current.Process;

    [Fact, Pins("test-worker")]
    public void It_is_online_sends_and_ends() => Assert.Equal("online Hello exit:0", TraceReal(log =>
    {
        Assert.True(Worker.IsMainThread);
        var w = new Worker(() => Worker.ParentPort!.PostMessage(Worker.IsMainThread ? "never" : "Hello"));
        w.On("online", () => log("online"));
        w.On<string>("message", log);
        Watch(w, log);
    }));

    [Fact, Pins("test-worker-exit-code")]
    public void The_exit_code_is_the_loops() => Assert.Equal("exit:42 exit:98 exit:7 exit:1", TraceRealAsync(async log =>
    {
        async Promise End(Action main)
        {
            var w = new Worker(main);
            w.On<Exception>("error", _ => { });
            log("exit:" + await EventEmitter.Once<int>(w, "exit").Then(code => code));
        }

        await End(() => Process.ExitCode = 42);
        await End(() =>
        {
            Process.ExitCode = 42;
            Process.Exit += _ => Process.ExitCode = 98;
        });
        await End(() => NodeLoop.Current.Exit(7));
        var failing = new Worker(() => NodeLoop.Current.SetImmediate(() => throw Bad()));
        failing.On<Exception>("error", _ => { });
        var (ended, resolver) = Promise.WithResolvers<int>();
        failing.On<int>("exit", resolver.Resolve);
        log("exit:" + await ended);
    }));

    [Fact, Pins("test-worker-exit-from-uncaught-exception", "test-worker-non-fatal-uncaught-exception")]
    public void A_worker_may_take_its_own_exceptions() => Assert.Equal("exit:0 exit:42", TraceReal(log =>
    {
        var w = new Worker(() =>
        {
            Process.UncaughtException += _ => { };
            throw Bad();
        });
        Watch(w, log);
        w.On("exit", () => Watch(
            new Worker(() =>
            {
                Process.UncaughtException += _ => NodeLoop.Current.Exit(42);
                throw Bad();
            }),
            log));
    }));

    [Fact, Pins("test-worker-uncaught-exception", "test-worker-uncaught-exception-async")]
    public void An_exception_that_nobody_takes_is_an_error_then_exit_1() => Assert.Equal("exits:1 error:bad exit:1", TraceReal(log =>
    {
        var w = new Worker(() =>
        {
            Process.Exit += _ => Worker.ParentPort!.PostMessage("exits:1");
            NodeLoop.Current.SetTimeout(() => Worker.ParentPort!.PostMessage("never"), 60_000);
            NodeLoop.Current.SetImmediate(() => throw Bad());
        });
        w.On<string>("message", log);
        Watch(w, log);
    }));

    [Fact, Pins("test-worker-beforeexit-throw-exit")]
    public void Throwing_before_its_end_is_an_error_too() => Assert.Equal("error:banana exit:1", TraceReal(log => Watch(
        new Worker(() => Process.BeforeExit += _ => throw Bad("banana")),
        log)));

    // Not one of Node's: an error of a worker that nobody listens for is an exception of the parent, and its exit still comes.
    [Fact]
    public void An_error_without_a_listener_is_an_uncaught_exception_of_the_parent() => Assert.Equal("uncaught:bad exit:1", TraceReal(log =>
    {
        Loop.Process.UncaughtException += e => log("uncaught:" + e.Message);
        new Worker(() => throw Bad()).On<int>("exit", code => log("exit:" + code));
    }));

    [Fact, Pins("test-worker-terminate-timers", "test-worker-cleanup-handles")]
    public void Terminating_ends_what_would_go_on_for_ever() => Assert.Equal("up exit:1 1", TraceReal(log =>
    {
        var w = new Worker(() =>
        {
            NodeLoop.Current.SetInterval(() => { }, 1000);
            Worker.ParentPort!.PostMessage("up");
        });
        Watch(w, log);
        w.On<string>("message", m =>
        {
            log(m);
            w.Terminate().Then(code => log(code.ToString()));
        });
    }));

    [Fact, Pins("test-worker-terminate-microtask-loop", "test-worker-nexttick-terminate")]
    public void Terminating_ends_ticks_and_microtasks_without_end() => Assert.Equal("up exit:1", TraceReal(log =>
    {
        var w = new Worker(() =>
        {
            void Again() => Promise.Resolve().Then(Again);
            Again();
            Worker.ParentPort!.PostMessage("up");
        });
        Watch(w, log);
        w.On<string>("message", m =>
        {
            log(m);
            w.Terminate();
        });
    }));

    [Fact, Pins("test-worker-terminate-nested", "test-worker-nested-on-process-exit", "test-worker-on-process-exit")]
    public void A_worker_ends_its_own_workers_with_itself()
    {
        using var ended = new ManualResetEventSlim();
        Assert.Equal("up exit:1", TraceReal(log =>
        {
            var w = new Worker(() =>
            {
                var parent = Worker.ParentPort!;
                var inner = new Worker(() =>
                {
                    NodeLoop.Current.SetInterval(() => { }, 1000);
                    Process.Exit += _ => log("never");
                    NodeLoop.Current.Leaving += ended.Set;
                });
                inner.On("online", () => parent.PostMessage("up"));
            });
            Watch(w, log);
            w.On<string>("message", m =>
            {
                log(m);
                w.Terminate();
            });
        }));
        Assert.True(ended.Wait(TimeSpan.FromSeconds(60)));
    }

    [Fact, Pins("test-worker-ref", "test-worker-hasref")]
    public void Without_a_ref_it_does_not_hold_its_parent_and_can_be_taken_back() => Assert.Equal(
        "False before True got:hi exit:0",
        TraceReal(
        log =>
        {
            var w = new Worker(() => Worker.ParentPort!.Once<string>("message", m => Worker.ParentPort!.PostMessage("got:" + m)));
            w.Unref();
            log(w.HasRef.ToString());
            var revived = false;
            Loop.Process.BeforeExit += _ =>
            {
                if (revived) return;
                revived = true;
                log("before");
                log(w.Ref().HasRef.ToString());
                w.PostMessage("hi");
            };
            w.On<string>("message", log);
            Watch(w, log);
        }));

    [Fact, Pins("test-worker-ref-onexit")]
    public void One_without_a_ref_is_ended_with_its_parent_without_an_event() => Assert.Equal("exit", TraceReal(log =>
    {
        var w = new Worker(() => NodeLoop.Current.SetInterval(() => { }, 100));
        w.Unref();
        w.On("exit", () => log("never"));
        Loop.Process.Exit += _ => log("exit");
    }));

    [Fact, Pins("test-worker-unref-from-message-during-exit")]
    public void Giving_up_the_ref_while_it_exits_does_no_harm() => Assert.Equal("message", TraceReal(log =>
    {
        var w = new Worker(() => Worker.ParentPort!.PostMessage("message"));
        w.On<string>("message", m =>
        {
            log(m);
            w.Unref();
        });
        Spin(30);
    }));

    [Fact, Pins("test-worker-parent-port-ref")]
    public void A_port_that_nobody_listens_to_any_more_does_not_hold_the_worker() => Assert.Equal("exit:0", TraceReal(log => Watch(
        new Worker(() =>
        {
            static void Nothing() { }
            Worker.ParentPort!.On("message", Nothing);
            Worker.ParentPort!.Off("message", Nothing);
        }),
        log)));

    [Fact, Pins("test-worker-environmentdata")]
    public void Environment_data_goes_down_as_it_was_when_the_worker_began() => Assert.Equal("bar none", TraceReal(log =>
    {
        Worker.SetEnvironmentData("foo", "bar");
        Worker.SetEnvironmentData("gone", "x");
        Worker.SetEnvironmentData("gone", null);
        var w = new Worker(() => new Worker(() => { }).On("exit", () => Worker.ParentPort!.PostMessage(
            $"{Worker.GetEnvironmentData("foo")} {Worker.GetEnvironmentData("gone") ?? "none"}")));
        Worker.SetEnvironmentData("foo", "changed");
        w.On<string>("message", log);
    }));

    [Fact, Pins("test-worker-name", "test-worker-resource-limits", "test-worker-stack-overflow-stack-size")]
    public void It_has_a_name_a_number_and_the_stack_that_is_asked_for() => Assert.Equal("Hello 200000 exit:0", TraceReal(log =>
    {
        static int Deep(int n) => n == 0 ? 0 : 1 + Deep(n - 1);
        var w = new Worker(
            () =>
            {
                Worker.ParentPort!.PostMessage(Thread.CurrentThread.Name!);
                Worker.ParentPort!.PostMessage(Deep(200_000).ToString());
            },
            new WorkerOptions { Name = "Hello", StackSizeMb = 64 });
        Assert.Equal("Hello", w.Name);
        Assert.True(new Worker(() => { }).ThreadId > w.ThreadId);
        w.On<string>("message", log);
        Watch(w, log);
    }));

    [Fact, Pins("test-worker-stdio", "test-worker-message-port-drain")]
    public void What_it_writes_comes_out_of_its_stream_before_its_exit() => Assert.Equal("onetwo end exit:0", TraceReal(log =>
    {
        var w = new Worker(
            () =>
            {
                Process.Output.Write(Encoding.UTF8.GetBytes("one"));
                Process.Output.Write(Encoding.UTF8.GetBytes("two"));
            },
            new WorkerOptions { Output = true });
        var all = "";
        w.Output.SetEncoding().OnData(text => all += text);
        w.Output.On("end", () =>
        {
            log(all);
            log("end");
        });
        w.On<int>("exit", code => Immediate(() => log("exit:" + code)));
    }));

    [Fact, Pins("test-worker-type-check", "test-worker-invalid-workerdata")]
    public void Without_a_main_or_with_data_that_cannot_be_copied_nothing_is_started() => TraceReal(_ =>
    {
        Assert.Throws<ArgumentNullException>(() => new Worker(null!));
        Assert.Throws<DataCloneException>(() => Worker.Start<Action>(() => { }, _ => { }));
    });

    [Fact, Pins("test-worker-onmessage", "test-worker-cjs-workerdata")]
    public void Its_data_is_a_copy_and_messages_may_be_nothing() => Assert.Equal("4 null 1", TraceReal(log =>
    {
        var data = new[] { 1, 2 };
        var w = Worker.Start(data, copy =>
        {
            copy[0] = 99;
            Worker.ParentPort!.PostMessage<object?>(copy[1] * 2);
            Worker.ParentPort!.PostMessage<object?>(null);
        });
        w.On<object?>("message", m => log(m?.ToString() ?? "null"));
        w.On("exit", () => log(data[0].ToString()));
    }));

    [Fact, Pins("test-worker-workerdata-messageport", "test-worker-message-port-message-before-close")]
    public void A_port_can_be_handed_over_with_the_data() => Assert.Equal("first last closed", TraceReal(log =>
    {
        var channel = new MessageChannel();
        channel.Port1.On<string>("message", log);
        channel.Port1.On("close", () => log("closed"));
        Worker.Start(
            new Package { Port = channel.Port2 },
            package =>
            {
                package.Port!.PostMessage("first");
                package.Port!.PostMessage("last");
                package.Port!.Close();
            },
            new WorkerOptions(),
            channel.Port2);
    }));

    [Fact, Pins("test-worker-eventlooputil")]
    public void Its_utilisation_is_its_own() => Assert.Equal("True", TraceReal(log =>
    {
        var w = new Worker(() =>
        {
            Spin(20);
            Worker.ParentPort!.PostMessage(NodeLoop.Current.EventLoopUtilization().Active >= 20);
        });
        w.On<bool>("message", m => log(m.ToString()));
    }));

    public sealed class Package
    {
        public MessagePort? Port { get; set; }
    }
}
