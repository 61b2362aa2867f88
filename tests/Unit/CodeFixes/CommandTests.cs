using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>What a command executes may return before it is done, where executing the command does nothing else afterwards.</summary>
public sealed class CommandTests
{
    private const string Head = FixLab.Usings + """
        using System.Diagnostics;
        using System.Windows.Input;


        """;

    private const string Execute = "public void Execute(object? parameter) => _execute(parameter);";

    private static readonly QNT5001BlockingCallOnEventLoopFix Fix = new();

    private static string Command(string execute, string more = "") => FixLab.Usings + $$"""
        using System.Windows.Input;

        class Relay : ICommand
        {
            readonly Action<object?> _execute;
            public Relay(Action<object?> execute) => _execute = execute;
            public event EventHandler? CanExecuteChanged;
            public bool CanExecute(object? parameter) => CanExecuteChanged is null;
            {{execute}}{{more}}
        }

        """;

    private static string Model(string lambda, string members = "") => Head + $$"""
        class Model
        {
            public ICommand Save { get; }
            public Model()
            {
                Save = new Relay({{lambda}});
            }{{members}}
        }

        """;

    private static string Guarded(string parameter, string statement) => $$"""
        async {{parameter}} =>
                {
                    try
                    {
                        {{statement}}
                    }
                    catch (Exception exception)
                    {
                        Trace.TraceError(exception.ToString());
                    }
                }
        """;

    private static FixLab Lab(string execute, string lambda, string more = "", string members = "") =>
        FixLab.Of([Model(lambda, members), Command(execute, more)]);

    [Theory]
    [InlineData("_ => [|Thread.Sleep(1)|]", "_")]
    [InlineData("p => { [|Thread.Sleep(1)|]; }", "p")]
    [InlineData("(p) => [|Thread.Sleep(1)|]", "(p)")]
    public Task A_lambda_given_to_a_command_becomes_async_with_a_try(string lambda, string parameter) => FixAssert.BecomesAsync(
        Fix, Lab(Execute, lambda), [Model(Guarded(parameter, "await Task.Delay(1);")), Command(Execute)],
        "Make 'lambda' async (the handler can run again while it awaits)");

    [Fact]
    public Task A_try_that_is_there_already_is_enough() => FixAssert.BecomesAsync(
        Fix, Lab(Execute, "_ => { try { [|Thread.Sleep(1)|]; } catch (Exception e) { Debug.WriteLine(e); } }"),
        [Model("async _ => { try { await Task.Delay(1); } catch (Exception e) { Debug.WriteLine(e); } }"), Command(Execute)]);

    [Theory]
    [InlineData("public void Execute(object? parameter) { if (CanExecute(parameter)) _execute?.Invoke(parameter); }", true)]
    [InlineData("public void Execute(object? parameter) { if (CanExecute(parameter)) { _execute.Invoke(parameter); } }", true)]
    // The near misses: something is done afterwards, one way or the other.
    [InlineData("public void Execute(object? parameter) { _execute(parameter); CanExecuteChanged?.Invoke(this, EventArgs.Empty); }", false)]
    [InlineData("public void Execute(object? parameter) { try { _execute(parameter); } finally { Debug(); } } void Debug() { }", false)]
    public async Task Executing_ends_with_what_the_command_was_given(string execute, bool isOffered)
    {
        var lab = Lab(execute, "_ => [|Thread.Sleep(1)|]");
        if (isOffered)
            await FixAssert.BecomesAsync(Fix, lab, [Model(Guarded("_", "await Task.Delay(1);")), Command(execute)]);
        else
            await FixAssert.RefusedAsync(Fix, lab);
    }

    [Fact]
    public Task A_command_that_takes_asynchronous_work_too_is_left_to_its_author() => FixAssert.RefusedAsync(
        Fix, Lab(Execute, "_ => [|Thread.Sleep(1)|]", " public Relay(Func<object?, Task> execute) => _execute = p => execute(p);"));

    [Fact]
    public Task What_is_no_command_waits_for_its_lambda() => FixAssert.RefusedAsync(
        Fix, FixLab.Of([Model("_ => [|Thread.Sleep(1)|]").Replace("ICommand Save", "Relay Save", StringComparison.Ordinal),
            Command(Execute).Replace(" : ICommand", "", StringComparison.Ordinal)]));
}
