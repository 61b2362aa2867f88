using System.CommandLine;

namespace Quintet.Tool.Commands;

/// <summary>The whole command line; every way out ends here, so that no stack trace reaches a user for a wrong input.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var root = new RootCommand($"Finds C# code that runs on the wrong concurrency model. {ExitCode.Summary}")
        {
            CheckCommand.Create(output, error),
            FixCommand.Create(output, error),
            ExplainCommand.Create(output),
            EffectsCommand.Create(output, error),
        };
        var parsed = root.Parse(arguments);
        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        try
        {
            var code = await parsed.InvokeAsync(configuration, cancellation);
            return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (UserError wrong)
        {
            await error.WriteLineAsync($"quintet: {wrong.Message}");
            return wrong.Code;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("quintet: cancelled");
            return ExitCode.Cancelled;
        }
        catch (AggregateException failures) when (failures.Flatten().InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            await error.WriteLineAsync("quintet: cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception failure)
        {
            await error.WriteLineAsync($"quintet: internal error, please report it: {failure}");
            return ExitCode.InternalError;
        }
    }
}
