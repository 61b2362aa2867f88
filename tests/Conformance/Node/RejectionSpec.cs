using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Rejections that nobody handles, in each mode. Rules from test-promise-unhandled-* and test-promises-*.</summary>
public sealed class RejectionSpec : NodeSpec
{
    [Fact, Pins("test-promise-unhandled-default", "test-promise-unhandled-throw")]
    public void By_default_it_is_an_uncaught_exception() => Assert.Equal(
        "UnhandledRejection:one UnhandledRejection:two", Run(UnhandledRejections.Throw, listens: false));

    [Fact, Pins("test-promise-unhandled-throw-handler")]
    public void A_listener_takes_it() => Assert.Equal("heard:one heard:two", Run(UnhandledRejections.Throw, listens: true));

    [Fact, Pins("test-promise-unhandled-error")]
    public void In_strict_mode_it_is_an_uncaught_exception_and_the_listener_is_told_too() => Assert.Equal(
        "UnhandledRejection:one heard:one UnhandledRejection:two heard:two", Run(UnhandledRejections.Strict, listens: true));

    [Fact, Pins("test-promise-unhandled-silent", "test-promise-unhandled-silent-no-hook")]
    public void Silent_means_the_listener_or_nothing()
    {
        Assert.Equal("heard:one heard:two", Run(UnhandledRejections.None, listens: true));
        Assert.Equal("", Run(UnhandledRejections.None, listens: false));
    }

    [Fact, Pins("test-promise-unhandled-warn", "test-promise-unhandled-warn-no-hook", "test-promises-warning-on-unhandled-rejection")]
    public void In_warning_mode_there_are_two_warnings_for_each_with_or_without_a_listener()
    {
        const string warning = "UnhandledPromiseRejectionWarning";
        Assert.Equal($"heard:one heard:two {warning} {warning} {warning} {warning}", Run(UnhandledRejections.Warn, listens: true));
        Assert.Equal($"{warning} {warning} {warning} {warning}", Run(UnhandledRejections.Warn, listens: false));
    }

    [Fact]
    public void With_an_error_code_the_loop_warns_goes_on_and_ends_with_1()
    {
        var loop = new NodeLoop(Virtual with { Rejections = UnhandledRejections.WarnWithErrorCode });
        var seen = new List<string>();
        var code = loop.Start(() =>
        {
            loop.Process.Warning += w => seen.Add(w.Name);
            Promise.Reject<int>(Bad());
            loop.SetTimeout(() => seen.Add("later"), 5);
        });
        Assert.Equal((1, "UnhandledPromiseRejectionWarning UnhandledPromiseRejectionWarning later"), (code, string.Join(' ', seen)));
    }

    [Fact, Pins("test-promise-handled-rejection-no-warning")]
    public void One_that_is_handled_in_the_same_drain_is_no_event() => Assert.Equal("caught", Trace(log =>
    {
        Loop.Process.UnhandledRejection += (_, _) => log("never");
        var rejected = Promise.Reject<int>(Bad());
        Tick(() => rejected.Catch(_ => log("caught")));
    }));

    [Fact, Pins("test-promises-unhandled-rejections")]
    public void One_that_is_handled_later_is_told_as_such() => Assert.Equal("unhandled same handled", Trace(log =>
    {
        var rejected = Promise.Reject<int>(Bad());
        Loop.Process.UnhandledRejection += (e, promise) =>
        {
            log("unhandled");
            if (promise == rejected) log("same");
        };
        Loop.Process.RejectionHandled += _ => log("handled");
        Immediate(() => rejected.Catch(_ => { }));
    }));

    [Fact, Pins("test-promise-reject-callback-exception")]
    public void A_listener_that_throws_is_an_uncaught_exception() => Assert.Equal("listener uncaught:inner later", Trace(log =>
    {
        Loop.Process.UncaughtException += e => log("uncaught:" + e.Message);
        Loop.Process.UnhandledRejection += (_, _) =>
        {
            log("listener");
            throw Bad("inner");
        };
        Promise.Reject<int>(Bad());
        After(2, () => log("later"));
    }));

    [Fact, Pins("test-promise-swallowed-event")]
    public void Settling_a_second_time_changes_nothing() => Assert.Equal("1", TraceAsync(async log => log((await new Promise<int>(r =>
    {
        r.Resolve(1);
        r.Resolve(2);
        r.Reject(Bad());
    })).ToString())));

    private static string Run(UnhandledRejections mode, bool listens) => Trace(Virtual with { Rejections = mode }, log =>
    {
        UncaughtOrigin? from = null;
        Loop.Process.UncaughtExceptionMonitor += (_, origin) => from = origin;
        if (mode is UnhandledRejections.Throw or UnhandledRejections.Strict)
            Loop.Process.UncaughtException += e => log($"{from}:{e.Message}");
        Loop.Process.Warning += w => log(w.Name);
        if (listens) Loop.Process.UnhandledRejection += (e, _) => log("heard:" + e.Message);
        _ = new Promise<int>(_ => throw Bad("one"));
        Promise.Reject<int>(Bad("two"));
        After(2, () => { });
    });
}
