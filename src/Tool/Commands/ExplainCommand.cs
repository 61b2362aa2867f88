using System.CommandLine;
using Quintet.Tool.Analysis;

namespace Quintet.Tool.Commands;

/// <summary><c>quintet explain QNT4002</c>: the rule's page, which the tool carries with it.</summary>
internal static class ExplainCommand
{
    private const string Prefix = "Quintet.Rules.";

    public static Command Create(TextWriter output)
    {
        var id = new Argument<string>("id") { Description = "A rule id, such as QNT4002" };
        var command = new Command("explain", "Shows the page of a rule.") { id };
        command.SetAction(parsed => Show(parsed.GetValue(id)!.ToUpperInvariant(), output));
        return command;
    }

    private static int Show(string id, TextWriter output)
    {
        var descriptors = new SelectedRules([], []).Descriptors;
        using var page = typeof(ExplainCommand).Assembly.GetManifestResourceStream($"{Prefix}{id}.md");
        if (page is not null)
        {
            using var reader = new StreamReader(page);
            // The marks around what a test writes are for that test.
            while (reader.ReadLine() is { } line)
                if (!line.StartsWith("<!--", StringComparison.Ordinal)) output.WriteLine(line);
            return ExitCode.Clean;
        }

        if (descriptors.FirstOrDefault(descriptor => descriptor.Id == id) is { } rule)
        {
            output.WriteLine($"# {rule.Id}: {rule.Title}");
            output.WriteLine();
            output.WriteLine(rule.Description.ToString() is { Length: > 0 } text ? text : rule.MessageFormat);
            return ExitCode.Clean;
        }

        throw new UserError($"there is no rule '{id}'; the rules are {string.Join(", ", descriptors.Select(descriptor => descriptor.Id))}");
    }
}
